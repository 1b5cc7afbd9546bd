/** What was changed while somebody else had the account: all of it returned by one press, or one by one, and what came of each. */
import { Button } from '@mantine/core'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChangeForOwner, ClaimProgress } from '../../contract/claim.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Past } from '../parts/time.tsx'
import { claimClient } from './claim-client.ts'
import { changesSentence, changeWords, groupChanges } from './claim-words.ts'
import classes from './claim-changes.module.css'

interface ClaimChangesProps {
  number: string
  code: string
  progress: ClaimProgress
  onProgress: (next: ClaimProgress) => void
}

/** The list by kind, on the page of the claim that gave the account back. */
export function ClaimChanges({ number, code, progress, onProgress }: ClaimChangesProps) {
  const give = useMutation({
    mutationFn: (changes: string[] | null) =>
      claimClient(code).recovery.returnChanges({ number, ...(changes && { changes }) }),
    onSuccess: ({ progress: next }) => onProgress(next),
  })
  const { changes, allowed } = progress
  if (changes === null) return null
  return (
    <section className={classes['changes']} aria-labelledby="changes">
      <h2 id="changes">What was changed meanwhile</h2>
      <Changes changes={changes} give={give} mayReturn={allowed.includes('returnChanges')} />
    </section>
  )
}

interface ChangesProps {
  changes: NonNullable<ClaimProgress['changes']>
  give: Pick<
    UseMutationResult<unknown, Error, string[] | null>,
    'mutate' | 'isPending' | 'isError' | 'error' | 'variables'
  >
  mayReturn: boolean
}

/** What was changed, the most dangerous first; each kind opens into its single changes. */
export function Changes({ changes: { list, isComplete }, give, mayReturn }: ChangesProps) {
  const left = list.filter(isLeft)
  return (
    <>
      <p className="second" role="status">
        {changesSentence(list, isComplete)}
      </p>
      {left.length > 0 && mayReturn && (
        <Button
          variant="filled"
          size="lg"
          loading={give.isPending && give.variables === null}
          onClick={() => give.mutate(null)}
        >
          {left.length === 1 ? 'Return it' : `Return all ${left.length} in one step`}
        </Button>
      )}
      {give.isError && <ProblemNote error={give.error} safe="What was returned stays returned." />}
      {groupChanges(list).map(({ kind, title, changes: ofKind }) => (
        <Group key={kind} title={title} changes={ofKind}>
          {(change) => (
            <Change
              key={change.id}
              change={change}
              onReturn={
                isLeft(change) && left.length > 1 && mayReturn
                  ? () => give.mutate([change.id])
                  : null
              }
            />
          )}
        </Group>
      ))}
    </>
  )
}

/** As many as a phone shows without hiding what comes after. */
const SHOWN = 5

function Group({
  title,
  changes,
  children,
}: {
  title: string
  changes: ChangeForOwner[]
  children: (change: ChangeForOwner) => React.ReactNode
}) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? changes : changes.slice(0, SHOWN)
  return (
    <div>
      <h3>{title}</h3>
      <ul className={classes['list']}>{shown.map(children)}</ul>
      {changes.length > SHOWN && (
        <button
          type="button"
          className="link"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? 'Show fewer' : `Show all ${changes.length}`}
        </button>
      )}
    </div>
  )
}

function Change({ change, onReturn }: { change: ChangeForOwner; onReturn: (() => void) | null }) {
  const { at, state, detail, revertible } = change
  const words = changeWords(change)
  return (
    <li className={classes['change']}>
      <div>
        <p className={classes['what']}>{words}</p>
        <p className="small third">
          <Past at={at} />
          {state === 'there' && !revertible && '. The shop cannot return this by itself.'}
          {state === 'refused' && detail !== null && `. ${detail}`}
        </p>
      </div>
      <div className={classes['state']}>
        {state === 'returned' && <Tag tone="green">Returned</Tag>}
        {state === 'asked' && <Tag tone="plain">The shop is asked</Tag>}
        {state === 'refused' && <Tag tone="amber">Not returned</Tag>}
        {onReturn && (
          <button type="button" className="link" onClick={onReturn}>
            Return it<span className="heard-only">: {words}</span>
          </button>
        )}
      </div>
    </li>
  )
}

function isLeft({ revertible, state }: ChangeForOwner): boolean {
  return revertible && state === 'there'
}
