/** The help: what it is about in three choices at most, and at each of them a person. For sellers and for who is not signed in. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { HelpForReader } from '../../contract/help.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { TopBar } from '../parts/top-bar.tsx'
import { SellerShell } from '../seller/seller-shell.tsx'
import { useMe } from '../session.ts'
import { EndChoices, TopicChoices } from './choices.tsx'
import classes from './help.module.css'
import { helpQuery } from './help-query.ts'
import { TopicSearch } from './topic-search.tsx'
import { WhatIsKnown } from './what-is-known.tsx'

/** `/help` and `/help/$topic` */
export function HelpPage(): ReactNode {
  const { topic } = useParams({ strict: false })
  const me = useMe()
  const help = useQuery(helpQuery)
  const page = (
    <Pending of={help} what="the help" isPage>
      {(data) => <Step help={data} topic={topic ?? null} />}
    </Pending>
  )
  if (me.data?.me.kind === 'seller' || me.data?.me.kind === 'link')
    return <SellerShell>{page}</SellerShell>
  return (
    <>
      <TopBar
        title={me.data?.marketplace ?? ''}
        subtitle="help"
        person={null}
        aside={<ButtonLink to="/sign-in">Sign in</ButtonLink>}
      />
      <main id="page" className={classes['page']} tabIndex={-1}>
        {!me.isPending && page}
      </main>
    </>
  )
}

function Step({ help, topic: name }: { help: HelpForReader; topic: string | null }) {
  const me = useMe().data?.me
  const isIn = me?.kind === 'seller' || me?.kind === 'link'
  const topic = help.topics.find((each) => each.topic === name)
  const below = help.topics.filter(({ within }) => within === (topic?.topic ?? null))
  if (topic === undefined)
    return (
      <div className="narrow-text">
        <PageTitle above="Help" tab="Help">
          {help.title}
        </PageTitle>
        <p className={`second ${classes['lead']}`}>
          {name === null
            ? 'Three choices at most, and a person has it. Asking never counts against you.'
            : 'This topic is not here any more. Choose anew, or talk to a person.'}
        </p>
        {!isIn && <NotSignedIn />}
        <TopicSearch help={help} />
        <TopicChoices topics={below} above={null} noneOfThese={help.noneOfThese} />
      </div>
    )
  return (
    <div className="narrow-text">
      <PageTitle above={<Above help={help} within={topic.within} />} tab={topic.title}>
        {topic.title}
      </PageTitle>
      <p className={`second ${classes['lead']}`}>{topic.text}</p>
      {isIn ? <WhatIsKnown topic={topic} /> : <NotSignedIn />}
      {below.length > 0 ? (
        <TopicChoices topics={below} above={topic.topic} noneOfThese={topic.noneOfThese} />
      ) : (
        <EndChoices topic={topic} />
      )}
    </div>
  )
}

function Above({ help, within }: { help: HelpForReader; within: string | null }) {
  const parent = help.topics.find(({ topic }) => topic === within)
  return (
    <Trail>
      {[
        <TextLink key="help" to="/help">
          Help
        </TextLink>,
        ...(parent
          ? [
              <TextLink key="parent" to="/help/$topic" params={{ topic: parent.topic }}>
                {parent.title}
              </TextLink>,
            ]
          : []),
      ]}
    </Trail>
  )
}

/** Who is not signed in can do so, or take the door that needs no sign-in, from every step. */
function NotSignedIn() {
  return (
    <p className={`small second ${classes['lead']}`}>
      You are not signed in. The link in any notice of ours opens its matter without.{' '}
      <TextLink to="/recovery">I can’t sign in: talk to a person</TextLink>
    </p>
  )
}
