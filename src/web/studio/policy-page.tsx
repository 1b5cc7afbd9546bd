/** The page of one policy: how often it was right, how far it may go, its rule, its signals, and a box to try a text. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { PolicyForStudio, PolicyRecord } from '../../contract/policy.ts'
import { measures } from '../../core/measure.ts'
import { policyIn, type Jurisdiction } from '../../core/policy.ts'
import { query } from '../api.ts'
import { StaffPage } from '../desk/staff-page.tsx'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { inHundred } from '../parts/sum.ts'
import { TimeProvider } from '../parts/time.tsx'
import { ExampleList } from './example-list.tsx'
import { LearnedWords } from './learned-words.tsx'
import { LevelLadder } from './level-ladder.tsx'
import { recordWords } from './level-words.ts'
import styles from './policies.module.css'
import { isReadingAnew } from './policies-page.tsx'
import { PolicyPast } from './policy-past.tsx'
import { PrecisionPlot } from './precision-plot.tsx'
import { precisionTitle, precisionWords, screenedWords } from './record-words.ts'
import { Rescreened } from './rescreened.tsx'
import { RuleInWords } from './rule-in-words.tsx'
import { SignalTable } from './signal-table.tsx'
import { TrialList } from './trial-list.tsx'
import { TryText } from './try-text.tsx'
import { nothingTyped } from './try-words.ts'
import { WeeksPlot } from './weeks-plot.tsx'

/** The page at `/studio/policies/$name`. */
export function PolicyPage() {
  const { name = '' } = useParams({ strict: false })
  return <StaffPage>{() => <OpenPolicy key={name} name={name} />}</StaffPage>
}

function OpenPolicy({ name }: { name: string }) {
  const record = useQuery(query.policies.get.queryOptions({ input: { name } }))
  const live = useLive(name, record.data)
  return (
    <TimeProvider>
      <div className={styles.page}>
        <Pending of={record} what="the policy" isPage>
          {(held) => <Policy record={live === undefined ? held : { ...held, ...live }} />}
        </Pending>
      </div>
    </TimeProvider>
  )
}

/**
 * What changes by the minute comes with the short list of policies; the long record is read anew only once something
 * in it has changed.
 */
function useLive(
  name: string,
  record: PolicyRecord | undefined,
): Omit<PolicyForStudio, 'policy'> | undefined {
  const client = useQueryClient()
  const policies = useQuery(
    query.policies.list.queryOptions({
      refetchInterval: ({ state }) => (state.data?.some(isReadingAnew) ? 1_500 : 10_000),
    }),
  )
  const found = policies.data?.find(({ policy }) => policy.policy === name)
  const isOld = found !== undefined && record !== undefined && markOf(found) !== markOf(record)
  const mark = found && markOf(found)
  useEffect(() => {
    if (isOld)
      void client.invalidateQueries({ queryKey: query.policies.get.key({ input: { name } }) })
  }, [client, isOld, mark, name])
  if (found === undefined) return undefined
  const { isForPeople, level, levelSetBy, levelSetAt, levelReason } = found
  const { counts, screened, rescreening, allowed } = found
  return {
    isForPeople,
    level,
    levelSetBy,
    levelSetAt,
    levelReason,
    counts,
    screened,
    rescreening,
    allowed,
  }
}

function markOf({ policy, levelSetAt, counts, rescreening }: PolicyForStudio): string {
  return JSON.stringify([policy.version, levelSetAt, counts, rescreening?.endedAt ?? null])
}

function Policy({ record }: { record: PolicyRecord }) {
  const { policy, jurisdiction } = record
  const [typed, setTyped] = useState(nothingTyped)
  const [chosen, setChosen] = useState<Jurisdiction | null>(null)
  // What reads otherwise elsewhere is only in the whole document; it never changes.
  const whole = useQuery(
    query.policies.getVersion.queryOptions({
      input: { name: policy.policy, version: policy.version },
      staleTime: Infinity,
    }),
  )
  const shown =
    chosen !== null && chosen !== jurisdiction && whole.data
      ? policyIn(whole.data.policy, chosen)
      : policy
  const mayTry = record.allowed.includes('try')
  const isHuman = record.isForPeople
  const title = isHuman ? 'People alone judge by this rule.' : precisionTitle(record)
  const { review, deactivate } = policy.thresholds
  return (
    <>
      <div className={styles.top}>
        <PageTitle
          tab={`${policy.title}: ${title}`}
          above={
            <Trail>
              {[
                <TextLink key="all" to="/studio/policies">
                  Policies
                </TextLink>,
                `${policy.title}, version ${policy.version}`,
              ]}
            </Trail>
          }
        >
          {title}
        </PageTitle>
        <div className="buttons">
          <a className={styles.jump} href="#history">
            History
          </a>
          {mayTry && (
            <ButtonLink to="/studio/policies/$name/trials" params={{ name: policy.policy }}>
              New version
            </ButtonLink>
          )}
        </div>
      </div>
      {policy.naive && (
        <p className={styles.naive}>
          <strong>Naive.</strong> It is wrong on purpose: it is the policy of the story, a list of
          words that cannot tell what it reads.
        </p>
      )}
      {isHuman ? (
        <p className="second narrow-text">
          It has no signals, so no machine can act by it, and no listing is read. It is quoted word
          for word where a person acts on an account or its money. Its measure:{' '}
          {measures[policy.measure].tag.toLowerCase()}.
        </p>
      ) : (
        <>
          <LevelLadder policy={record} />
          <div className={styles.sure}>
            <p className="small second">
              {recordWords(record.counts)} {screenedWords(record.screened)} {precisionWords(record)}
            </p>
            <Rescreened rescreening={record.rescreening} />
          </div>
        </>
      )}
      <div className={styles.columns}>
        <div className={styles.stack}>
          <RuleInWords
            policy={shown}
            jurisdiction={jurisdiction}
            chosen={chosen ?? jurisdiction}
            isLoading={chosen !== null && whole.isPending}
            onChoose={setChosen}
          />
          {!isHuman && (
            <section aria-labelledby="signals">
              <div className={styles.head}>
                <h2 id="signals">The signals, for machines</h2>
                <span className="third small">
                  log-odds{policy.learned && ', written → learned'}; each counts once
                </span>
              </div>
              <SignalTable policy={shown} />
              <p className="second small" style={{ marginTop: 12 }}>
                From {inHundred(review)} it asks for a person
                {deactivate < 1
                  ? `, from ${inHundred(deactivate)} it would act`
                  : '; it never acts by itself'}
                . Its measure: {measures[policy.measure].tag.toLowerCase()}.
              </p>
              {policy.learned && <LearnedWords learned={policy.learned} />}
            </section>
          )}
        </div>
        <div className={styles.stack}>
          {!isHuman && (
            <>
              <TryText policy={policy} typed={typed} onType={setTyped} />
              <div className={styles.plots}>
                <PrecisionPlot record={record} />
                <WeeksPlot weeks={record.weeks} />
              </div>
              <ExampleList record={record} onTry={setTyped} />
            </>
          )}
          {mayTry && <TrialList policy={policy} />}
          <PolicyPast record={record} />
        </div>
      </div>
    </>
  )
}
