/** Talking to a person: a plain form that opens a question at the desks, with a number and a date. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { MeasureForSeller } from '../../contract/case.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { useClock } from '../parts/time.tsx'
import { useMe } from '../session.ts'
import { showCase } from './case-change.ts'
import classes from './contact-page.module.css'
import { standingWords } from './measure-words.ts'
import { homeQuery } from './seller-shell.tsx'
import { WrittenForm } from './written-form.tsx'

const here = getRouteApi('/seller-pages/contact')

/** `/contact?topic=…` */
export function ContactPage(): ReactNode {
  const me = useMe().data?.me
  if (me?.kind === 'link') return <ByLink caseId={me.caseId} decisionId={me.decisionId} />
  if (me?.kind !== 'seller') return null
  if (!me.allowed.includes('ask')) return <NotAsked mayWrite={me.allowed.includes('write')} />
  return <Contact sellerId={me.sellerId} />
}

function Contact({ sellerId }: { sellerId: string }) {
  const navigate = useNavigate()
  const { topic } = here.useSearch()
  const home = useQuery(homeQuery)
  const contestable = (home.data?.measures ?? []).filter(
    ({ status, allowed }) => status === 'in-force' && allowed.includes('appeal'),
  )
  return (
    <>
      <PageTitle above="Talk to a person" tab="Talk to a person">
        Write to us. A person reads it and answers.
      </PageTitle>
      <div className={classes['columns']}>
        <div className={`sheet ${classes['form']}`}>
          <WrittenForm
            keptAs={`recourse.question.${sellerId}`}
            fieldId="question-text"
            label="What is it about?"
            hint="In your own words. You get a number, who has it, and by when there is an answer."
            rows={6}
            button="Send"
            missing="Say in a sentence what you want to know or need."
            send={(client, written) =>
              client.seller.askQuestion({ ...written, topic: topic ?? null })
            }
            onSent={(matter) => {
              showCase(matter)
              void navigate({ to: '/cases/$caseId', params: { caseId: matter.id } })
            }}
          />
        </div>
        <aside className={classes['side']}>
          {contestable.length > 0 && <AboutMeasures measures={contestable} />}
          <section aria-labelledby="talk">
            <h2 id="talk">Rather talk?</h2>
            <p className="second" style={{ marginBottom: 12 }}>
              Pick a time, and a person calls you.
            </p>
            <ButtonLink to="/call" search={topic === undefined ? {} : { topic }}>
              Book a call
            </ButtonLink>
          </section>
          <section aria-labelledby="safe">
            <h2 id="safe">Good to know</h2>
            <p className="second">
              Writing to us never counts against you, and it restarts no clock. If the first desk
              cannot settle it, it hands it to one that can: your last date for an answer stays as
              it is.
            </p>
          </section>
        </aside>
      </div>
    </>
  )
}

/** The way out of a measure is its appeal: shorter than a question about it, and it goes to people who can lift it. */
function AboutMeasures({ measures }: { measures: readonly MeasureForSeller[] }) {
  const { now } = useClock()
  return (
    <section aria-labelledby="about-measures">
      <h2 id="about-measures">Is it about a measure?</h2>
      <p className="second">An appeal goes straight to people who can lift it.</p>
      <ul className={classes['measures']}>
        {measures.slice(0, 3).map((measure) => (
          <li key={measure.decisionId}>
            <span>{standingWords(measure, now)}</span>
            <ButtonLink
              to="/appeal"
              search={{ decision: [measure.decisionId] }}
              aria-label={`Appeal: ${standingWords(measure, now)}`}
            >
              Appeal
            </ButtonLink>
          </li>
        ))}
      </ul>
      {measures.length > 3 && (
        <p className="small">
          <TextLink to="/measures">All {measures.length} that you can appeal</TextLink>
        </p>
      )}
    </section>
  )
}

/** A new question is a matter of its own, and a representative may have been let in for others, or to read. */
function NotAsked({ mayWrite }: { mayWrite: boolean }) {
  return (
    <div className="narrow-text">
      <PageTitle above="Talk to a person" tab="Talk to a person">
        {mayWrite
          ? 'About the matters that you were let in for, write to us in their cases.'
          : 'You were let in to read, so the owner writes to us.'}
      </PageTitle>
      <p className="second">
        {mayWrite
          ? 'A person reads what you write there and answers. A new question is a new matter: the owner can ask it, or let you act in every matter.'
          : 'The owner can let you write as well, on the page “People who act for you”.'}
      </p>
      <div className="buttons" style={{ marginTop: 24 }}>
        <ButtonLink to="/cases" variant="filled">
          The cases
        </ButtonLink>
      </div>
    </div>
  )
}

/** A link opens one matter, so a new question needs a sign-in; what belongs to that matter does not. */
function ByLink({ caseId, decisionId }: { caseId: string | null; decisionId: string | null }) {
  return (
    <div className="narrow-text">
      <PageTitle above="Talk to a person" tab="Talk to a person">
        For a new question, sign in first. About this matter, write to us here.
      </PageTitle>
      <p className="second">
        You came by a link in our mail, and it opens one matter only. Whatever belongs to that
        matter you can write in its case, without signing in; a person reads it. It never counts
        against you.
      </p>
      <p className="second" style={{ marginTop: 12 }}>
        You can’t sign in?{' '}
        <a className="link" href="/recovery">
          The recovery page
        </a>{' '}
        needs neither the account nor the mailbox.
      </p>
      <div className="buttons" style={{ marginTop: 24 }}>
        {caseId !== null ? (
          <ButtonLink to="/cases/$caseId" params={{ caseId }} variant="filled">
            Write in this case
          </ButtonLink>
        ) : (
          decisionId !== null && (
            <ButtonLink to="/measures/$decisionId" params={{ decisionId }} variant="filled">
              Back to this decision
            </ButtonLink>
          )
        )}
        <ButtonLink to="/sign-in">Sign in</ButtonLink>
      </div>
    </div>
  )
}
