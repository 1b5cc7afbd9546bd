/** The files on their way: each is sent, checked, and then kept with the draft or refused with the reason. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { FileForReader } from '../../contract/case.ts'
import { refusals } from '../../core/refusal.ts'
import type { FileState } from '../parts/file-row.tsx'
import { mostFiles, uploadFile, type UploadTo } from './upload.ts'

export interface Sending {
  key: number
  name: string
  size: number
  mediaType: string
  /** What it was chosen for, where a form has several places for files. */
  place: string | null
  state: FileState
}

/**
 * Starts uploads and tells of each file that was received, with the place that it was chosen for. `taken` is how many
 * the draft has already.
 */
export function useUploads(
  taken: number,
  onReceived: (file: FileForReader, place: string | null) => void,
  to?: UploadTo,
) {
  const [sending, setSending] = useState<Sending[]>([])
  const nextKey = useRef(0)
  const stops = useRef(new Map<number, () => void>())

  useEffect(() => {
    const running = stops.current
    // A page that is gone can show nothing of what arrives for it.
    return () => running.forEach((stop) => stop())
  }, [])

  const forget = useCallback((key: number) => {
    stops.current.delete(key)
    setSending((all) => all.filter((one) => one.key !== key))
  }, [])

  const start = useCallback(
    function start(file: File, place: string | null, mayAdd: boolean) {
      const key = (nextKey.current += 1)
      const show = (state: FileState) =>
        setSending((all) => all.map((one) => (one.key === key ? { ...one, state } : one)))
      const stop = () => {
        stops.current.get(key)?.()
        forget(key)
      }
      const refuse = (words: string, onRetry?: () => void) =>
        show({ is: 'refused', words, onForget: () => forget(key), ...(onRetry && { onRetry }) })
      setSending((all) => [
        ...all,
        {
          key,
          name: file.name,
          size: file.size,
          mediaType: file.type,
          place,
          state: { is: 'uploading', sent: 0, onStop: stop },
        },
      ])
      if (!mayAdd) {
        refuse(refusals.too_many_files.words)
        return
      }
      const upload = uploadFile(
        file,
        {
          progress: (sent) =>
            show(sent >= file.size ? { is: 'checking' } : { is: 'uploading', sent, onStop: stop }),
          end: (end) => {
            if (end.ok) {
              forget(key)
              onReceived(end.file, place)
              return
            }
            const retry = () => {
              forget(key)
              start(file, place, true)
            }
            refuse(end.words, end.mayRetry ? retry : undefined)
          },
        },
        to,
      )
      stops.current.set(key, upload.stop)
    },
    [forget, onReceived, to],
  )

  const add = useCallback(
    (files: File[], place: string | null = null) => {
      const running = sending.filter(({ state }) => state.is !== 'refused').length
      for (const [at, file] of files.entries()) start(file, place, taken + running + at < mostFiles)
    },
    [sending, start, taken],
  )

  const isBusy = sending.some(({ state }) => state.is === 'uploading' || state.is === 'checking')
  return { sending, add, isBusy }
}
