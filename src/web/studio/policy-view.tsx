/** One policy as the studio shows it: its record, its ladder, its rule for people and its signals for machines. */
import type { PolicyForStudio } from '../../contract/policy.ts'
import { measures } from '../../core/measure.ts'
import { paragraphsOf } from '../parts/paragraphs.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { inHundred } from '../parts/sum.ts'
import { LevelLadder } from './level-ladder.tsx'
import { recordWords } from './level-words.ts'
import styles from './policies.module.css'
import { SignalBars } from './signal-bars.tsx'

/** A policy from its ladder to its examples. */
export function PolicyView({ policy: shown }: { policy: PolicyForStudio }) {
  const { policy, counts } = shown
  return (
    <article className={styles.policy} aria-labelledby={`policy-${policy.policy}`}>
      <header>
        <p className="third small">
          <span className="code">{policy.policy}</span>, version {policy.version}, by{' '}
          {policy.author}
        </p>
        <h2 id={`policy-${policy.policy}`}>
          {policy.title} {policy.naive && <Tag tone="amber">Naive</Tag>}
        </h2>
        <p className="second">
          {recordWords(counts)}
          {policy.naive &&
            ' It is wrong on purpose: it is the policy of the story, a list of words that cannot tell what it reads.'}
        </p>
      </header>
      <LevelLadder policy={shown} />
      <div className={styles.columns}>
        <div>
          <h3>The rule, for people</h3>
          <p className={`written ${styles.rule}`}>{paragraphsOf(policy.text).join('\n\n')}</p>
          <h3>What it counts</h3>
          <dl className={styles.counts}>
            <Count words="would act on" amount={counts.deactivate} />
            <Count words="would ask a person" amount={counts.review} />
            <Count words="acted by itself" amount={counts.actedAlone} />
            <Count words="lifted afterwards" amount={counts.lifted} />
          </dl>
        </div>
        <div>
          <div className={styles.head}>
            <h3>The signals, for machines</h3>
            <span className="third small">log-odds; each counts once</span>
          </div>
          <SignalBars policy={policy} />
          <p className="second small" style={{ marginTop: 12 }}>
            From {inHundred(policy.thresholds.review)} it asks for a person, from{' '}
            {inHundred(policy.thresholds.deactivate)} it would act. Its measure:{' '}
            {measures[policy.measure].tag.toLowerCase()}.
          </p>
          {policy.examples.length > 0 && <Examples examples={policy.examples} />}
        </div>
      </div>
    </article>
  )
}

function Count({ words, amount }: { words: string; amount: number }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{amount.toLocaleString('en')}</dd>
    </div>
  )
}

type Example = PolicyForStudio['policy']['examples'][number]

function Examples({ examples }: { examples: readonly Example[] }) {
  const wrong = examples.filter(({ shouldBe }) => shouldBe !== undefined).length
  return (
    <details className={styles.examples}>
      <summary>
        {examples.length} examples
        {wrong > 0 && `, of which it is known to be wrong in ${wrong}`}
      </summary>
      <ul>
        {examples.map((example) => (
          <li key={example.title}>
            <span className="written">{example.title}</span>{' '}
            <Tag
              tone={
                example.outcome === 'allow'
                  ? 'green'
                  : example.outcome === 'review'
                    ? 'amber'
                    : 'red'
              }
            >
              {outcomeWords[example.outcome]}
            </Tag>
            {example.shouldBe !== undefined && (
              <span className="second small">
                {' '}
                wrong: {outcomeWords[example.shouldBe]} would be right
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

const outcomeWords = {
  allow: 'passes',
  review: 'a person looks',
  deactivate: 'taken off sale',
} as const
