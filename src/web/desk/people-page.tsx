/** People are managed here: who works for the marketplace, as what, and what was changed of that. */
import { useState } from 'react'
import type { People } from '../../contract/person.ts'
import { apiOnce } from '../api.ts'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import personStyles from '../parts/person.module.css'
import { Past, TimeProvider } from '../parts/time.tsx'
import { ProofProvider } from '../security/proof.tsx'
import { useOnceKey } from '../parts/once.ts'
import pageStyles from './page.module.css'
import styles from './people.module.css'
import { PersonForm, type PersonDraft } from './person-form.tsx'
import { PersonHistory } from './person-history.tsx'
import { PersonRow } from './person-row.tsx'
import { peopleSentence, placeWords } from './person-words.ts'
import { StaffPage } from './staff-page.tsx'
import { usePeople, usePersonChange } from './use-people.ts'

/** The page at `/desk/people`. */
export function PeoplePage() {
  return (
    <StaffPage>
      {() => (
        <ProofProvider>
          <EverybodyHere />
        </ProofProvider>
      )}
    </StaffPage>
  )
}

function EverybodyHere() {
  const found = usePeople()
  const [told, tell] = useState('')
  return (
    <div className={pageStyles.page}>
      <Pending of={found} what="the people" isPage>
        {({ people, left, history, roles, mayChange, now }) => (
          <TimeProvider serverNow={now} receivedAt={found.dataUpdatedAt}>
            <PageTitle tab="People">{peopleSentence(people)}</PageTitle>
            <p
              role="status"
              className={told === '' ? 'heard-only' : `${styles.told} ${personStyles.told}`}
            >
              {told}
            </p>
            <div className={pageStyles.split}>
              <div>
                <h2 className="heard-only">Who works here</h2>
                {people.length === 0 && (
                  <Empty>
                    Nobody works here yet. Whoever runs the server adds the first administrator on
                    the command line.
                  </Empty>
                )}
                {people.map((person) => (
                  <PersonRow
                    key={person.id}
                    person={person}
                    offered={roles}
                    mayChange={mayChange}
                    onDone={tell}
                  />
                ))}
                <Left left={left} />
                <PersonHistory history={history} />
              </div>
              {mayChange ? (
                <Invite offered={roles} onDone={tell} />
              ) : (
                <aside>
                  <p className="second">An administrator invites, changes and removes people.</p>
                </aside>
              )}
            </div>
          </TimeProvider>
        )}
      </Pending>
    </div>
  )
}

function Invite({
  offered,
  onDone,
}: {
  offered: People['roles']
  onDone: (words: string) => void
}) {
  const keyOf = useOnceKey()
  const [place, setPlace] = useState(0)
  const invite = usePersonChange(
    (draft: PersonDraft) => apiOnce(keyOf(draft)).people.invite(draft),
    ({ name, email }) => {
      onDone(`${name} is invited. A mail is on its way to ${email}.`)
      // A new form for the next one.
      setPlace(place + 1)
    },
  )
  return (
    <aside className={`sheet ${pageStyles.imposeSheet} ${styles.invite}`} aria-labelledby="invite">
      <h2 id="invite">Invite somebody</h2>
      <p className="small second" style={{ margin: '4px 0 12px' }}>
        A mail says that you invite them and leads to the sign-in page. There is no password.
      </p>
      <PersonForm
        key={place}
        initial={{ name: '', email: '', roles: [], desks: [] }}
        offered={offered}
        asksAddress
        send="Invite them"
        isSending={invite.isPending}
        error={invite.error}
        onSend={(draft) => invite.mutate(draft)}
      />
    </aside>
  )
}

/** Who has left keeps a place: what they decided has their name. */
function Left({ left }: { left: People['left'] }) {
  if (left.length === 0) return null
  return (
    <section className={pageStyles.section} aria-labelledby="left">
      <h2 id="left">Who has left</h2>
      <ul>
        {left.map((person) => (
          <li key={person.id} className={personStyles.leaver}>
            <span>
              <bdi>{person.name}</bdi>{' '}
              <span className="second">
                <bdi>{person.email}</bdi>
              </span>
              <br />
              <span className="small second">{placeWords(person)}</span>
            </span>
            <span className="small third">
              Left <Past at={person.leftAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
