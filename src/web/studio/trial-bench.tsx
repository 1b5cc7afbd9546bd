/** Where a changed policy is written and tried: its text, its mistakes, what it changes, and the trials of before. */
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import { problemOf } from '../../contract/client.ts'
import { readDocument } from '../../core/document.ts'
import { Policy } from '../../core/policy.ts'
import { apiOnce, query } from '../api.ts'
import { useOnceKey } from '../parts/once.ts'
import { StaffPage } from '../desk/staff-page.tsx'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { TimeProvider } from '../parts/time.tsx'
import { useKept } from '../parts/use-kept.ts'
import { Mistakes } from './mistakes.tsx'
import styles from './policies.module.css'
import { sayPolicyDifference } from './policy-difference.ts'
import { sourceOf } from './policy-source.ts'
import { TextPane } from './text-pane.tsx'
import { TrialList } from './trial-list.tsx'

/** As long as one needs to type the next word: the document is long. */
const PATIENCE = 400
const DAYS = 30

const Draft = z.string().nullable()

/** The page at `/studio/policies/$name/trials`. */
export function TrialBenchPage() {
  const { name = '' } = useParams({ strict: false })
  return <StaffPage>{() => <OpenBench key={name} name={name} />}</StaffPage>
}

function OpenBench({ name }: { name: string }) {
  const policies = useQuery(query.policies.list.queryOptions())
  const head = policies.data?.find(({ policy }) => policy.policy === name)
  const version = head?.policy.version ?? 0
  const inForce = useQuery(
    query.policies.getVersion.queryOptions({
      input: { name, version },
      enabled: head !== undefined,
      staleTime: Infinity,
    }),
  )
  return (
    <TimeProvider>
      <div className={styles.page}>
        <Pending of={policies} what="the policies" isPage>
          {() =>
            head === undefined ? (
              <>
                <PageTitle>There is no such policy.</PageTitle>
                <Empty>
                  <TextLink to="/studio/policies">Every policy that there is</TextLink>
                </Empty>
              </>
            ) : !head.allowed.includes('try') ? (
              <>
                <PageTitle above={<Way name={name} title={head.policy.title} />}>
                  Trials are for those who manage policies.
                </PageTitle>
                <Empty>Your role reads policies and does not try them.</Empty>
              </>
            ) : (
              <Pending of={inForce} what="the policy" isPage>
                {({ policy }) => <Bench key={policy.version} inForce={policy} />}
              </Pending>
            )
          }
        </Pending>
      </div>
    </TimeProvider>
  )
}

function Way({ name, title }: { name: string; title: string }) {
  return (
    <Trail>
      {[
        <TextLink key="all" to="/studio/policies">
          Policies
        </TextLink>,
        <TextLink key="one" to="/studio/policies/$name" params={{ name }}>
          {title}
        </TextLink>,
        'New version',
      ]}
    </Trail>
  )
}

function Bench({ inForce }: { inForce: Policy }) {
  const { policy: name, version } = inForce
  const original = useMemo(() => sourceOf(inForce), [inForce])
  const draft = useKept(`studio-policies ${name} ${version}`, Draft, null)
  const text = draft.value ?? original
  const isChanged = text !== original
  const [settled] = useDebouncedValue(text, PATIENCE)
  const read = useMemo(
    () => readDocument({ file: `${name}.yaml`, text: settled, schema: Policy }),
    [settled, name],
  )
  const changes = useMemo(
    () => (read.ok ? sayPolicyDifference(inForce, read.value) : null),
    [read, inForce],
  )
  const [goal, setGoal] = useState<{ line: number } | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const navigate = useNavigate()
  const client = useQueryClient()
  const keyOf = useOnceKey()
  const start = useMutation({
    mutationFn: (source: string | undefined) =>
      apiOnce(keyOf({ name, source })).policies.startTrial({
        name,
        days: DAYS,
        ...(source !== undefined && { source }),
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: query.policies.listTrials.key() })
      await navigate({
        to: '/studio/policies/$name/trials/$trialId',
        params: { name, trialId: id },
      })
    },
  })
  // The server knows more than a shape: conditions, patterns, names of lists. What it said holds for that very text.
  const told = start.variables === text ? (problemOf(start.error)?.errors ?? []) : []
  const errors = read.ok ? told.map((error) => ({ ...error, file: name })) : read.errors
  const change = (next: string) => draft.change(() => (next === original ? null : next))
  const whyNot = !isChanged
    ? null
    : settled !== text
      ? 'It is still being read.'
      : read.ok
        ? null
        : 'It cannot be read yet.'
  const go = () => {
    if (whyNot === null) start.mutate(isChanged ? text : undefined)
  }
  return (
    <>
      <PageTitle
        tab={`${inForce.title}: try a new version`}
        above={<Way name={name} title={inForce.title} />}
      >
        Try a change on last month’s listings before anything acts.
      </PageTitle>
      <div className={styles.bench}>
        <section className={styles.source} aria-labelledby="source">
          <header className={styles.sourceHead}>
            <div>
              <h2 id="source">The document</h2>
              <p className="small second">
                {isChanged ? 'changed here, kept on this device' : `version ${version}, in force`}
              </p>
            </div>
            {isChanged && (
              <Button size="compact-sm" onClick={() => draft.forget()}>
                Put it back
              </Button>
            )}
          </header>
          <TextPane
            label="The text of the policy"
            text={text}
            isReadOnly={false}
            errors={errors}
            onChange={change}
            goal={goal}
            field={field}
          />
          <Mistakes errors={errors} onGo={(line) => setGoal({ line })} />
          <footer className={styles.sourceFoot}>
            <Button
              variant="filled"
              loading={start.isPending}
              aria-disabled={whyNot !== null || undefined}
              data-disabled={whyNot !== null || undefined}
              aria-describedby="why-not"
              onClick={go}
            >
              {isChanged ? `Try it on the last ${DAYS} days` : `Try version ${version} as it is`}
            </Button>
            <span id="why-not" className="small third">
              {whyNot ?? 'It only notes what it would do. No seller hears of it.'}
            </span>
          </footer>
        </section>
        <div className={styles.stack}>
          {start.error && refusalOf(start.error) !== 'policy_unreadable' && (
            <ProblemNote error={start.error} safe="Nothing was started, and your text is kept." />
          )}
          <section aria-labelledby="changes" aria-live="polite">
            <h2 id="changes">What changes</h2>
            <Changes changes={changes} />
            {inForce.learned && isChanged && (
              <p className="small second" style={{ marginTop: 8 }}>
                Its weights were learned for what is in force, and do not come along: a changed
                document is tried with the weights that are written in it.
              </p>
            )}
          </section>
          <TrialList policy={inForce} isWhole />
          <section aria-labelledby="afterwards">
            <h2 id="afterwards">If it proves right</h2>
            <p className="second">
              Put the text into the folder “policies” as <span className="code">{name}.yaml</span>,
              with a higher version, and start anew: it is adopted, and reads every listing on sale.
              One trial of a policy runs at a time; a newer one takes its place.
            </p>
          </section>
        </div>
      </div>
    </>
  )
}

function Changes({ changes }: { changes: readonly string[] | null }) {
  if (changes === null)
    return <p className="second">It cannot be read yet; each mistake stands under the text.</p>
  if (changes.length === 0)
    return (
      <p className="second">
        Nothing yet. Change the text, or paste another under the same name; as it is, the trial says
        what the version in force would do.
      </p>
    )
  return (
    <ul className={styles.changes}>
      {changes.slice(0, 40).map((change) => (
        <li key={change}>{change}</li>
      ))}
      {changes.length > 40 && <li className="third">and {changes.length - 40} more</li>}
    </ul>
  )
}
