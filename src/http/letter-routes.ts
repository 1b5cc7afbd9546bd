/** Letters over HTTP: what they could be about, putting them on record, and answering who wrote. */
import { keepScan } from '../operations/file.ts'
import { answerLetter } from '../operations/letter-answer.ts'
import { recordBodyOutcome } from '../operations/letter-outcome.ts'
import { suggestForLetter } from '../operations/letter-suggestion.ts'
import { readLetters } from '../operations/letter-view.ts'
import { recordLetter } from '../operations/letter.ts'
import { on } from './context.ts'
import { letterView, suggestedView } from './letter-view.ts'
import { fileView } from './measure-view.ts'
import { valueOf } from './problem.ts'
import { readUpload } from './upload.ts'

export const letterRoutes = {
  scan: on.letters.scan.handler(async ({ input, context: { door, who } }) =>
    fileView(valueOf(await keepScan(door.app, who, await readUpload(input.file)))),
  ),
  suggest: on.letters.suggest.handler(async ({ input, context: { door, who } }) => {
    const { text, reference = null, sellerId = null } = input
    const found = valueOf(await suggestForLetter(door.app, who, { text, reference, sellerId }))
    return { sellers: found.map(suggestedView), now: door.app.now().toISOString() }
  }),
  record: on.letters.record.handler(async ({ input, context: { door, who, idempotency } }) =>
    valueOf(await recordLetter(door.app, who, input, idempotency)),
  ),
  list: on.letters.list.handler(async ({ context: { door, who } }) => {
    const { waiting, last, people, mayRecord, at } = valueOf(await readLetters(door.app, who))
    return {
      waiting: waiting.map((each) => letterView(each, people, at)),
      last: last.map((each) => letterView(each, people, at)),
      mayRecord,
      now: at.toISOString(),
    }
  }),
  answer: on.letters.answer.handler(async ({ input, context: { door, who, idempotency } }) => {
    const { letterId, text, withFile = false } = input
    return valueOf(await answerLetter(door.app, who, { letterId, text, withFile }, idempotency))
  }),
  recordOutcome: on.letters.recordOutcome.handler(async ({ input, context: { door, who } }) =>
    valueOf(await recordBodyOutcome(door.app, who, input)),
  ),
}
