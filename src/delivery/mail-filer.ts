/** The filer looks at what the doors have kept: takes it apart, finds out who sent it, and has it filed. */
import { wordsOf } from '../core/thrown.ts'
import type { App } from '../operations/app.ts'
import {
  mailToFile,
  fileMail,
  holdUnreadable,
  recordAttempt,
  type MailToFile,
} from '../operations/mail-filing.ts'
import type { MailSetting } from '../operations/mail.ts'
import { checkMail, type DNSResolver } from './mail-check.ts'
import { openRest } from '../operations/rest.ts'
import { openMailReader, type MailReader } from './mail-reader.ts'

export interface MailFiler {
  /** Ends after what is under way. */
  stop(): Promise<void>
  /** Looks now instead of at the next look. */
  wake(): void
  /** Resolves once nothing is left to file. */
  idle(): Promise<void>
}

/** After so many attempts a message waits for a person, as it came. */
const mostAttempts = 5

/** Starts filing, one mail after the other in the order in which they came. */
export function startMailFiler(
  app: App,
  {
    setting,
    resolver,
    everyMs = 250,
    reader = openMailReader(),
  }: { setting: MailSetting; resolver: DNSResolver; everyMs?: number; reader?: MailReader },
): MailFiler {
  const pause = openRest()
  let looks = 0
  let restedAt = -1
  let onRest: (() => void)[] = []

  async function loop(): Promise<void> {
    let failures = 0
    while (!pause.isOver()) {
      const look = ++looks
      try {
        const next = await mailToFile(app)
        if (next !== null) {
          const isDone = await fileOne(app, next, { setting, resolver, reader })
          if (!isDone) await pause.take(Math.min(everyMs, 250), { isDeep: true })
          continue
        }
        failures = 0
        restedAt = look
        const rested = onRest
        onRest = []
        rested.forEach((tell) => tell())
        await pause.take(everyMs)
      } catch (error) {
        failures += 1
        app.log('mail could not be looked at and will be again', {
          failures,
          error: wordsOf(error),
        })
        await pause.take(Math.min(250 * 2 ** (failures - 1), 10_000), { isDeep: true })
      }
    }
    onRest.forEach((tell) => tell())
  }
  const ended = loop()

  return {
    wake: () => pause.wake(),
    async stop() {
      pause.end()
      await ended
      await reader.close()
    },
    async idle() {
      // Only a look that began after the question can answer it.
      const asked = looks
      while (!pause.isOver() && restedAt <= asked)
        await new Promise<void>((resolve) => {
          onRest.push(resolve)
          pause.wake({ evenDeep: true })
        })
    },
  }
}

async function fileOne(
  app: App,
  { mailId, raw, attempts, isFiled, ...from }: MailToFile,
  {
    setting,
    resolver,
    reader,
  }: { setting: MailSetting; resolver: DNSResolver; reader: MailReader },
): Promise<boolean> {
  await recordAttempt(app, mailId, attempts + 1)
  try {
    await lookAt()
    return true
  } catch (error) {
    // The others come first from now on: they are taken by how often they were tried.
    app.log('a mail could not be filed and will be tried again', {
      mail: mailId,
      attempt: attempts + 1,
      error: wordsOf(error),
    })
    return false
  }

  async function lookAt(): Promise<void> {
    if (isFiled) return fileMail(app, setting, { mailId, reading: null })
    const parsed =
      attempts < mostAttempts
        ? await read(reader, raw, { envelopeFrom: from.envelopeFrom, host: setting.host })
        : null
    if (parsed === null) return holdUnreadable(app, setting, { mailId, words: firstWords(raw) })
    const authentication = await checkMail({ ...from, raw, from: parsed.mail.from }, { resolver })
    return fileMail(app, setting, { mailId, reading: { ...parsed, authentication } })
  }
}

async function read(reader: MailReader, raw: Buffer, how: { envelopeFrom: string; host: string }) {
  try {
    return await reader.read(raw, how)
  } catch {
    // It is no message, or made to break who reads it: a person sees it as it came.
    return null
  }
}

/** What stands first in something that is no message, as far as it is text. */
function firstWords(raw: Buffer): string {
  return raw
    .toString('utf8', 0, 4_000)
    .replaceAll(/(?![\n\t])[\p{Cc}\uFFFD]/gu, '')
    .trim()
}
