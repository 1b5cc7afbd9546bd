/** People who act for a seller: the owner lets them in here, changes and removes them. */
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Members } from '../../contract/member.ts'
import { apiOnce } from '../api.ts'
import { useOnceKey } from '../parts/once.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import personClasses from '../parts/person.module.css'
import { Past, useClock } from '../parts/time.tsx'
import { knownZone } from '../parts/time-words.ts'
import { ProofProvider } from '../security/proof.tsx'
import { useMe } from '../session.ts'
import { daysFrom, newMember, type MemberDraft } from './member-draft.ts'
import { MemberForm, sentOf } from './member-form.tsx'
import { MemberHistory } from './member-history.tsx'
import { MemberRow } from './member-row.tsx'
import { mattersOf, membersSentence, partWords, type NamedMatter } from './member-words.ts'
import classes from './members.module.css'
import { homeQuery } from './seller-shell.tsx'
import { useMemberChange, useMembers } from './use-members.ts'

/** `/members` */
export function MembersPage(): ReactNode {
  const me = useMe().data?.me
  if (me === undefined) return null
  if (me.kind !== 'seller' || !me.allowed.includes('see_members')) return <NotForYou />
  return (
    <ProofProvider>
      <WhoActs />
    </ProofProvider>
  )
}

function WhoActs() {
  const found = useMembers()
  const home = useQuery(homeQuery)
  const { now, zone } = useClock()
  const [told, tell] = useState('')
  const matters = home.data ? mattersOf(home.data, now) : []
  const days = daysFrom(now, knownZone(zone))
  return (
    <div className={classes['page']}>
      <Pending of={found} what="who acts for you" isPage>
        {(members) => (
          <>
            <PageTitle
              tab="People who act for you"
              above={
                <Trail>
                  {[
                    <TextLink key="account" to="/account">
                      Account
                    </TextLink>,
                    'People who act for you',
                  ]}
                </Trail>
              }
            >
              {membersSentence(members)}
            </PageTitle>
            <p
              role="status"
              className={told === '' ? 'heard-only' : `${classes['told']} ${personClasses['told']}`}
            >
              {told}
            </p>
            <div className={classes['columns']}>
              <div>
                <Owners owners={members.owners} />
                <section className={classes['section']} aria-labelledby="members">
                  <h2 id="members">Whom you let in</h2>
                  {members.members.length === 0 && (
                    <Empty>
                      Nobody yet. A lawyer, an accountant or somebody of your shop can act for you
                      here under their own name, and you need not share your mailbox.
                    </Empty>
                  )}
                  {members.members.map((member) => (
                    <MemberRow
                      key={member.id}
                      member={member}
                      matters={matters}
                      days={days}
                      mayChange={members.mayChange}
                      onDone={tell}
                    />
                  ))}
                </section>
                <Left left={members.left} />
                <MemberHistory history={members.history} matters={matters} />
              </div>
              {!members.mayChange ? (
                <aside>
                  <p className="second">The owner decides who acts for this seller.</p>
                </aside>
              ) : (
                // The matters to choose from come with how the account stands.
                home.data && <Invite matters={matters} days={days} onDone={tell} />
              )}
            </div>
          </>
        )}
      </Pending>
    </div>
  )
}

/** Owners are told by the shop; here they are only shown, so that nobody looks for them in vain. */
function Owners({ owners }: { owners: readonly string[] }) {
  return (
    <section aria-labelledby="owners">
      <h2 id="owners">{owners.length === 1 ? 'The owner' : 'The owners'}</h2>
      {owners.length === 0 ? (
        <Empty>The shop has told us no address of the owner at the moment.</Empty>
      ) : (
        <ul className={classes['owners']}>
          {owners.map((address) => (
            <li key={address}>
              <bdi>{address}</bdi>
            </li>
          ))}
        </ul>
      )}
      <p className="small second">
        {owners.length === 1 ? 'This address comes' : 'These addresses come'} from your shop’s
        account and {owners.length === 1 ? 'is' : 'are'} changed there. Nobody can be removed as
        owner here.
      </p>
    </section>
  )
}

function Invite({
  matters,
  days,
  onDone,
}: {
  matters: readonly NamedMatter[]
  days: { first: string; last: string }
  onDone: (words: string) => void
}) {
  const keyOf = useOnceKey()
  const [place, setPlace] = useState(0)
  const invite = useMemberChange(
    (draft: MemberDraft) => {
      const body = { email: draft.email.trim(), ...sentOf(draft, matters) }
      return apiOnce(keyOf(body)).members.invite(body)
    },
    ({ name, email }) => {
      onDone(`${name.trim()} may act for you now. A mail is on its way to ${email.trim()}.`)
      // A new form for the next one.
      setPlace(place + 1)
    },
  )
  return (
    <aside className={`sheet ${classes['sheet']}`} aria-labelledby="invite">
      <h2 id="invite">Let somebody act for you</h2>
      <p className="small second" style={{ margin: '4px 0 12px' }}>
        A mail says that you ask them, and opens nothing by itself: they sign in with a link to
        their own mailbox. Every address of your account is told.
      </p>
      <MemberForm
        key={place}
        initial={newMember(matters, days)}
        matters={matters}
        days={days}
        asksAddress
        send="Let them in"
        isSending={invite.isPending}
        error={invite.error}
        onSend={(draft) => invite.mutate(draft)}
      />
    </aside>
  )
}

/** Who was removed keeps a place: what they wrote has their name. */
function Left({ left }: { left: Members['left'] }) {
  if (left.length === 0) return null
  return (
    <section className={classes['section']} aria-labelledby="left">
      <h2 id="left">Who acted for you before</h2>
      <ul>
        {left.map((member) => (
          <li key={member.id} className={personClasses['leaver']}>
            <span>
              <bdi>{member.name}</bdi>{' '}
              <span className="second">
                <bdi>{member.email}</bdi>
              </span>
              <br />
              <span className="small second">{partWords(member.part)}</span>
            </span>
            <span className="small third">
              Removed <Past at={member.leftAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function NotForYou() {
  return (
    <div className="narrow-text">
      <PageTitle above="Account" tab="People who act for you">
        Who acts for this seller is for its owner to see.
      </PageTitle>
      <p className="second">
        Sign in with the owner’s address to let somebody in, change what they may do, or remove
        them.
      </p>
    </div>
  )
}
