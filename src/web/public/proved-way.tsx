/** The procedure in force with its proof, in two sentences; the whole of it is on the page of the promise. */
import type { Promises } from '../../contract/procedure.ts'
import { countOf, sayWorst } from '../../procedure/draw/words.ts'
import { sayTime } from '../../procedure/words.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Past } from '../parts/time.tsx'

export function ProvedWay({
  promises: { procedure, worst, adoptedAt, acceptedGaps },
}: {
  promises: Promises
}) {
  return (
    <section aria-labelledby="procedure">
      <h2 id="procedure">The procedure behind it</h2>
      <p className="narrow-text">
        “{procedure.title}”, in force since <Past at={adoptedAt} />,{' '}
        {countOf(Object.keys(procedure.desks).length, 'desk')}. It promises a person within{' '}
        {sayTime(procedure.promise.person)} and the last answer within{' '}
        {sayTime(procedure.promise.answer)}.{' '}
        {acceptedGaps.length === 0
          ? `Proved of it, however the staff behave: a person ${worst.person === 'PT0S' ? 'at once' : `within ${sayWorst(worst.person)}`}, the answer within ${sayWorst(worst.answer)}.`
          : 'It is not proved: its gaps stand above.'}{' '}
        <TextLink to="/promises">Every way from a measure to an answer</TextLink>
      </p>
    </section>
  )
}
