/** The rule as people read it, here and where it reads otherwise, with what it leaves out and what would reverse it. */
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Jurisdiction, Policy } from '../../core/policy.ts'
import { paragraphsOf } from '../parts/paragraphs.ts'
import { Phrases } from './phrases.tsx'
import styles from './policies.module.css'
import { jurisdictionWords } from './signal-words.ts'

interface RuleInWordsProps {
  policy: Policy
  /** Where the marketplace holds it in force; null where nobody said. */
  jurisdiction: Jurisdiction | null
  chosen: Jurisdiction | null
  /** What was chosen is on its way; until then the one in force is shown. */
  isLoading: boolean
  onChoose: (jurisdiction: Jurisdiction) => void
}

/** The first paragraph, and the whole of it once asked for. */
export function RuleInWords(props: RuleInWordsProps) {
  const { policy, jurisdiction, chosen, isLoading, onChoose } = props
  const [isWhole, setWhole] = useState(false)
  const paragraphs = paragraphsOf(policy.text)
  return (
    <section aria-labelledby="rule" aria-busy={isLoading}>
      <div className={styles.head}>
        <h2 id="rule">The rule, for people</h2>
        {policy.jurisdictions.length > 1 && jurisdiction !== null && (
          <SegmentedControl
            aria-label="Where it holds"
            size="xs"
            value={chosen ?? jurisdiction}
            onChange={(next) => onChoose(next === 'eu' ? 'eu' : 'us')}
            data={policy.jurisdictions.map((each) => ({
              value: each,
              label: each === jurisdiction ? `${each.toUpperCase()}, in force` : each.toUpperCase(),
            }))}
          />
        )}
      </div>
      {chosen !== null && chosen !== jurisdiction && (
        <p className="small second" style={{ marginBottom: 8 }}>
          “{policy.title}”, as it reads in {jurisdictionWords[chosen]}. It is not in force here.
        </p>
      )}
      <div className={`written ${styles.rule}`}>
        {(isWhole ? paragraphs : paragraphs.slice(0, 1)).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      {isWhole && <Around policy={policy} />}
      <button
        type="button"
        className="link small"
        aria-expanded={isWhole}
        onClick={() => setWhole(!isWhole)}
      >
        {isWhole ? 'Only its beginning' : 'The whole rule, and what would reverse it'}
      </button>
    </section>
  )
}

function Around({
  policy: { wouldReverse, exhibits = [], categories, innocent },
}: {
  policy: Policy
}) {
  return (
    <div className={styles.around}>
      <h3>What would reverse its measure</h3>
      <ul className={styles.bullets}>
        {wouldReverse.map((way) => (
          <li key={way} className="written">
            {way}
          </li>
        ))}
      </ul>
      {exhibits.length > 0 && (
        <>
          <h3>What it asks for beside an appeal</h3>
          <ul className={styles.bullets}>
            {exhibits.map(({ exhibit, title, says }) => (
              <li key={exhibit} className="written">
                {title}. {says}
              </li>
            ))}
          </ul>
        </>
      )}
      {categories && (
        <>
          <h3>Where it looks</h3>
          {categories.only && (
            <p className="small">
              Only in categories with <Phrases phrases={categories.only} />
            </p>
          )}
          {categories.except && (
            <p className="small">
              Not in categories with <Phrases phrases={categories.except} />
            </p>
          )}
        </>
      )}
      {innocent && (
        <>
          <h3>What means something else</h3>
          <p className="small">
            Words inside these speak for nothing: <Phrases phrases={innocent} />
          </p>
        </>
      )}
    </div>
  )
}
