/** A mail whose every part is somebody else's text: name, subject, words, markup, and the name of what is attached. */
import type { DNSResolver } from '../../src/delivery/mail-check.ts'
import { startMailFiler } from '../../src/delivery/mail-filer.ts'
import type { Served } from '../served.ts'

/** How many fields one of them fills. */
export const mailFields = 5

const word = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
const lines = (text: string) =>
  Buffer.from(text)
    .toString('base64')
    .replaceAll(/(.{76})/g, '$1\r\n')

/** Writes it as it travels. */
export function hostileMail({ to, short, words }: { to: string; short: string; words: string }) {
  return [
    `From: ${word(short)} <stranger@elsewhere.example>`,
    `To: ${to}`,
    `Subject: ${word(short)}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    lines(words),
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    lines(`<html><body>${short}<p>${words}</p></body></html>`),
    '--inner--',
    '--outer',
    `Content-Type: text/html; name="${word(`${short}.html`)}"`,
    'Content-Disposition: attachment',
    'Content-Transfer-Encoding: base64',
    '',
    lines(short),
    '--outer--',
    '',
  ].join('\r\n')
}

const nobodysZone: DNSResolver = () =>
  Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))

/** Hands it in as the marketplace's own mail server does, and waits until it is filed. */
export async function handIn(s: Served, to: string, message: string): Promise<void> {
  const answer = await fetch(
    `${s.url}/v1/mail?${new URLSearchParams({ to, from: 'stranger@elsewhere.example' }).toString()}`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${s.key}`, 'content-type': 'message/rfc822' },
      body: message,
    },
  )
  if (answer.status !== 202)
    throw new Error(`hand in a mail to ${to}: ${answer.status} ${await answer.text()}`)
  if (s.config.mail === null) throw new Error('hand in a mail: this server takes none')
  const filer = startMailFiler(s.app, {
    setting: s.config.mail.setting,
    resolver: nobodysZone,
    everyMs: 20,
  })
  await filer.idle()
  await filer.stop()
}
