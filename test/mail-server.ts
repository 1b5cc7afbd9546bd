/** A mail server on a real socket that keeps what it takes, and refuses when a test asks it to. */
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface Arrived {
  to: string
  raw: string
  mail: Email
}

/** What the server answers to the next recipient instead of taking it, such as 550 or 451. */
export interface Refusal {
  code: number
  words: string
}

/** Starts a mail server that takes everything. */
export async function startMailServer() {
  const arrived: Arrived[] = []
  const refusals = new Map<string, Refusal[]>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      const refusal = refusals.get(address)?.shift()
      if (refusal === undefined) return done()
      done(Object.assign(new Error(refusal.words), { responseCode: refusal.code }))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ')
        PostalMime.parse(raw).then(
          (mail) => {
            arrived.push({ to, raw, mail })
            done()
          },
          (error: Error) => done(error),
        )
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string')
    throw new Error('the mail server has no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    /** What was taken, in order. */
    arrived,
    /** Refuses this recipient the next times. */
    refuse: (recipient: string, ...next: Refusal[]) => void refusals.set(recipient, next),
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}
