/** What a letter could be about: from the numbers, ids, names, addresses and references in it; the person who reads it chooses. */
import { hasReachedSeller } from '../core/action.ts'
import { caseNumber, type Case } from '../core/case.ts'
import { marksIn } from '../core/letter.ts'
import { deskTitle } from '../core/procedure.ts'
import { caseNumbered, casesOfSeller, readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import {
  decisionNumbered,
  measuresOfSeller,
  readMeasure,
  type MeasureRecord,
} from '../store/decision.ts'
import { lettersReferring, sellersNamedIn } from '../store/letter.ts'
import { procedureOf } from '../store/procedure.ts'
import { readSeller, sellersOfAddress, type Seller } from '../store/seller.ts'
import { whyNotContestable } from './appeal.ts'
import type { App } from './app.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

/** A seller whom it could be about, why, and what of theirs. */
export interface SuggestedSeller {
  seller: Seller
  /** What in the letter says so; empty where the person chose the seller by hand. */
  because: string[]
  /** Decisions on the seller, newest first, and whether each can be contested by a letter received on that day. */
  measures: { measure: MeasureRecord; isContestable: boolean; isNamed: boolean }[]
  /** Cases that are not closed, and those that were named. */
  cases: { case: Case; deskTitle: string; isNamed: boolean }[]
}

const mostSellers = 6
const mostEach = 12

/** Reads what there is to read, whichever desk has it. */
export async function suggestForLetter(
  app: App,
  who: Who,
  {
    text,
    reference,
    sellerId,
  }: { text: string; reference: string | null; sellerId: string | null },
): Promise<Result<SuggestedSeller[]>> {
  const may = permit(app, who, 'letters.suggest')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const found = await namedIn(tx, { text: `${text}\n${reference ?? ''}`, reference })
    if (sellerId !== null && !found.because.has(sellerId)) found.because.set(sellerId, new Set())
    const suggested: SuggestedSeller[] = []
    for (const [id, because] of found.because) {
      if (suggested.length >= mostSellers) break
      const seller = await readSeller(tx, id)
      if (seller !== null)
        suggested.push({
          seller,
          because: [...because],
          measures: await measuresFor(app, tx, seller, found.decisions),
          cases: await casesFor(tx, seller, found.cases),
        })
    }
    // Whom the person chose stands first.
    return done(
      suggested.sort((a, b) => Number(b.seller.id === sellerId) - Number(a.seller.id === sellerId)),
    )
  })
}

interface Named {
  because: Map<string, Set<string>>
  decisions: Set<string>
  cases: Map<string, Case>
}

async function namedIn(
  tx: Tx,
  { text, reference }: { text: string; reference: string | null },
): Promise<Named> {
  const named: Named = { because: new Map(), decisions: new Set(), cases: new Map() }
  const note = (sellerId: string, why: string) => {
    const known = named.because.get(sellerId) ?? new Set<string>()
    named.because.set(sellerId, known.add(why))
  }
  const noteCase = (held: Case | null, why: string) => {
    if (held === null || held.sellerId === null) return
    named.cases.set(held.id, held)
    note(held.sellerId, why)
  }
  const marks = marksIn(text)
  for (const number of marks.caseNumbers) {
    const held = await caseNumbered(tx, number)
    noteCase(held, `It names ${held === null ? '' : caseNumber(held)}.`)
  }
  const byNumber = await Promise.all(
    marks.decisionNumbers.map((number) => decisionNumbered(tx, number)),
  )
  for (const id of [...marks.decisionIds, ...byNumber.filter((each) => each !== null)]) {
    const measure = await readMeasure(tx, id)
    if (measure === null) continue
    named.decisions.add(id)
    note(measure.decision.sellerId, `It names decision D-${measure.decision.number}.`)
  }
  if (reference !== null && reference.trim() !== '')
    for (const letter of await lettersReferring(tx, reference, mostEach))
      noteCase(
        await readCase(tx, letter.caseId),
        `An earlier letter of ${letter.sender.name} has the same reference.`,
      )
  for (const address of marks.addresses)
    for (const { id } of await sellersOfAddress(tx, address)) note(id, `It names ${address}.`)
  for (const { id, name } of await sellersNamedIn(tx, text, mostSellers))
    note(id, `It names ${name}.`)
  return named
}

async function measuresFor(
  app: App,
  tx: Tx,
  seller: Seller,
  namedOnes: ReadonlySet<string>,
): Promise<SuggestedSeller['measures']> {
  const now = app.now()
  const found: SuggestedSeller['measures'] = []
  for (const measure of await measuresOfSeller(tx, seller.id, now)) {
    if (!hasReachedSeller(measure.action, now)) continue
    const isNamed = namedOnes.has(measure.decision.id)
    if (!isNamed && found.length >= mostEach) continue
    const { timeZone } = seller
    const isContestable = (await whyNotContestable(tx, measure, { now, timeZone })) === null
    found.push({ measure, isContestable, isNamed })
  }
  return found.sort((a, b) => Number(b.isNamed) - Number(a.isNamed)).slice(0, mostEach)
}

async function casesFor(
  tx: Tx,
  seller: Seller,
  namedOnes: ReadonlyMap<string, Case>,
): Promise<SuggestedSeller['cases']> {
  const open = (await casesOfSeller(tx, seller.id)).filter(({ state }) => state !== 'closed')
  const theirs = [...namedOnes.values()].filter(({ sellerId }) => sellerId === seller.id)
  const all = new Map([...theirs, ...open].map((held) => [held.id, held]))
  const found: SuggestedSeller['cases'] = []
  for (const held of [...all.values()].slice(0, mostEach)) {
    if (['recovery', 'check', 'repair'].includes(held.kind)) continue
    const procedure = await procedureOf(tx, held.procedureId)
    const title = deskTitle(procedure, held.desk)
    found.push({ case: held, deskTitle: title, isNamed: namedOnes.has(held.id) })
  }
  return found
}
