/** A box to try a text: what this rule and the others would make of it, as one types; nothing is stored. */
import { Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RuleScreening, Screening } from '../../contract/screening.ts'
import type { ListingText } from '../../core/listing.ts'
import { listingLimits } from '../../core/listing.ts'
import type { Policy } from '../../core/policy.ts'
import { api } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { MarksKey, MatchedText } from '../parts/matched-text.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { numberTerms } from '../parts/runs.ts'
import { addUp, signed } from '../parts/sum.ts'
import { SumOfTerms } from '../parts/sum-of-terms.tsx'
import styles from './policies.module.css'
import { listingOf, verdictWords, type TypedText } from './try-words.ts'

/** As long as one needs to go on typing. */
const PATIENCE = 400

interface TryTextProps {
  policy: Policy
  typed: TypedText
  onType: (typed: TypedText) => void
}

/** Fields above, the words as the rule reads them below. */
export function TryText({ policy, typed, onType }: TryTextProps) {
  const [hasMore, setMore] = useState(false)
  const [settled] = useDebouncedValue(typed, PATIENCE)
  const isEmpty = settled.title.trim() === ''
  const tried = useQuery({
    queryKey: ['try a text', policy.policy, policy.version, settled],
    queryFn: async () => {
      const text = listingOf(settled)
      return { text, screening: await api.facts.screenListing(text) }
    },
    enabled: !isEmpty,
    // The words of before stay while the next are read, so that nothing jumps.
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })
  const set = (name: keyof TypedText) => (value: string) => onType({ ...typed, [name]: value })
  const isWide =
    hasMore || [typed.bullets, typed.brand, typed.category, typed.attributes].some(Boolean)
  return (
    <section id="try" aria-labelledby="try-title">
      <div className={styles.head}>
        <h2 id="try-title">Try a text</h2>
        <span className="third small">nothing is stored</span>
      </div>
      <div className={`sheet ${styles.try}`}>
        <div className={styles.typed}>
          <TextInput
            label="Title"
            classNames={{ input: styles.writtenInput ?? '' }}
            value={typed.title}
            maxLength={listingLimits.title}
            onChange={(event) => set('title')(event.currentTarget.value)}
          />
          <Textarea
            label="Description"
            classNames={{ input: styles.writtenInput ?? '' }}
            autosize
            minRows={2}
            maxRows={10}
            value={typed.description}
            maxLength={listingLimits.description}
            onChange={(event) => set('description')(event.currentTarget.value)}
          />
          {isWide ? (
            <MoreFields typed={typed} set={set} />
          ) : (
            <button
              type="button"
              className={`link small ${styles.start}`}
              onClick={() => setMore(true)}
            >
              Points, brand, category, attributes
            </button>
          )}
        </div>
        <div className={styles.tried} aria-busy={tried.isFetching}>
          {isEmpty ? (
            <p className="second small">
              Type a title. What this rule and the others make of it stands here as you type.
            </p>
          ) : tried.data === undefined ? (
            tried.isError ? (
              <ProblemNote
                error={tried.error}
                safe="Nothing was stored, and your text is still here."
                onRetry={() => void tried.refetch()}
              />
            ) : (
              <p className="third small">Reading it …</p>
            )
          ) : (
            <>
              {tried.isError && (
                <ProblemNote
                  error={tried.error}
                  safe="What stands below is about the text of before."
                  onRetry={() => void tried.refetch()}
                />
              )}
              <Tried {...tried.data} policy={policy} />
            </>
          )}
        </div>
      </div>
    </section>
  )
}

function MoreFields({
  typed,
  set,
}: {
  typed: TypedText
  set: (name: keyof TypedText) => (value: string) => void
}) {
  return (
    <>
      <Textarea
        label="Points"
        description="A line for each."
        autosize
        minRows={2}
        maxRows={8}
        value={typed.bullets}
        onChange={(event) => set('bullets')(event.currentTarget.value)}
      />
      <div className={styles.pair}>
        <TextInput
          label="Brand"
          value={typed.brand}
          maxLength={listingLimits.brand}
          onChange={(event) => set('brand')(event.currentTarget.value)}
        />
        <TextInput
          label="Category"
          value={typed.category}
          maxLength={listingLimits.category}
          onChange={(event) => set('category')(event.currentTarget.value)}
        />
      </div>
      <Textarea
        label="Attributes"
        description="A line for each, such as “material: cotton”."
        autosize
        minRows={2}
        maxRows={8}
        value={typed.attributes}
        onChange={(event) => set('attributes')(event.currentTarget.value)}
      />
    </>
  )
}

function Tried({
  text,
  screening,
  policy,
}: {
  text: ListingText
  screening: Screening
  policy: Policy
}) {
  const [lit, setLit] = useState<number | null>(null)
  const [isTable, setTable] = useState(false)
  const rule = screening.rules.find((each) => each.policy === policy.policy)
  const others = screening.rules.filter((each) => each.policy !== policy.policy)
  const terms = rule ? numberTerms(text, rule.evidence) : []
  const verdict = rule && verdictWords(rule)
  const tag = verdict ?? { words: 'stays on sale', tone: 'green' as const }
  return (
    <>
      <p className="heard-only" role="status">
        {rule ? tag.words : 'Nothing in it speaks for this rule. It stays on sale.'}
      </p>
      {rule ? (
        <>
          <MatchedText text={text} terms={terms} lit={lit} onLight={setLit} />
          <MarksKey
            hasAgainst={terms.some(
              ({ number, evidence }) => number !== null && evidence.weight < 0,
            )}
          />
          <div className={styles.sumLine}>
            <InlineSum text={text} rule={rule} />
            <Tag tone={tag.tone}>{tag.words}</Tag>
          </div>
          {isTable && (
            <SumOfTerms
              text={text}
              evidence={rule.evidence}
              threshold={policy.thresholds.deactivate < 1 ? policy.thresholds.deactivate : null}
              lit={lit}
              onLight={setLit}
            />
          )}
          <button
            type="button"
            className={`link small ${styles.start}`}
            aria-expanded={isTable}
            onClick={() => setTable(!isTable)}
          >
            {isTable ? 'Close the sum' : 'Term by term'}
          </button>
        </>
      ) : (
        <div className={`${styles.sumLine} ${styles.alone}`}>
          <span className="second">Nothing in it speaks for this rule.</span>
          <Tag tone={tag.tone}>{tag.words}</Tag>
        </div>
      )}
      {others.length > 0 && <Others rules={others} />}
    </>
  )
}

/** "start −2.2  breathable +0.9  =  −3.5", with the smallest in one. */
function InlineSum({ text, rule }: { text: ListingText; rule: RuleScreening }) {
  const { rows, total } = addUp(text, rule.evidence)
  return (
    <p className={styles.inline}>
      {rows.map((row) => {
        const [term] = row.terms
        const isStart = row.terms.length === 1 && term?.evidence.signal === 'base'
        const own = row.terms.length === 1 ? term?.evidence.text : null
        return (
          <span key={term?.index}>
            <span className="second">{isStart ? 'start' : (own ?? row.label)}</span>{' '}
            <strong>{signed(row.weight)}</strong>
          </span>
        )
      })}
      <span>
        = <strong className={styles.total}>{signed(total)}</strong>
      </span>
    </p>
  )
}

function Others({ rules }: { rules: readonly RuleScreening[] }) {
  return (
    <div className={styles.others}>
      <h3>Other rules that found something in it</h3>
      <ul>
        {rules.map((rule) => {
          const { words, tone } = verdictWords(rule)
          return (
            <li key={rule.policy}>
              <TextLink to="/studio/policies/$name" params={{ name: rule.policy }}>
                {rule.title}
              </TextLink>
              <Tag tone={tone}>{words}</Tag>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
