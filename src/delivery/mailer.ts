/** A mailer takes a composed message to one address: by SMTP, or into the built-in mailbox of the demo. */
import { createTransport } from 'nodemailer'
import { wordsOf } from '../core/thrown.ts'
import { transact, type Db } from '../store/db.ts'
import { keepDevMail } from '../store/dev-mail.ts'
import type { Message } from '../operations/mail-message.ts'

/** What came of one attempt. `isPermanent`: this address refuses this mail for good. */
export type Sent = { ok: true } | { ok: false; isPermanent: boolean; error: string }

export interface Mailer {
  send(message: Message): Promise<Sent>
  close(): void
}

/** Sends by SMTP to the server of a URL such as smtps://user:password@mail.example:465, as `from`. */
export function smtpMailer({ url, from }: { url: string; from: string }): Mailer {
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url))
    throw new Error('open the mailer: SMTP_URL is not an smtp:// or smtps:// address')
  const transport = createTransport(
    // Shorter than a carrier's lease, so that one slow server does not make a second carrier send the same mail.
    {
      url,
      pool: true,
      maxConnections: 4,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 10_000,
    },
    { from },
  )
  return {
    async send(message) {
      try {
        await transport.sendMail({
          // As an object, so that nothing in the address is read as a second one.
          to: { name: '', address: message.to },
          subject: message.subject,
          text: message.text,
          html: message.html,
          messageId: message.messageId,
          headers: message.headers,
          ...(message.attached === undefined
            ? {}
            : {
                attachments: [
                  {
                    filename: message.attached.name,
                    content: message.attached.bytes,
                    contentType: 'application/pdf',
                  },
                ],
              }),
          ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
          // RFC 3834: an answer of a machine goes out under no sender, so that nothing comes back for it.
          ...(message.bounceTo === undefined
            ? {}
            : { envelope: { from: message.bounceTo ?? '', to: message.to } }),
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return { ok: true }
      } catch (cause) {
        return failureOf(cause)
      }
    },
    close: () => transport.close(),
  }
}

/** Keeps mail in the database instead of sending it, to be read at `/dev/mail`. */
export function devMailer({ db, now }: { db: Db; now: () => Date }): Mailer {
  return {
    async send({ to, subject, text, html, replyTo = null, attached = null }) {
      await transact(db, { inside: true }, (tx) =>
        keepDevMail(tx, { at: now(), address: to, subject, text, html, replyTo, attached }),
      )
      return { ok: true }
    },
    close: () => undefined,
  }
}

/**
 * Only a refusal of the recipient or of the message itself is for good;
 * a server that does not want us (sign-in, sender) is a matter of settings, and heals.
 */
function failureOf(cause: unknown): Sent {
  const { command = '', responseCode = 0, code = '' } = isRecord(cause) ? cause : {}
  const isRefused =
    typeof responseCode === 'number' &&
    responseCode >= 500 &&
    (command === 'RCPT TO' || command === 'DATA')
  // The address cannot even be written into the protocol.
  const isUnusable = code === 'EENVELOPE' && command === 'API'
  const error = wordsOf(cause)
  return {
    ok: false,
    isPermanent: isRefused || isUnusable,
    error: error.replaceAll(/\s+/g, ' ').slice(0, 500),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
