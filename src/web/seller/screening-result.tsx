/** What a screening came to: a card with what would happen and what to change, and the words with their sum. */
import { SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import type { RuleScreening } from '../../contract/screening.ts'
import { CheckIcon } from '../parts/icon.tsx'
import { MarksKey, MatchedText } from '../parts/matched-text.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { numberTerms } from '../parts/runs.ts'
import { ScoreLine } from '../parts/score-line.tsx'
import { inHundred } from '../parts/sum.ts'
import { SumOfTerms } from '../parts/sum-of-terms.tsx'
import classes from './screening-result.module.css'
import {
  remedyWords,
  rulesToShow,
  ruleWords,
  screeningWords,
  thresholdsNow,
  wordsToLeaveOut,
} from './screening-words.ts'
import type { Answered, ScreeningState } from './use-screening.ts'

/** The card beside the form. Its sentence is heard politely when the answer is another one. */
export function ScreeningCard({ state, isFor }: { state: ScreeningState; isFor: string }) {
  const { answered, isCurrent, error, askAgain } = state
  const said = answered && screeningWords(answered.screening)
  return (
    <section aria-labelledby="screening-said" className={classes['card']} data-tone={said?.tone}>
      <p className="heard-only" role="status">
        {said && `${said.title}. ${said.words}`}
      </p>
      <div className={classes['said']}>
        <h2 id="screening-said">
          {said?.tone === 'passes' && <CheckIcon />}
          {said?.title ?? 'Nothing to check yet'}
        </h2>
        <p>{said?.words ?? isFor}</p>
      </div>
      {error && (
        <div className={classes['part']}>
          <ProblemNote error={error} safe="Your text is kept on this device." onRetry={askAgain} />
        </div>
      )}
      {answered &&
        rulesToShow(answered.screening).map((rule) => <Rule key={rule.policy} rule={rule} />)}
      {answered && (
        <p className={`label ${classes['foot']}`}>
          {isCurrent ? 'Checked on what you see here.' : 'Checking what you typed …'} Nothing is
          stored or told to anyone.
        </p>
      )}
    </section>
  )
}

function Rule({ rule }: { rule: RuleScreening }) {
  const leaveOut = wordsToLeaveOut(rule)
  const { remedy } = rule
  const isChange = remedy !== null && rule.would !== 'protected' && rule.would !== 'note'
  return (
    <div className={classes['part']}>
      <p className="small">
        <strong>{rule.title}</strong>{' '}
        <span className="second">
          {ruleWords(rule)}.
          {rule.naive && ' This rule is wrong on purpose: it is the one of the story.'}
        </span>
      </p>
      <ScoreLine
        score={rule.score}
        thresholds={thresholdsNow(rule)}
        then={isChange && leaveOut.length > 0 ? { score: remedy.score, words: 'after' } : null}
      />
      {rule.earlier !== null && <Earlier earlier={rule.earlier} />}
      {isChange && (
        <div className={classes['change']}>
          <h3>What to change</h3>
          {leaveOut.length > 0 && (
            <>
              <p>
                Leave out{' '}
                {leaveOut.map(({ text, times }, place) => (
                  <span key={text}>
                    {place > 0 && (place === leaveOut.length - 1 ? ' and ' : ', ')}
                    <mark className={classes['word']}>{text}</mark>
                    {times > 1 && ` (${times} times)`}
                  </span>
                ))}
                , if the goods are not what they say.
              </p>
              <p className="small second">{remedyWords(rule)}</p>
            </>
          )}
          <details>
            <summary className="small">
              {leaveOut.length > 0 ? 'Or, if the rule does fit' : 'What would let it pass'}
            </summary>
            <ul className="small">
              {rule.wouldReverse.map((way) => (
                <li key={way}>{way}</li>
              ))}
            </ul>
          </details>
        </div>
      )}
    </div>
  )
}

function Earlier({ earlier }: { earlier: NonNullable<RuleScreening['earlier']> }) {
  const { number, by, reasons } = earlier
  return (
    <p className={`small second ${classes['earlier']}`}>
      {by === 'person' ? 'A person' : by === 'clock' ? 'A clock' : 'A machine'} let this very text
      stand before ({number}).{reasons !== '' && ` “${reasons}”`}
    </p>
  )
}

/** The words in the text, one rule at a time, with the sum that they make. */
export function ScreenedWords({ answered: { text, screening } }: { answered: Answered }) {
  const rules = rulesToShow(screening)
  const [chosen, setChosen] = useState<string | null>(null)
  const rule = rules.find(({ policy }) => policy === chosen) ?? rules[0]
  const [lit, setLit] = useState<number | null>(null)
  const isNarrow = useMediaQuery('(max-width: 700px)') ?? false
  const isStacked = isNarrow || rules.length > 2
  if (rule === undefined) return null
  const { review, deactivate } = thresholdsNow(rule)
  const terms = numberTerms(text, rule.evidence)
  const hasAgainst = terms.some(({ number, evidence }) => number !== null && evidence.weight < 0)
  return (
    <section aria-labelledby="screened-words" className={classes['words']}>
      <div className={classes['head']}>
        <h2 id="screened-words">The words that count</h2>
        {rules.length > 1 && (
          <SegmentedControl
            aria-label="Which rule"
            orientation={isStacked ? 'vertical' : 'horizontal'}
            fullWidth={isStacked}
            value={rule.policy}
            onChange={setChosen}
            data={rules.map(({ policy, title }) => ({ value: policy, label: title }))}
          />
        )}
      </div>
      <div className={`sheet ${classes['text']}`}>
        <MatchedText text={text} terms={terms} lit={lit} onLight={setLit} />
      </div>
      <MarksKey hasAgainst={hasAgainst} />
      <h2 className={classes['sum']}>How that adds up to {inHundred(rule.score)}</h2>
      <p className="second narrow-text" style={{ marginBottom: 12 }}>
        “{rule.title}”, version {rule.version}. From {inHundred(review)} a person looks
        {deactivate < 1 && `, from ${inHundred(deactivate)} the rule may act by itself`}.
      </p>
      <SumOfTerms
        text={text}
        evidence={rule.evidence}
        threshold={deactivate < 1 ? deactivate : null}
        lit={lit}
        onLight={setLit}
      />
    </section>
  )
}
