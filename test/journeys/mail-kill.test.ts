/** The mail door is killed in the middle of its work: what it said 250 to is kept, and what is sent again is not doubled. */
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { mailWorld } from '../mail-door.ts'

const kills = Number(process.env['KILLS'] ?? 1)
const each = 12

test(
  'nothing that was accepted is lost, and nothing that is sent again is doubled, when the door is killed',
  { timeout: 60_000 + kills * 60_000 },
  async () => {
    await using w = await mailWorld()
    await w.seller('clay')
    const accepted = new Set<string>()
    let waiting = Array.from({ length: kills * each }, (_, at) => `<${at}@sellers.example>`)
    let lost = 0
    for (let round = 0; waiting.length > 0; round++) {
      const { child, port } = await openDoor(w.url)
      const isLast = round >= kills
      const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
      let answered = 0
      const results = await Promise.all(
        waiting.map(async (id) => {
          try {
            await transport.sendMail({
              envelope: { from: 'clay@sellers.example', to: 'support@shop.example' },
              raw: `From: clay@sellers.example\r\nMessage-ID: ${id}\r\nSubject: ${id}\r\n\r\nWords of ${id}.`,
            })
            accepted.add(id)
            answered += 1
            // While the others are between their words and the answer to them.
            if (!isLast && answered === 3) child.kill('SIGKILL')
            return null
          } catch {
            // Cut off, before 250 or just after it: its sender sends it again.
            return id
          }
        }),
      )
      transport.close()
      child.kill('SIGKILL')
      const before = waiting.length
      waiting = results.filter((id) => id !== null)
      lost += isLast ? 0 : waiting.length
      if (isLast) expect(waiting.length, `of ${before} that were sent in peace`).toBe(0)
    }
    await w.filer.idle()
    const kept = (await w.mails()).map(({ message_id }) => message_id)
    expect(kept.toSorted()).toEqual([...accepted].toSorted())
    expect((await w.cases()).length).toBe(accepted.size)
    console.log(
      `${kills} kills, ${lost} messages cut off and sent again, ${accepted.size} kept once each`,
    )
  },
)

async function openDoor(url: string): Promise<{ child: ChildProcess; port: number }> {
  const worker = fileURLToPath(new URL('mail-worker.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', worker], {
    env: { ...process.env, MAIL_DATABASE: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /port (\d+)/.exec(chunk.toString())?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    child.once('exit', () => reject(new Error('the mail door ended before it was open')))
  })
  return { child, port }
}
