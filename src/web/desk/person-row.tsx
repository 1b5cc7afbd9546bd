/** One person: what they are, when they last came in, and what an administrator can do. */
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { People, PersonForReader } from '../../contract/person.ts'
import { api } from '../api.ts'
import { Tag } from '../parts/measure-tag.tsx'
import personStyles from '../parts/person.module.css'
import { Past } from '../parts/time.tsx'
import { ChangeNote } from '../security/changing.tsx'
import pageStyles from './page.module.css'
import styles from './people.module.css'
import { PersonForm, type PersonDraft } from './person-form.tsx'
import { placeWords } from './person-words.ts'
import { usePersonChange } from './use-people.ts'

interface PersonRowProps {
  person: PersonForReader
  offered: People['roles']
  mayChange: boolean
  /** Says what was done, where it is heard. */
  onDone: (words: string) => void
}

export function PersonRow({ person, offered, mayChange, onDone }: PersonRowProps) {
  const { id: personId, name, email, since, signedInAt, hasPasskey, isMe } = person
  const [doing, go] = useState<'change' | 'remove' | 'enrol' | null>(null)
  const change = usePersonChange(
    ({ name: called, roles, desks }: PersonDraft) =>
      api.people.change({ personId, name: called, roles, desks }),
    ({ name: called }) => {
      go(null)
      onDone(`${called} is changed. It counts from their next click, and they sign in anew.`)
    },
  )
  return (
    <section className={styles.person} aria-labelledby={personId}>
      <div className={styles.head}>
        <div className={`${styles.who} ${personStyles.who}`}>
          <h3 id={personId}>
            <bdi>{name}</bdi> {isMe && <span className="third">(you)</span>}
          </h3>
          <p className="second">
            <bdi>{email}</bdi>
          </p>
          <p>{placeWords(person)}</p>
        </div>
        <div className={personStyles.facts}>
          <Tag tone={hasPasskey ? 'green' : 'plain'}>{hasPasskey ? 'Passkey' : 'No passkey'}</Tag>
          <p className="small second">
            {signedInAt === null ? (
              'Never signed in'
            ) : (
              <>
                Signed in <Past at={signedInAt} />
              </>
            )}
          </p>
          <p className="small third">
            Here since <Past at={since} />
          </p>
        </div>
        {mayChange && (
          <div className={`buttons ${styles.ways}`}>
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
            {!isMe && (
              <Button
                onClick={() => go(doing === 'enrol' ? null : 'enrol')}
                aria-expanded={doing === 'enrol'}
              >
                Lost passkey<span className="heard-only"> of {name}</span>
              </Button>
            )}
          </div>
        )}
      </div>
      {doing === 'change' && (
        <div className={`sheet ${pageStyles.imposeSheet}`}>
          <PersonForm
            initial={{ ...person, desks: person.desks.map((desk) => desk.name) }}
            offered={offered}
            kept={person.desks}
            asksAddress={false}
            send="Save"
            isSending={change.isPending}
            error={change.error}
            onSend={(draft) => change.mutate(draft)}
            onCancel={() => go(null)}
          />
        </div>
      )}
      {doing === 'enrol' && (
        <Enrolment
          person={person}
          onDone={() => {
            go(null)
            onDone(`${name} can set up their sign-in anew. A mail is on its way to ${email}.`)
          }}
          onLeave={() => go(null)}
        />
      )}
      {doing === 'remove' && (
        <Removal
          person={person}
          onRemoved={() => onDone(`${name} is removed. Their next click opens nothing.`)}
          onLeave={() => go(null)}
        />
      )}
    </section>
  )
}

/** Asked before it is done: whoever reads their mailbox can come in meanwhile. */
function Enrolment({
  person: { id: personId, name, email },
  onDone,
  onLeave,
}: {
  person: PersonForReader
  onDone: () => void
  onLeave: () => void
}) {
  const enrol = usePersonChange(() => api.people.letEnrolAnew({ personId }), onDone)
  return (
    <div className={styles.question} role="group" aria-label={`Lost passkey of ${name}`}>
      <p>
        Let {name} set up their sign-in anew? Their passkeys, authenticator app and saved codes
        count no more, and they are signed out everywhere. Until they have a new passkey, a link to{' '}
        <bdi>{email}</bdi> signs them in, unless your organisation has a sign-in of its own. Make
        sure first that it is {name} who asks.
      </p>
      <ChangeNote error={enrol.error} />
      <div className="buttons">
        <Button variant="filled" onClick={() => enrol.mutate(undefined)} loading={enrol.isPending}>
          Let {name} enrol anew
        </Button>
        <Button onClick={onLeave}>Leave it as it is</Button>
      </div>
    </div>
  )
}

/** Asked before it is done, with a reason that stays on record. */
function Removal({
  person: { id: personId, name, desks },
  onRemoved,
  onLeave,
}: {
  person: PersonForReader
  onRemoved: () => void
  onLeave: () => void
}) {
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const remove = usePersonChange(
    (because: string) => api.people.remove({ personId, reason: because }),
    onRemoved,
  )
  const send = () => {
    setTried(true)
    if (reason.trim() !== '') remove.mutate(reason.trim())
  }
  return (
    <div className={styles.question} role="group" aria-label={`Remove ${name}`}>
      <p>
        From their next click {name} is nobody here.{' '}
        {desks.length > 0 && 'What they hold is back at its desk at once, and its clock runs on. '}
        What they decided keeps their name.
      </p>
      <Textarea
        label="Why"
        description="Administrators and auditors read it."
        autosize
        minRows={2}
        maxLength={1_000}
        value={reason}
        error={wasTried && reason.trim() === '' && 'Say why.'}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ChangeNote error={remove.error} />
      <div className="buttons">
        <Button variant="filled" onClick={send} loading={remove.isPending}>
          Remove {name}
        </Button>
        <Button onClick={onLeave}>Leave it as it is</Button>
      </div>
    </div>
  )
}
