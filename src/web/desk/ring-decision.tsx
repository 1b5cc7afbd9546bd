/** What confirming a ring does, seen before it is done; and that it is none, with a reason. */
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Falling, RingForDesk } from '../../contract/ring.ts'
import { capital } from '../../core/capital.ts'
import { apiOnce } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useOnceKey } from '../parts/once.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Past } from '../parts/time.tsx'
import { count } from '../parts/time-words.ts'
import styles from './ring.module.css'
import { useRingChange } from './use-ring.ts'

export function RingDecision({ ring }: { ring: RingForDesk }) {
  const [doing, go] = useState<'undo' | 'dismiss' | null>(null)
  const { reach, rival, outside } = ring
  const fall = reach.refuted.length + reach.kept.length
  return (
    <section className={`sheet ${styles.undoing}`} aria-labelledby="undoing">
      <h2 id="undoing">What undoing it does</h2>
      <ul>
        {reach.falling.map((measure) => (
          <li key={measure.decisionId}>
            <strong>Lifted:</strong> {measure.standing}, since <Past at={measure.since} />
          </li>
        ))}
        {reach.falling.length === 0 && <li>No measure leans on it alone.</li>}
        {reach.judged.length > 0 && (
          <li>
            <strong>{count(reach.judged.length, 'decision')}</strong> judged anew by a person,
            because something else may bear {reach.judged.length === 1 ? 'it' : 'them'}
          </li>
        )}
        <li>
          <strong>{count(fall, 'complaint')}</strong> {fall === 1 ? 'stops' : 'stop'} counting.
          {outside.length > 0 &&
            ` ${capital(count(outside.length, 'other reporter'))} ${outside.length === 1 ? 'stays and is' : 'stay and are'} heard alone.`}
        </li>
      </ul>
      <div className={styles.undoButtons}>
        {ring.allowed.includes('confirm') && (
          <Button variant="filled" fullWidth onClick={() => go('undo')}>
            Preview, then undo
          </Button>
        )}
        {ring.allowed.includes('dismiss') && (
          <Button fullWidth onClick={() => go('dismiss')}>
            Not a ring, and say why
          </Button>
        )}
      </div>
      {ring.allowed.length === 0 && ring.state === 'open' && (
        <p className="third">Reviewers, the executive office and legal decide on it.</p>
      )}
      {rival !== null && (
        <p className="third" style={{ marginTop: 12 }}>
          Nothing happens to {rival.name} here. Once the ring is confirmed, a person may act on that
          account; it gets a statement and an appeal like everyone.
        </p>
      )}
      <Dialog
        opened={doing === 'undo'}
        onClose={() => go(null)}
        title="What undoing it does, in whole"
        closeLabel="Close the preview"
        size="lg"
      >
        <Preview ring={ring} onDone={() => go(null)} />
      </Dialog>
      <Dialog
        opened={doing === 'dismiss'}
        onClose={() => go(null)}
        title="It is no ring"
        closeLabel="Leave it open"
        size="lg"
      >
        <p>
          Each of its complaints stands by itself from here on, at its desk. The weights learn of
          it, and the same reporters make no ring again unless others join them.
        </p>
        <Say
          ring={ring}
          finding="dismiss"
          label="Why it is no ring"
          send="It is no ring"
          onDone={() => go(null)}
        />
      </Dialog>
    </section>
  )
}

function Preview({ ring, onDone }: { ring: RingForDesk; onDone: () => void }) {
  const { reach, complaints } = ring
  const named = (ids: readonly string[]) => complaints.filter(({ id }) => ids.includes(id))
  return (
    <div className={styles.preview}>
      <List title="Lifted at once, because nothing else bears them" measures={reach.falling} />
      <List title="Judged anew by a person, each by itself" measures={reach.judged} />
      {reach.falling.length + reach.judged.length === 0 && (
        <p>No decision leans on these complaints.</p>
      )}
      <h3>Complaints that count no more</h3>
      <ul className="points">
        {named([...reach.refuted, ...reach.kept]).map(({ id, caseId, number, sellerName }) => (
          <li key={id}>
            <TextLink to="/desk/cases/$caseId" params={{ caseId }} search={{}}>
              {number}
            </TextLink>{' '}
            about {sellerName}:{' '}
            {reach.refuted.includes(id)
              ? 'refuted, and its reporter is told and may ask another desk to look'
              : 'what was found of it stays on record, and it weighs nothing'}
          </li>
        ))}
      </ul>
      <p className="second">
        The sellers are told of what is lifted, in their pages and by mail, and the shop is read
        back until it shows it. They learn nothing of who complained, nor of another seller.
      </p>
      <Say
        ring={ring}
        finding="confirm"
        label="Why it is one hand"
        send="Undo it"
        onDone={onDone}
      />
    </div>
  )
}

function List({ title, measures }: { title: string; measures: readonly Falling[] }) {
  if (measures.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul className="points">
        {measures.map(({ decisionId, number, standing, seller }) => (
          <li key={decisionId}>
            <TextLink to="/desk/statements/$decisionId" params={{ decisionId }}>
              {number}
            </TextLink>{' '}
            {capital(standing)}, {seller.name}
          </li>
        ))}
      </ul>
    </>
  )
}

interface SayProps {
  ring: RingForDesk
  finding: 'confirm' | 'dismiss'
  label: string
  send: string
  onDone: () => void
}

function Say({ ring, finding, label, send, onDone }: SayProps) {
  const [reasons, write] = useState('')
  const keyOf = useOnceKey()
  const decide = useRingChange(() => {
    const decision = { ringId: ring.id, version: ring.version, reasons }
    return apiOnce(keyOf({ finding, ...decision })).rings[finding](decision)
  })
  return (
    <form
      style={{ marginTop: 12 }}
      onSubmit={(event) => {
        event.preventDefault()
        decide.mutate(undefined, { onSuccess: onDone })
      }}
    >
      <Textarea
        label={label}
        description="A sentence for your colleagues and for whoever looks again; no seller and no reporter reads it."
        value={reasons}
        onChange={(event) => write(event.currentTarget.value)}
        autosize
        minRows={2}
        data-autofocus
      />
      {decide.error && <ProblemNote error={decide.error} safe="Your words are kept here." />}
      <div className="buttons" style={{ marginTop: 12 }}>
        <Button type="submit" variant="filled" loading={decide.isPending}>
          {send}
        </Button>
      </div>
    </form>
  )
}
