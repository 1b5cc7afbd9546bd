/** The proposal of a version: what changes, what becomes of open cases, which gaps are accepted by name, and why. */
import { Button, Checkbox, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Version } from '../../contract/procedure.ts'
import type { KnownGap } from '../../core/known-gap.ts'
import { sayDifference } from '../../procedure/difference.ts'
import { countOf } from '../../procedure/draw/words.ts'
import { readProcedure } from '../../procedure/read.ts'
import { api, query } from '../api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import type { Readable } from './examined.ts'
import { titleOf } from './gap-list.tsx'
import styles from './procedures.module.css'

interface AdoptDialogProps {
  opened: boolean
  onClose: () => void
  examined: Readable
  source: string
  /** What it comes in place of. */
  version: Version
  openCases: number
  onAdopted: () => void
}

/** Ctrl+S leads here; nothing is in force before its button. */
export function AdoptDialog(props: AdoptDialogProps) {
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      size={760}
      title={`Put “${props.examined.procedure.title}” in force?`}
      closeLabel="Close without adopting"
    >
      <Proposal {...props} />
    </Dialog>
  )
}

function Proposal({ examined, source, version, openCases, onAdopted, onClose }: AdoptDialogProps) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [isMoving, setMoving] = useState(false)
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set())
  const [wasTried, setTried] = useState(false)
  const changes = useMemo(() => {
    const before = readProcedure(version.source)
    return before.ok ? sayDifference(before.procedure, examined.procedure) : []
  }, [version, examined])
  const remarks: { key: string; title: string; gaps: KnownGap[] }[] = [
    ...examined.notes.map(({ number, gaps }) => ({
      key: `${number}`,
      title: `${number}. ${titleOf(gaps[0]?.code ?? '')}`,
      gaps,
    })),
    ...examined.uncovered.map((gap) => ({ key: gap.name, title: 'Not covered', gaps: [gap] })),
  ]
  const missing = remarks.flatMap(({ gaps }) => gaps).filter(({ name }) => !accepted.has(name))
  const adopt = useMutation({
    mutationFn: () =>
      api.procedures.adopt({
        source,
        reason: reason.trim(),
        acceptGaps: [...accepted],
        moveOpenCases: isMoving,
        inPlaceOf: version.id,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: query.procedures.list.key() })
      onAdopted()
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (reason.trim() !== '' && missing.length === 0) adopt.mutate()
  }
  return (
    <form
      className={styles.proposal}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <section aria-labelledby="changes">
        <h3 id="changes">What changes</h3>
        {changes.length === 0 ? (
          <p className="second">Nothing that it does; only how it is written.</p>
        ) : (
          <ul className={styles.changes} aria-labelledby="changes" tabIndex={0}>
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="open-cases">
        <h3 id="open-cases">
          {openCases === 0 ? 'No case is open' : `${countOf(openCases, 'case')} open now`}
        </h3>
        <p className="second">
          They stay on the version they started with, and so do their desks and dates. What opens
          from now on follows this one.
        </p>
        {openCases > 0 && (
          <Checkbox
            mt={8}
            label="Move open cases where it is proved not to lengthen any promise"
            description="Each is proved from the desk where it is. The clock that runs for it stays as it is."
            checked={isMoving}
            onChange={(event) => setMoving(event.currentTarget.checked)}
          />
        )}
      </section>
      {remarks.length > 0 && (
        <fieldset className={styles.acceptance}>
          <legend>
            <h3>{countOf(remarks.flatMap(({ gaps }) => gaps).length, 'gap')} to accept by name</h3>
          </legend>
          <p className="second">
            Every seller that they touch is told of them, on the page, in the notice and on the
            case. Your name and reason stand beside them on the public page.
          </p>
          {remarks.map(({ key, title, gaps }) => {
            const names = gaps.map(({ name }) => name)
            return (
              <Checkbox
                key={key}
                label={`${title}: ${gaps[0]?.message ?? ''}`}
                description={<span className="code">{names.join(', ')}</span>}
                checked={names.every((name) => accepted.has(name))}
                onChange={(event) => {
                  const isOn = event.currentTarget.checked
                  setAccepted((before) => {
                    const next = new Set(before)
                    for (const name of names) {
                      if (isOn) next.add(name)
                      else next.delete(name)
                    }
                    return next
                  })
                }}
              />
            )
          })}
          {wasTried && missing.length > 0 && (
            <p className={styles.red} role="alert">
              {countOf(missing.length, 'gap')} of these is still to be accepted, or to be mended in
              the text.
            </p>
          )}
        </fieldset>
      )}
      <Textarea
        label="Why?"
        description="One sentence, kept with the version, your name and the time."
        autosize
        minRows={2}
        maxLength={2_000}
        value={reason}
        error={wasTried && reason.trim() === '' ? 'The change still needs a reason.' : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {adopt.error && (
        <ProblemNote
          error={adopt.error}
          safe="What was in force still is, and your text is kept."
        />
      )}
      <div className="buttons">
        <Button type="submit" variant="filled" loading={adopt.isPending}>
          Put it in force
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </div>
    </form>
  )
}
