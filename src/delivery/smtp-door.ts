/** The SMTP door takes mail from other servers, and says 250 only once a message is kept for good. */
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { wordsOf } from '../core/thrown.ts'
import type { App } from '../operations/app.ts'
import {
  largestMail,
  mailboxOf,
  mostRecipients,
  takeMail,
  type MailSetting,
} from '../operations/mail.ts'
import { createMailPace, type MailPace } from './mail-pace.ts'

export interface SmtpDoorOptions {
  host: string
  /** 0 asks for any free port. */
  port: number
  setting: MailSetting
  /** For STARTTLS; without, messages come as most servers send them to one that offers none. */
  tls: { key: string; cert: string } | null
  /** Told when a message was kept. */
  onKept: () => void
  /** Slows floods; one of its own when absent. */
  pace?: MailPace
}

export interface SmtpDoor {
  port: number
  /** Takes nothing new, and lets what is under way end. */
  close(): Promise<void>
}

/** How many bytes of messages are under way at once; more are asked to come again. */
const mostUnderWay = 160 * 1024 * 1024

/** Opens the door. */
export async function openSmtpDoor(app: App, options: SmtpDoorOptions): Promise<SmtpDoor> {
  const { host, port, setting, tls, onKept, pace = createMailPace() } = options
  let underWay = 0
  const server = new SMTPServer({
    name: setting.domain,
    banner: 'Recourse',
    authOptional: true,
    disabledCommands: tls === null ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    ...(tls ?? {}),
    size: largestMail,
    maxClients: 200,
    socketTimeout: 60_000,
    closeTimeout: 5_000,
    disableReverseLookup: true,
    logger: false,
    onConnect(session, done) {
      if (!pace.enter(session.remoteAddress)) return done(later('Too many connections from you'))
      done()
    },
    onClose: (session) => pace.leave(session.remoteAddress),
    onMailFrom({ address }, session, done) {
      if (address !== '' && !isWritable(address)) return done(refusal(553, 'This is no address'))
      done(slowed(pace, session, address))
    },
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= mostRecipients)
        return done(refusal(452, 'One message goes to at most 20 of our addresses'))
      mailboxOf(app, setting, address).then(
        (mailbox) => done(mailbox === null ? refusal(550, 'There is no such address here') : null),
        (error: unknown) => done(broken(app, 'look for an address', error)),
      )
    },
    onData(stream, session, done) {
      collect(stream, {
        room: (bytes) => {
          underWay += bytes
          return underWay <= mostUnderWay
        },
      })
        .then(async ({ raw, bytes, why }) => {
          try {
            if (why !== null) return done(why)
            await keep(raw, session)
            done(null, 'It is kept, and a person or its case has it')
          } finally {
            underWay -= bytes
          }
        })
        .catch((error: unknown) => done(broken(app, 'keep a message', error)))
    },
  })

  async function keep(raw: Buffer, session: SMTPServerSession): Promise<void> {
    const { mailFrom, rcptTo } = session.envelope
    const kept = await takeMail(app, setting, {
      raw,
      envelopeFrom: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address),
      clientIp: session.remoteAddress,
      helo: session.hostNameAppearsAs || null,
    })
    if (!kept.ok) throw Object.assign(new Error(kept.refusal), { isRefusal: true })
    onKept()
  }

  // A connection that breaks off is its sender's to mend.
  server.on('error', (error) => app.log('a mail connection broke off', { error: error.message }))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, host, () => {
      server.server.off('error', reject)
      resolve()
    })
  })
  const { port: opened } = server.server.address() as AddressInfo // it listens on TCP, as was asked for
  return {
    port: opened,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

interface Collected {
  raw: Buffer
  /** What was counted as under way. */
  bytes: number
  /** Why it is not taken, or null. */
  why: Error | null
}

/** Reads a message to its end; what is too much is read and thrown away, so that its sender hears why. */
async function collect(
  stream: SMTPServerDataStream,
  { room }: { room: (bytes: number) => boolean },
): Promise<Collected> {
  let chunks: Buffer[] = []
  let bytes = 0
  let why: Error | null = null
  // A stream without encoding yields buffers.
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (why !== null) continue
    bytes += chunk.length
    if (!room(chunk.length)) why = later('Too much is coming in at this moment')
    if (bytes > largestMail) why = refusal(552, 'A message has at most 20 MB')
    if (why === null) chunks.push(chunk)
    else chunks = []
  }
  if (stream.sizeExceeded) why ??= refusal(552, 'A message has at most 20 MB')
  return { raw: Buffer.concat(chunks), bytes, why }
}

function slowed(pace: MailPace, session: SMTPServerSession, address: string): Error | null {
  return pace.take({ ip: session.remoteAddress, sender: address, at: new Date() })
    ? null
    : later('That is more than we take from one sender in a minute')
}

/** No line break, no control character, nothing that another reader takes for two addresses. */
function isWritable(address: string): boolean {
  return address.length <= 320 && !/[\p{C}\s<>]/u.test(address)
}

function later(words: string): Error {
  return refusal(451, `${words}. Nothing is lost: send it again in some minutes`)
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode })
}

/** What broke here is no fault of the sender's: the message stays with them and comes again. */
function broken(app: App, doing: string, error: unknown): Error {
  if (error instanceof Error && 'isRefusal' in error)
    return refusal(554, 'None of its addresses is one of ours')
  app.log('the mail door could not take a message', {
    doing,
    error: wordsOf(error),
  })
  return later('Something broke here')
}
