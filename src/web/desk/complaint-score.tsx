/** What a complaint is worth, as a sum whose every term is said; and the ring that it is in, for who looks into rings. */
import type { ComplaintForDesk } from '../../contract/complaint.ts'
import type { Evidence } from '../../core/finding.ts'
import type { ListingText } from '../../core/listing.ts'
import { capital } from '../../core/capital.ts'
import { TextLink } from '../parts/button-link.tsx'
import { SumOfTerms } from '../parts/sum-of-terms.tsx'
import { Past } from '../parts/time.tsx'
import caseStyles from './case.module.css'

/** Nothing of a complaint stands in a listing. */
const noText: ListingText = {
  title: '',
  description: '',
  bullets: [],
  brand: '',
  category: '',
  attributes: {},
}

/** It tells whoever looks into the complaint how far to believe it; what is so, they find out. */
export function ComplaintScore({ score }: { score: ComplaintForDesk['score'] }) {
  return (
    <section className={caseStyles.part} aria-labelledby="score">
      <div className={caseStyles.partHead}>
        <h2 id="score">
          How far to believe it{' '}
          {score !== null && (
            <span>
              {score.counts
                ? 'It may weigh against the seller'
                : 'It does not weigh against the seller'}
            </span>
          )}
        </h2>
      </div>
      {score === null ? (
        <p className="second">It is weighed in a moment, together with all others.</p>
      ) : (
        <>
          {score.ring !== null && (
            <p>
              <TextLink to="/desk/rings/$ringId" params={{ ringId: score.ring.id }}>
                {capital(score.ring.number)}
              </TextLink>{' '}
              holds it: several reporters who look like one hand.
            </p>
          )}
          <SumOfTerms
            text={noText}
            evidence={score.reasons.map(termOf)}
            threshold={null}
            drawnAs="bars"
          />
          {score.reasons
            .filter(({ weight }) => weight === 0)
            .map(({ signal, text }) => (
              <p key={signal} className="second">
                {text}
              </p>
            ))}
          <p className="third" style={{ marginTop: 4 }}>
            Out of 100 such complaints, so many are true. Weighed <Past at={score.weighedAt} />.
          </p>
        </>
      )}
    </section>
  )
}

function termOf({
  weight,
  text,
  signal,
}: NonNullable<ComplaintForDesk['score']>['reasons'][number]): Evidence {
  return { field: null, start: null, end: null, text: text.replace(/\.$/, ''), signal, weight }
}
