/** A world with its mail door open: a zone that tests write, messages sent over a real socket, and our own mail beside it. */
import { createTransport, type Transporter } from 'nodemailer'
import type { DNSResolver } from '../src/delivery/mail-check.ts'
import { startMailFiler } from '../src/delivery/mail-filer.ts'
import type { MailPace } from '../src/delivery/mail-pace.ts'
import { openSmtpDoor } from '../src/delivery/smtp-door.ts'
import { makeTag } from '../src/operations/mail-tag.ts'
import type { MailSetting } from '../src/operations/mail.ts'
import { world } from './world.ts'

export const setting: MailSetting = {
  domain: 'shop.example',
  secret: 'a secret for tests of thirty-two characters',
  host: 'recourse.example',
}

/** Sellers' domain lets this machine send for it; `forged.example` says that nobody may. */
const zone: Record<string, string> = {
  'sellers.example': 'v=spf1 ip4:127.0.0.1 -all',
  '_dmarc.sellers.example': 'v=DMARC1; p=reject',
  'elsewhere.example': 'v=spf1 ip4:127.0.0.1 -all',
}

export const resolver: DNSResolver = async (domain, type) => {
  const found = type === 'TXT' ? zone[domain.toLowerCase()] : undefined
  if (found === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  return [[found]]
}

export interface Sent {
  from?: string
  /** The sender of the envelope; that of From when absent. */
  envelope?: string
  to?: string | string[]
  subject?: string
  text?: string
  headers?: Record<string, string>
  raw?: string | Buffer
}

export type MailWorld = Awaited<ReturnType<typeof mailWorld>>

/** Opens it; `await using` closes all of it. */
export async function mailWorld({ pace }: { pace?: MailPace } = {}) {
  const inner = await world()
  const logged: string[] = []
  const app = {
    ...inner.app,
    log: (message: string, detail?: Record<string, unknown>) =>
      void logged.push(`${message} ${JSON.stringify(detail)}`),
  }
  const filer = startMailFiler(app, { setting, resolver, everyMs: 20 })
  const door = await openSmtpDoor(app, {
    host: '127.0.0.1',
    port: 0,
    setting,
    tls: null,
    onKept: () => filer.wake(),
    ...(pace === undefined ? {} : { pace }),
  })
  const transport: Transporter = createTransport({
    host: '127.0.0.1',
    port: door.port,
    ignoreTLS: true,
    name: 'mx.sellers.example',
  })
  const self = {
    ...inner,
    app,
    filer,
    port: door.port,
    logged,
    /** The address of a matter. */
    addressOf: (tagged: Parameters<typeof makeTag>[1]) =>
      `appeals+${makeTag(setting.secret, tagged)}@${setting.domain}`,
    /** Sends one message; throws what the door answers instead of 250. */
    async send({ from = 'clay@sellers.example', to = 'appeals@shop.example', ...mail }: Sent) {
      const { envelope = from, raw, ...rest } = mail
      await transport.sendMail({
        envelope: { from: envelope, to },
        ...(raw === undefined ? { from, to, subject: 'A word', text: 'Words.', ...rest } : { raw }),
      })
    },
    /** Sends and waits until it is filed; answers all mails, the latest last. */
    async filed(mail: Sent) {
      await self.send(mail)
      await filer.idle()
      return (await self.mails()).at(-1)!
    },
    mails: () =>
      inner.inside((tx) => tx.selectFrom('mails').selectAll().orderBy('number').execute()),
    entries: () =>
      inner.inside((tx) => tx.selectFrom('mail_entries').selectAll().orderBy('at').execute()),
    cases: () =>
      inner.inside((tx) => tx.selectFrom('cases').selectAll().orderBy('number').execute()),
    letters: () =>
      inner.inside((tx) => tx.selectFrom('notices').selectAll().orderBy('created_at').execute()),
    eventsOf: (caseId: string) =>
      inner.inside((tx) =>
        tx.selectFrom('events').selectAll().where('case_id', '=', caseId).orderBy('id').execute(),
      ),
    async [Symbol.asyncDispose]() {
      transport.close()
      await door.close()
      await filer.stop()
      await inner[Symbol.asyncDispose]()
    },
  }
  return self
}
