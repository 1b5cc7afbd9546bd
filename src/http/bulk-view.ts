/** Bulk as the desk reads it: a sentence for each case, of what would happen or happened. */
import type { BulkPreview } from '../contract/bulk.ts'
import { wordsOfBulk } from '../core/bulk.ts'
import { caseNumber } from '../core/case.ts'
import { deskInSentence } from '../core/holding.ts'
import { refusals } from '../core/refusal.ts'
import { sayCount, sayTime } from '../core/saying.ts'
import type * as operations from '../operations/bulk.ts'
import { queueTitle, type DeskReader } from './desk-view.ts'

/** Every case of a preview, in the order in which they were named. */
export function previewView(previews: operations.BulkPreview[], reader: DeskReader): BulkPreview {
  return {
    cases: previews.map(({ case: held, matter, action, result }) => ({
      caseId: held.id,
      number: caseNumber(held),
      title: queueTitle(held, matter),
      sellerName: matter.sellerName,
      isPossible: result.ok,
      words: result.ok
        ? bulkWords(result.value, reader, { isDone: false })
        : (result.detail ?? refusals[result.refusal].words),
      text: wordsOfBulk(action),
      action,
    })),
  }
}

/** "Goes to the legal department, which has it until Thursday 26 November 10:00." */
export function bulkWords(
  { did, deskTitle, until, lifts }: operations.BulkDone,
  { timeZone }: DeskReader,
  { isDone }: { isDone: boolean },
): string {
  const desk = deskInSentence(deskTitle)
  const when = sayTime(new Date(until), timeZone)
  switch (did) {
    case 'released':
      return `${isDone ? 'Is' : 'Goes'} back with ${desk}, for whoever takes it; its clock runs on until ${when}.`
    case 'forwarded':
      return `${isDone ? 'Went' : 'Goes'} to ${desk}, which has it until ${when}. The seller reads why.`
    case 'answered':
      return `${isDone ? 'Answered' : 'Answers it'}, and that ends it unless the seller writes again.`
    case 'informed':
      return `${isDone ? 'Told' : 'Tells'} the seller and ${isDone ? 'ended' : 'ends'} nothing: ${desk} has it until ${when}.`
    case 'lifted': {
      const measures = lifts === 1 ? 'The measure is' : `All ${sayCount(lifts)} measures are`
      return `${measures} lifted. Until ${when} it can be undone; then the seller hears.`
    }
    case 'cleared':
      return `Nothing is wrong here: the listing stays, or comes back. Until ${when} it can be undone.`
  }
}
