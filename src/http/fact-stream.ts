/** The stream of facts: NDJSON in, an answer per line in order, each given only after its fact is committed. */
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { BalanceFact } from '../contract/balance.ts'
import { ComplaintFact } from '../contract/complaint.ts'
import { OrderFact } from '../contract/order.ts'
import { ContactFact, ListingFact, SellerFact } from '../contract/listing.ts'
import { SecurityEventFact } from '../contract/security-event.ts'
import {
  tellBalances,
  tellContacts,
  tellListings,
  tellOrders,
  tellSecurityEvents,
  tellSellers,
  type FactStored,
} from '../operations/fact.ts'
import { tellComplaints } from '../operations/complaint.ts'
import { done, type Result } from '../operations/result.ts'
import type { Who } from '../operations/who.ts'
import { logBug } from './api.ts'
import { largestJson } from './body.ts'
import type { Door } from './door.ts'
import { complaintTold } from './complaint-view.ts'
import {
  balanceTold,
  complaintAnswer,
  contactTold,
  listingTold,
  orderTold,
  securityEventTold,
  sellerTold,
} from './fact-routes.ts'
import { invalid, openLineAnswers } from './line-answers.ts'
import { createLineCutter, type Line } from './lines.ts'
import { issuesOf, problemOrUnexpected, RefusalError } from './problem.ts'
import { decodeText, findUnreadable } from './readable.ts'

/** Lines of this many bytes are held at once, and no more. */
const mostBytes = 8 * 1024 * 1024

/** What waits for the next batch is stored when nothing more has come for so long. */
const idleMilliseconds = 25

type Told = { line: number; fact: unknown }
type Answer = string

interface Noun {
  /** How many facts one transaction takes: enough to be fast, few enough that an answer never waits long. */
  batch: number
  read: (line: unknown) => { ok: true; fact: unknown } | { ok: false; issues: unknown }
  tell: (door: Door, who: Who, facts: unknown[]) => Promise<Result<FactStored>[]>
}

const nouns = {
  '/v1/sellers': noun(SellerFact, 200, (door, who, facts) =>
    tellSellers(door.app, who, facts.map(sellerTold)),
  ),
  '/v1/contacts': noun(ContactFact, 200, (door, who, facts) =>
    tellContacts(door.app, who, facts.map(contactTold)),
  ),
  // These are stored all together, so many cost little more than a few.
  '/v1/listings': noun(ListingFact, 1_000, (door, who, facts) =>
    tellListings(door.app, who, facts.map(listingTold)),
  ),
  '/v1/orders': noun(OrderFact, 200, (door, who, facts) =>
    tellOrders(door.app, who, facts.map(orderTold)),
  ),
  '/v1/balances': noun(BalanceFact, 200, (door, who, facts) =>
    tellBalances(door.app, who, facts.map(balanceTold)),
  ),
  '/v1/complaints': noun(ComplaintFact, 100, async (door, who, lines) => {
    const told = await tellComplaints(door.app, who, lines.map(complaintTold))
    return told.map((one, place) => {
      const line = lines[place]
      if (!one.ok || line === undefined) return one
      return done(complaintAnswer(one.value, line, door.config.secret))
    })
  }),
  '/v1/security-events': noun(SecurityEventFact, 200, (door, who, facts) =>
    tellSecurityEvents(door.app, who, facts.map(securityEventTold)),
  ),
} satisfies Record<string, Noun>

/** What is told as a stream at an address, or null. */
export function nounAt(path: string): Noun | null {
  return Object.hasOwn(nouns, path) ? nouns[path as keyof typeof nouns] : null // it has the name itself
}

/** Takes a stream of facts in and answers it line by line, until it ends or its caller goes. */
export async function answerFacts(
  door: Door,
  {
    who,
    noun: { batch, read, tell },
    request,
    reply,
  }: { who: Who; noun: Noun; request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  const body = request.body as Readable // the parser of NDJSON hands the stream on
  const answers = openLineAnswers(door, { request, reply })
  const cutter = createLineCutter(largestJson)
  let waiting: (Told | Answer)[] = []
  let waitingBytes = 0
  let storing = Promise.resolve()

  /** Begins to store what waits. One batch is stored at a time, while the next one is read. */
  async function store(): Promise<void> {
    await storing
    const items = waiting
    waiting = []
    waitingBytes = 0
    storing = answer(items)
    // Rejections are met when it is awaited; until then they must not count as unheard.
    storing.catch(() => undefined)
  }

  async function answer(items: (Told | Answer)[]): Promise<void> {
    const told = items.filter((item) => typeof item !== 'string')
    const stored = await tellAll(door, who, tell, told)
    let next = 0
    await answers.write(
      items.map((item) => (typeof item === 'string' ? item : (stored[next++] ?? ''))).join(''),
    )
  }

  async function take(lines: Line[]): Promise<void> {
    for (const line of lines) {
      const item = readLine(line, read)
      if (item !== null) waiting.push(item)
      waitingBytes += line.bytes?.length ?? 0
      if (waiting.length >= batch || waitingBytes >= mostBytes) await store()
    }
  }

  try {
    for await (const chunk of chunksOf(body, () =>
      waiting.length > 0 ? idleMilliseconds : null,
    )) {
      if (chunk === 'idle') await store()
      else await take(cutter.cut(chunk))
      if (!answers.isOpen) return await storing
    }
    await take(cutter.rest())
    await store()
    await storing
    answers.end()
  } catch (cause) {
    // What is being stored is still answered; nothing is left behind under way.
    await storing.catch(() => undefined)
    // What is waiting was not stored and is not answered; what was answered is stored.
    answers.breakOff(cause, { doing: 'a stream of facts' })
  }
}

function noun<Schema extends z.ZodType>(
  schema: Schema,
  batch: number,
  tell: (door: Door, who: Who, facts: z.infer<Schema>[]) => Promise<Result<FactStored>[]>,
): Noun {
  return {
    batch,
    read(line) {
      const parsed = schema.safeParse(line)
      return parsed.success
        ? { ok: true, fact: parsed.data }
        : { ok: false, issues: parsed.error.issues }
    },
    tell: (door, who, facts) => tell(door, who, facts as z.infer<Schema>[]), // only what `read` above let through
  }
}

function readLine({ number, bytes }: Line, read: Noun['read']): Told | Answer | null {
  if (bytes === null)
    return errorLine(
      number,
      new RefusalError({ ok: false, refusal: 'too_large', detail: 'A line has at most 4 MiB.' }),
    )
  const text = decodeText(bytes)
  if (text === null) return errorLine(number, invalid('The line is not UTF-8.'))
  if (text.trim() === '') return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    return errorLine(
      number,
      invalid(
        `This is not JSON: ${cause instanceof Error ? cause.message.slice(0, 200) : 'it cannot be read'}.`,
      ),
    )
  }
  const unreadable = findUnreadable(value)
  if (unreadable) return errorLine(number, invalid(`${unreadable.path} ${unreadable.message}.`))
  const result = read(value)
  if (result.ok) return { line: number, fact: result.fact }
  const words = issuesOf(result.issues).map(({ path, message }) =>
    path === '' ? message : `${path}: ${message}`,
  )
  return errorLine(number, invalid(words.join('; ')))
}

function errorLine(line: number, error: unknown): Answer {
  const { type, title, detail } = problemOrUnexpected(error)
  return `${JSON.stringify({ line, error: { type, title, ...(detail === undefined ? {} : { detail }) } })}\n`
}

async function tellAll(door: Door, who: Who, tell: Noun['tell'], told: Told[]): Promise<Answer[]> {
  if (told.length === 0) return []
  try {
    const results = await tell(
      door,
      who,
      told.map(({ fact }) => fact),
    )
    return told.map(({ line }, index) => answerLine(line, results[index]))
  } catch (error) {
    if (told.length === 1) {
      logBug(door, error, { doing: `line ${told[0]?.line ?? 0} of a stream of facts` })
      return told.map(({ line }) => errorLine(line, error))
    }
    // One of them is at fault, or they were in somebody's way: in halves, every other one is stored all the same.
    const half = Math.ceil(told.length / 2)
    const first = await tellAll(door, who, tell, told.slice(0, half))
    return [...first, ...(await tellAll(door, who, tell, told.slice(half)))]
  }
}

function answerLine(line: number, result: Result<FactStored> | undefined): Answer {
  if (!result) throw new Error(`answer line ${line} of a stream: nothing came back for it`)
  if (!result.ok) return errorLine(line, new RefusalError(result))
  return `${JSON.stringify(result.value)}\n`
}

/** The chunks of a body as they come, with `idle` in between when the next one takes longer than asked. */
async function* chunksOf(
  body: Readable,
  patience: () => number | null,
): AsyncGenerator<Buffer | 'idle'> {
  const source = body[Symbol.asyncIterator]() as AsyncIterator<Buffer> // a body without encoding yields buffers
  let next = source.next()
  for (;;) {
    const limit = patience()
    const result = limit === null ? await next : await Promise.race([next, elapsed(limit)])
    if (result === 'idle') {
      yield 'idle'
      continue
    }
    if (result.done) return
    next = source.next()
    // Rejections are met when it is awaited; until then they must not count as unheard.
    next.catch(() => undefined)
    yield result.value
  }
}

function elapsed(milliseconds: number): Promise<'idle'> {
  return new Promise((resolve) => setTimeout(() => resolve('idle'), milliseconds))
}
