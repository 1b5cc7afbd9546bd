/** The whole own file, saved from the page: how much of it has come is shown while it comes. */
import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { linkHeaders } from '../link.ts'
import { sizeWords } from '../parts/size-words.ts'
import { countLines, fileNameIn } from './own-file-answer.ts'
import classes from './own-file.module.css'

type Coming =
  | { state: 'idle' }
  | { state: 'coming'; bytes: number; share: number | null }
  | { state: 'saved'; bytes: number }
  | { state: 'failed' }

/** One button, and under it what became of pressing it. */
export function OwnFile() {
  const [coming, setComing] = useState<Coming>({ state: 'idle' })
  const stop = useRef<AbortController | null>(null)
  async function fetchIt() {
    stop.current = new AbortController()
    setComing({ state: 'coming', bytes: 0, share: null })
    try {
      const { blob, name } = await download(stop.current.signal, (bytes, share) =>
        setComing({ state: 'coming', bytes, share }),
      )
      save(blob, name)
      setComing({ state: 'saved', bytes: blob.size })
    } catch (error) {
      const isStopped = error instanceof DOMException && error.name === 'AbortError'
      setComing({ state: isStopped ? 'idle' : 'failed' })
    }
  }
  const isComing = coming.state === 'coming'
  return (
    <>
      <div className="buttons">
        <Button variant="filled" loading={isComing} onClick={() => void fetchIt()}>
          Download my whole file
        </Button>
        {isComing && <Button onClick={() => stop.current?.abort()}>Stop</Button>}
      </div>
      {isComing && (
        <div className={classes['coming']}>
          <progress
            aria-label="How much of your file has come"
            max={1}
            {...(coming.share === null ? {} : { value: coming.share })}
          />
          <span className="small second figures">
            {sizeWords(coming.bytes)}
            {coming.share !== null && `, ${Math.floor(coming.share * 100)} in 100`}
          </span>
        </div>
      )}
      <p className="small second" role="status" style={{ marginTop: 8 }}>
        {coming.state === 'saved' && `Saved: ${sizeWords(coming.bytes)}, whole.`}
        {coming.state === 'failed' &&
          'It did not come whole, so nothing was saved. Press the button to begin again.'}
      </p>
    </>
  )
}

/** Fetched with the token, which no plain link can carry; each entry of the file is a line, so lines are its progress. */
async function download(
  signal: AbortSignal,
  tell: (bytes: number, share: number | null) => void,
): Promise<{ blob: Blob; name: string }> {
  const answer = await fetch('/v1/export', {
    headers: linkHeaders(),
    credentials: 'include',
    signal,
  })
  if (!answer.ok || answer.body === null)
    throw new Error(`export: the server answered ${answer.status}`)
  const entries = Number(answer.headers.get('recourse-entries'))
  const chunks: Uint8Array<ArrayBuffer>[] = []
  const reader = answer.body.getReader()
  let bytes = 0
  let lines = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    bytes += value.length
    lines += countLines(value)
    tell(bytes, entries > 0 ? Math.min(1, lines / entries) : null)
  }
  const blob = new Blob(chunks, { type: 'application/json' })
  // What broke off lacks its end, however it broke.
  if (!(await blob.slice(-20).text()).includes('"complete":true}'))
    throw new Error('export: cut off')
  return { blob, name: fileNameIn(answer.headers.get('content-disposition')) }
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
