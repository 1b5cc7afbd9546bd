/** Who is of a ring, in a table: the picture in words, with each complaint, and the way to take somebody out. */
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { RingForDesk, RingMember } from '../../contract/ring.ts'
import { capital } from '../../core/capital.ts'
import { api } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Past } from '../parts/time.tsx'
import { findingWords, kindWords } from './complaint-words.ts'
import pageStyles from './page.module.css'
import type { Chosen } from './ring-graph.tsx'
import { sharesWords } from './ring-words.ts'
import styles from './ring.module.css'
import { useRingChange } from './use-ring.ts'

export function RingMembers({ ring, chosen }: { ring: RingForDesk; chosen: Chosen | null }) {
  return (
    <>
      <section className={pageStyles.section} aria-labelledby="members">
        <h2 id="members">Who is of it</h2>
        <p className="second narrow-text">
          Take out whoever has a reason of their own: their complaint is looked at by itself, and
          the likelihood is worked out again without them.
        </p>
        <Members ring={ring} members={ring.members} chosen={chosen} />
      </section>
      {ring.outside.length > 0 && (
        <section className={pageStyles.section} aria-labelledby="outside">
          <h2 id="outside">Who complains of the same and stays out</h2>
          <p className="second">Whatever is decided here, each of these is heard by itself.</p>
          <Members ring={ring} members={ring.outside} chosen={chosen} />
        </section>
      )}
    </>
  )
}

interface MembersProps {
  ring: RingForDesk
  members: readonly RingMember[]
  chosen: Chosen | null
}

function Members({ ring, members, chosen }: MembersProps) {
  return (
    <table className={`${pageStyles.plainTable} ${pageStyles.stacks}`}>
      <thead>
        <tr>
          <th scope="col">Reporter</th>
          <th scope="col">Joined</th>
          <th scope="col">Shares</th>
          <th scope="col">Says</th>
          <th scope="col">
            <span className="heard-only">What you can do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr
            key={member.reporterId}
            data-lit={chosen?.reporters.includes(member.reporterId) === true || undefined}
            className={styles.member}
          >
            <td>
              <strong>{member.label}</strong>
              {member.pruned !== null && <p className="third">taken out</p>}
            </td>
            <td>{member.joinedAt === null ? 'not told' : <Past at={member.joinedAt} />}</td>
            <td>{sharesWords(member, ring.shared)}</td>
            <td>
              <Said ring={ring} reporterId={member.reporterId} />
              {member.pruned !== null && (
                <p className="second">
                  Taken out by {member.pruned.by}, <Past at={member.pruned.at} />: “
                  {member.pruned.why}”
                </p>
              )}
            </td>
            <td>{ring.members.includes(member) && <TakeOut ring={ring} member={member} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Said({ ring, reporterId }: { ring: RingForDesk; reporterId: string }) {
  return (
    <ul>
      {ring.complaints
        .filter((one) => one.reporterId === reporterId)
        .map((one) => (
          <li key={one.id}>
            <p>
              <TextLink to="/desk/cases/$caseId" params={{ caseId: one.caseId }} search={{}}>
                {one.number}
              </TextLink>{' '}
              {kindWords[one.kind]}, {one.sellerName}, <Past at={one.at} />.{' '}
              {one.order === null ? 'No order.' : capital(`${one.order}.`)}{' '}
              {one.finding !== null && findingWords[one.finding]}
            </p>
            <p className={`second ${styles.said}`}>“{one.text}”</p>
          </li>
        ))}
    </ul>
  )
}

function TakeOut({ ring, member }: { ring: RingForDesk; member: RingMember }) {
  const [isOpen, open] = useState(false)
  const [reasons, write] = useState('')
  const { ringId, reporterId } = { ringId: ring.id, reporterId: member.reporterId }
  const prune = useRingChange(() => api.rings.prune({ ringId, reporterId, reasons }))
  const putBack = useRingChange(() => api.rings.putBack({ ringId, reporterId }))
  if (member.pruned !== null)
    return ring.allowed.includes('put-back') ? (
      <>
        <Button size="xs" loading={putBack.isPending} onClick={() => putBack.mutate()}>
          Put back<span className="heard-only"> {member.label}</span>
        </Button>
        {putBack.error && <ProblemNote error={putBack.error} />}
      </>
    ) : null
  if (!ring.allowed.includes('prune')) return null
  if (!isOpen)
    return (
      <Button size="xs" onClick={() => open(true)}>
        Take out<span className="heard-only"> {member.label}</span>
      </Button>
    )
  return (
    <form
      className={styles.takeOut}
      onSubmit={(event) => {
        event.preventDefault()
        prune.mutate(undefined, { onSuccess: () => open(false) })
      }}
    >
      <Textarea
        label={`Why ${member.label} is not of it`}
        description="For your colleagues; no seller and no reporter reads it."
        value={reasons}
        onChange={(event) => write(event.currentTarget.value)}
        autosize
        minRows={2}
        data-autofocus
      />
      {prune.error && <ProblemNote error={prune.error} safe="Your words are kept here." />}
      <div className="buttons" style={{ marginTop: 8 }}>
        <Button size="xs" type="submit" variant="filled" loading={prune.isPending}>
          Take {member.label} out
        </Button>
        <Button size="xs" onClick={() => open(false)}>
          Leave
        </Button>
      </div>
    </form>
  )
}
