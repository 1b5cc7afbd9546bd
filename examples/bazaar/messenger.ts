/** The messenger carries the facts to Recourse, in order, for as long as it takes; the shop goes on meanwhile. */
import { transact, tryLock, type Database } from './database.ts'
import { nextFact, noteFact, type FactEnd, type WaitingFact } from './fact.ts'

export interface MessengerOptions {
  db: Database
  now: () => Date
  recourseUrl: string
  key: string
  /** How long to rest when there is nothing to send, and the longest rest between two attempts. */
  restMs?: number
  longestRestMs?: number
  timeoutMs?: number
}

export interface Messenger {
  /** Says that a fact was written down, so that it goes out at once. */
  wake(): void
  /** Ends what is under way; what was not answered is sent again at the next start. */
  stop(): Promise<void>
}

type Turn = { next: 'go-on' } | { next: 'rest' } | { next: 'later'; attempts: number }

/** Starts carrying. One messenger at a time sends, however many run on the database. */
export function startMessenger(options: MessengerOptions): Messenger {
  const { db, now, restMs = 1_000, longestRestMs = 5_000 } = options
  const stopping = new AbortController()
  let ring: (() => void) | undefined
  let isRung = false
  let isDown = false

  const turn = (): Promise<Turn> =>
    transact(db, async (tx) => {
      if (!(await tryLock(tx, 'messenger'))) return { next: 'rest' }
      const fact = await nextFact(tx)
      if (fact === null) return { next: 'rest' }
      const result = await sendFact(fact, options, stopping.signal)
      // Stopped half-way: it may or may not have arrived, and the same key makes sending it again harmless.
      if (stopping.signal.aborted && result.end !== 'sent') return { next: 'rest' }
      await noteFact(tx, fact.place, result, now())
      sayOnce(result)
      return result.end === 'later'
        ? { next: 'later', attempts: fact.attempts + 1 }
        : { next: 'go-on' }
    })

  const sayOnce = (result: FactEnd) => {
    if (result.end === 'refused')
      console.error(`bazaar: Recourse refused a fact: ${result.problem}`)
    if (result.end === 'later' && !isDown)
      console.error(`bazaar: Recourse takes no facts (${result.problem}); trying until it does`)
    if (result.end !== 'later' && isDown) console.error('bazaar: Recourse takes facts again')
    isDown = result.end === 'later'
  }

  const pause = (ms: number, { untilRung }: { untilRung: boolean }) =>
    new Promise<void>((resolve) => {
      if (stopping.signal.aborted || (untilRung && isRung)) {
        isRung = false
        resolve()
        return
      }
      const end = () => {
        clearTimeout(timer)
        stopping.signal.removeEventListener('abort', end)
        ring = undefined
        isRung = false
        resolve()
      }
      const timer = setTimeout(end, ms)
      stopping.signal.addEventListener('abort', end)
      if (untilRung) ring = end
    })

  const carry = async () => {
    while (!stopping.signal.aborted) {
      try {
        const done = await turn()
        if (done.next === 'rest') await pause(restMs, { untilRung: true })
        if (done.next === 'later')
          await pause(Math.min(longestRestMs, 250 * 2 ** Math.min(done.attempts, 10)), {
            untilRung: false,
          })
      } catch (error) {
        // The database is away. The facts are safe in it; the next turn asks again.
        if (!stopping.signal.aborted)
          console.error(`bazaar: the messenger waits for the database: ${wordsOf(error)}`)
        await pause(restMs, { untilRung: false })
      }
    }
  }

  const carrying = carry()
  return {
    wake() {
      if (ring) ring()
      else isRung = true
    },
    async stop() {
      stopping.abort()
      await carrying
    },
  }
}

/** Sends one fact and says whether it arrived, was refused for good, or has to be tried again. */
async function sendFact(
  fact: WaitingFact,
  { recourseUrl, key, timeoutMs = 10_000 }: MessengerOptions,
  stopped: AbortSignal,
): Promise<FactEnd> {
  try {
    const response = await fetch(`${recourseUrl}${fact.path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${key}`,
        'idempotency-key': fact.id,
      },
      body: fact.body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]),
    })
    const text = await response.text()
    if (response.ok) return { end: 'sent' }
    const problem = readProblem(response.status, text)
    return { end: isFinal(response.status, text) ? 'refused' : 'later', problem }
  } catch (error) {
    return { end: 'later', problem: wordsOf(error) }
  }
}

/** Only what would be answered the same for ever is final: not a wrong key, a crowd or a first attempt still running. */
function isFinal(status: number, text: string): boolean {
  if (status < 400 || status >= 500) return false
  if (status === 409) return !text.includes('/problems/key_in_use')
  return ![401, 408, 425, 429].includes(status)
}

function readProblem(status: number, text: string): string {
  const said = parse(text)
  const words = ['detail', 'title'].map((key) => said[key]).find((word) => typeof word === 'string')
  const issues = Array.isArray(said.issues) ? said.issues : []
  const wrong = issues.flatMap((issue: unknown) =>
    typeof issue === 'object' && issue !== null && 'path' in issue && 'message' in issue
      ? [`${String(issue.path)}: ${String(issue.message)}`]
      : [],
  )
  const sentence = typeof words === 'string' ? words : `It answered ${status}.`
  return [sentence, ...wrong.slice(0, 5)].join(' ').replaceAll('\0', '').slice(0, 1_000)
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // Some proxies answer in HTML; the status says enough.
    return {}
  }
}

/** What broke, such as ECONNREFUSED; fetch itself only says "fetch failed". */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}
