/** Thousands of real messages through the SMTP door: each is filed, held, kept or refused, and no machine is ever answered. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { natureOf } from '../src/core/mail.ts'
import { parseMail } from '../src/delivery/mail-parser.ts'
import { mailWorld, setting, type MailWorld } from './mail-door.ts'

const samples = process.env['RECOURSE_SAMPLES']
/** Of the samples one in so many, always the same; all of them with `MAIL=whole`. */
const every = process.env['MAIL'] === 'whole' ? 1 : 12

describe.skipIf(!samples)(
  'with the sample mail (skipped where RECOURSE_SAMPLES is not set)',
  () => {
    let w: MailWorld
    let folder = ''
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'recourse-mail-'))
      for (const archive of readdirSync(join(samples!, 'mime')))
        execFileSync('tar', ['xzf', join(samples!, 'mime', archive), '-C', folder])
      // What took years to arrive comes in a minute.
      w = await mailWorld({ pace: { enter: () => true, leave: () => undefined, take: () => true } })
      await w.seller('clay')
    })
    afterAll(async () => {
      await w[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    })

    test('all of it ends somewhere, bounded in time and memory', async () => {
      const messages = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(
          (entry) =>
            entry.isFile() && !/LICENSE|README|\.(png|jpg|pdf|zip|rb|txt)$/i.test(entry.name),
        )
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .flatMap((path) =>
          path.includes('mailbox') ? mboxOf(readFileSync(path)) : [readFileSync(path)],
        )
        .filter((_, at) => at % every === 0)
      const before = (await w.cases()).length
      const refused = new Map<string, number>()
      const start = performance.now()
      let most = 0
      let taken = 0
      for (const [at, raw] of messages.entries()) {
        const isBounce = /^(From|Return-Path):.*(mailer-daemon|postmaster|<>)/im.test(
          raw.toString('latin1', 0, 5_000),
        )
        const answer = await deliver(w.port, {
          sender: isBounce ? '' : `s${at}@d${at}.example`,
          to: isBounce ? 'bounces@shop.example' : 'appeals@shop.example',
          raw,
        })
        if (answer.startsWith('250')) taken += 1
        else refused.set(answer.slice(0, 3), (refused.get(answer.slice(0, 3)) ?? 0) + 1)
        most = Math.max(most, process.memoryUsage.rss())
      }
      await w.filer.idle()
      const seconds = (performance.now() - start) / 1000
      const mails = await w.mails()
      const states: Record<string, number> = {}
      for (const { state, held_because } of mails) {
        const name = held_because === null ? state : `${state}: ${held_because}`
        states[name] = (states[name] ?? 0) + 1
      }
      console.log(
        `${messages.length} messages in ${seconds.toFixed(1)} s, ${Math.round(most / 2 ** 20)} MB at most: ${taken} taken`,
        states,
        'refused',
        Object.fromEntries(refused),
      )
      expect(mails.filter(({ state }) => state === 'arrived')).toEqual([])
      expect([...refused.keys()].filter((code) => code !== '552' && code !== '554')).toEqual([])
      expect((await w.cases()).length).toBe(before)
      // Whoever was answered is no machine.
      const letters = (await w.letters()).filter(({ kind }) => kind === 'mail-held')
      const answered = new Set(letters.map(({ address }) => address))
      const machines = mails.filter(({ state }) => state === 'kept' || state === 'undelivered')
      expect(machines.filter(({ envelope_from }) => answered.has(envelope_from))).toEqual([])
      expect(w.logged).toEqual([])
    }, 1_800_000)

    test('what machines send is known for theirs, also where the envelope names somebody', async () => {
      const wrong: string[] = []
      let read = 0
      const names = readdirSync(join(folder, 'maildir/bsd')).sort()
      for (const name of names.filter((_, at) => at % every === 0)) {
        const raw = readFileSync(join(folder, 'maildir/bsd', name))
        const how = { envelopeFrom: 'somebody@elsewhere.example', host: setting.host }
        const { mail } = await parseMail(raw, how)
        read += 1
        if (['person', 'list'].includes(natureOf(mail))) wrong.push(name)
      }
      console.log(`${read} messages of machines, of which ${wrong.length} look like a person's`)
      expect(wrong.length / read).toBeLessThan(0.04)
    }, 120_000)
  },
)

/** Old mailboxes hold one message after the other, each under a line that begins with "From ". */
function mboxOf(bytes: Buffer): Buffer[] {
  return bytes
    .toString('latin1')
    .split(/^From [^\n]*\n/m)
    .filter((text) => text.trim() !== '')
    .map((text) => Buffer.from(text, 'latin1'))
}

/** Says one message to the door as it stands, byte for byte, and answers what the door says at its end. */
function deliver(
  port: number,
  { sender, to, raw }: { sender: string; to: string; raw: Buffer },
): Promise<string> {
  const body = raw
    .toString('latin1')
    .replaceAll(/\r\n|\r|\n/g, '\r\n')
    .replaceAll(/^\./gm, '..')
  const says = [
    'EHLO mx.example',
    `MAIL FROM:<${sender}>`,
    `RCPT TO:<${to}>`,
    'DATA',
    `${body}\r\n.`,
    'QUIT',
  ]
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    let heard = ''
    let answer = ''
    socket.setTimeout(60_000, () => socket.destroy(new Error('the door says nothing')))
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      const end = /^\d{3} [^\n]*\n/m.exec(heard)
      if (!end) return
      const [line] = end
      heard = heard.slice(end.index + line.length)
      const isRefusal = line.startsWith('4') || line.startsWith('5')
      if (says.length === 1 || isRefusal) answer ||= line.trim()
      const next = isRefusal ? says.at(-1)! : (says.shift() ?? '')
      if (isRefusal) says.length = 0
      if (next !== '') socket.write(Buffer.from(`${next}\r\n`, 'latin1'))
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}
