/** One member: what they may do, where and until when, and what the owner can change of it. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { MemberForReader } from '../../contract/member.ts'
import { api } from '../api.ts'
import { Tag } from '../parts/measure-tag.tsx'
import personClasses from '../parts/person.module.css'
import { Due, Past } from '../parts/time.tsx'
import { ChangeNote } from '../security/changing.tsx'
import { draftOf, type MemberDraft } from './member-draft.ts'
import { MemberForm, sentOf } from './member-form.tsx'
import { namesOf, partWords, type NamedMatter } from './member-words.ts'
import classes from './members.module.css'
import { useMemberChange } from './use-members.ts'

interface MemberRowProps {
  member: MemberForReader
  matters: readonly NamedMatter[]
  days: { first: string; last: string }
  mayChange: boolean
  /** Says what was done, where it is heard. */
  onDone: (words: string) => void
}

export function MemberRow({ member, matters, days, mayChange, onDone }: MemberRowProps) {
  const { id: memberId, name, email, part, since, isOver } = member
  const [doing, go] = useState<'change' | 'remove' | null>(null)
  const change = useMemberChange(
    (draft: MemberDraft) => api.members.change({ memberId, ...sentOf(draft, matters) }),
    ({ name: called }) => {
      go(null)
      onDone(`${called} is changed. It counts from their next click, and your addresses are told.`)
    },
  )
  const named = namesOf(part, matters)
  return (
    <section className={classes['member']} aria-labelledby={memberId}>
      <div className={classes['head']}>
        <div className={personClasses['who']}>
          <h3 id={memberId}>
            <bdi>{name}</bdi>
          </h3>
          <p className="second">
            <bdi>{email}</bdi>
          </p>
          <p>{partWords(part)}</p>
          {named.length > 0 && (
            <ul className={`small second ${classes['named']}`}>
              {named.map((title) => (
                <li key={title}>{title}</li>
              ))}
            </ul>
          )}
        </div>
        <div className={personClasses['facts']}>
          <Tag tone={isOver ? 'plain' : 'green'}>{isOver ? 'Over' : 'Acts for you'}</Tag>
          {part.role === 'representative' && (
            <p className="small second">
              {isOver ? (
                <>
                  Ended <Past at={part.until} />
                </>
              ) : (
                <>
                  Until <Due at={part.until} />
                </>
              )}
            </p>
          )}
          <p className="small third">
            Let in <Past at={since} />
          </p>
        </div>
        {mayChange && (
          <div className={`buttons ${classes['ways']}`}>
            <Button
              onClick={() => go(doing === 'change' ? null : 'change')}
              aria-expanded={doing === 'change'}
            >
              Change<span className="heard-only"> {name}</span>
            </Button>
            <Button
              onClick={() => go(doing === 'remove' ? null : 'remove')}
              aria-expanded={doing === 'remove'}
            >
              Remove<span className="heard-only"> {name}</span>
            </Button>
          </div>
        )}
      </div>
      {doing === 'change' && (
        <div className={`sheet ${classes['sheet']}`}>
          <MemberForm
            initial={draftOf(member, days)}
            matters={matters}
            days={days}
            asksAddress={false}
            send="Save"
            isSending={change.isPending}
            error={change.error}
            onSend={(draft) => change.mutate(draft)}
            onCancel={() => go(null)}
          />
        </div>
      )}
      {doing === 'remove' && (
        <Removal
          member={member}
          onRemoved={() =>
            onDone(
              `${name} is removed. Their next click opens nothing, and your addresses are told.`,
            )
          }
          onLeave={() => go(null)}
        />
      )}
    </section>
  )
}

/** Asked before it is done. */
function Removal({
  member: { id: memberId, name },
  onRemoved,
  onLeave,
}: {
  member: MemberForReader
  onRemoved: () => void
  onLeave: () => void
}) {
  const remove = useMemberChange(() => api.members.remove({ memberId }), onRemoved)
  return (
    <div className={`sheet ${classes['sheet']}`} role="group" aria-label={`Remove ${name}`}>
      <p>
        From their next click {name} sees nothing of your account. What they wrote stays in its
        cases with their name, and no clock changes.
      </p>
      <ChangeNote error={remove.error} />
      <div className="buttons">
        <Button
          variant="filled"
          loading={remove.isPending}
          onClick={() => remove.mutate(undefined)}
        >
          Remove {name}
        </Button>
        <Button onClick={onLeave}>Leave it as it is</Button>
      </div>
    </div>
  )
}
