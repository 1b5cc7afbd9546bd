/** What a person sends is looked at once more where it may come from prepared words: no field unfilled, and no no without words of one's own. */
import type { Case } from '../core/case.ts'
import type { CaseCommand } from '../core/case-command.ts'
import { fillMacro, hasField, isOnlyPrepared, unfilledIn } from '../core/macro.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import type { Tx } from '../store/db.ts'
import { readMeasure } from '../store/decision.ts'
import { readCaseEvents } from '../store/event.ts'
import { readVersion } from '../store/listing.ts'
import { everyPrepared } from '../store/macro.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'
import { fieldsOf } from './macro.ts'

/** Why the words of a command may not go out as they are, or null; whichever page or program they came from. */
export async function whyNotSent(
  app: App,
  tx: Tx,
  held: Case,
  command: CaseCommand,
): Promise<Refused | null> {
  const { words, denials } = wordsOf(command)
  if (words.some(hasField)) {
    const ofSeller = await wordsOfSeller(tx, held)
    for (const said of words) {
      const field = unfilledIn(said, ofSeller)
      if (field !== null)
        return refuse(
          'field_unfilled',
          `${field} was never filled. Write in its place what is so, and send it then.`,
        )
    }
  }
  if (denials.length === 0) return null
  const texts = await everyPrepared(tx)
  if (texts.length === 0) return null
  const values = await fieldsOf(app, tx, held)
  const prepared = texts.map((text) => fillMacro(text, values).text)
  return denials.some((reasons) => isOnlyPrepared(reasons, prepared))
    ? refuse('prepared_words_only')
    : null
}

/** What a person says by a command, and which of it are the reasons of a no. */
function wordsOf(command: CaseCommand): { words: string[]; denials: string[] } {
  switch (command.do) {
    case 'forward':
      return { words: [command.reason], denials: [] }
    case 'ask':
      return { words: [command.question], denials: [] }
    case 'answer':
      return { words: [command.text], denials: [] }
    case 'decide':
      return {
        words: command.answers.map(({ reasons }) => reasons),
        denials: command.answers
          .filter(({ power }) => power === 'deny')
          .map(({ reasons }) => reasons),
      }
    case 'conclude':
      // What was right to do, or is done now, is a no to the seller of the listing, who reads these reasons.
      return {
        words: [command.reasons],
        denials: command.conclusion === 'acted' ? [command.reasons] : [],
      }
    default:
      return { words: [], denials: [] }
  }
}

/** What the seller wrote that this case is about: it may be quoted, whatever stands in braces there. */
async function wordsOfSeller(tx: Tx, held: Case): Promise<string[]> {
  const seller = held.sellerId === null ? null : await readSeller(tx, held.sellerId)
  const said = [seller?.name ?? '']
  for (const { detail } of await readCaseEvents(tx, held.id))
    if (typeof detail['text'] === 'string') said.push(detail['text'])
  for (const { text, remedy, decisionId } of held.objections) {
    said.push(text, ...Object.values(remedy ?? {}))
    const measure = await readMeasure(tx, decisionId)
    const judged = measure?.decision.judged
    if (judged) said.push(await listingWords(tx, judged.listingId, judged.version))
  }
  const { listingId = null, listingVersion = null } = held.check ?? {}
  if (listingId !== null && listingVersion !== null)
    said.push(await listingWords(tx, listingId, listingVersion))
  return said
}

async function listingWords(tx: Tx, listingId: string, version: number): Promise<string> {
  return JSON.stringify((await readVersion(tx, listingId, version))?.text ?? '')
}
