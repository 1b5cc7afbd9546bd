/** The choices at one step of the help: topics, or where a topic ends; and always none of these. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { HelpForReader, TopicForReader } from '../../contract/help.ts'
import type { End } from '../../core/help.ts'
import { useMe } from '../session.ts'
import classes from './help.module.css'
import { PersonLink } from './person-link.tsx'

/** The topics of a step, each a row that is easy to press. */
export function TopicChoices({
  topics,
  above,
  noneOfThese,
}: {
  topics: readonly TopicForReader[]
  /** The topic that they are chosen in; null on the first page. */
  above: string | null
  noneOfThese: HelpForReader['noneOfThese']
}) {
  return (
    <ul className={`sheet ${classes['choices']}`} aria-label="Choices">
      {topics.map(({ topic, title }) => (
        <li key={topic}>
          <Link to="/help/$topic" params={{ topic }} className={classes['choice']}>
            {title}
            <Onwards />
          </Link>
        </li>
      ))}
      <NoneOfThese topic={above} to={noneOfThese} />
    </ul>
  )
}

const words = {
  person: { title: 'Write to a person', words: 'You get a number, who has it, and a date.' },
  call: { title: 'Have a person call you', words: 'You pick the time.' },
  recovery: {
    title: 'I can’t get in',
    words: 'It needs neither the account nor the mailbox. A person reads it.',
  },
  'own-data': { title: 'See and download what is mine', words: 'Your whole file, at any time.' },
} as const satisfies Record<Exclude<End, 'appeal'>, { title: string; words: string }>

/** Where a topic ends. The appeal stands with its measure, so that it is one choice and not two. */
export function EndChoices({ topic }: { topic: TopicForReader }) {
  const me = useMe().data?.me
  const ends = topic.ends.filter((end) => end !== 'appeal')
  // For who is not signed in the way to people is another, and it is there at every step.
  const shown =
    me?.kind === 'seller' || me?.kind === 'link' || ends.includes('recovery')
      ? ends
      : [...ends, 'recovery' as const]
  return (
    <ul className={`sheet ${classes['choices']}`} aria-label="Choices">
      {shown.map((end) => (
        <li key={end}>
          <EndLink end={end} topic={topic.topic}>
            <span>
              {words[end].title}
              <span className="small second">{words[end].words}</span>
            </span>
            <Onwards />
          </EndLink>
        </li>
      ))}
      <NoneOfThese topic={topic.topic} to={topic.noneOfThese} />
    </ul>
  )
}

function EndLink({
  end,
  topic,
  children,
}: {
  end: keyof typeof words
  topic: string
  children: ReactNode
}) {
  const me = useMe().data?.me
  const className = classes['choice']
  switch (end) {
    case 'person':
    case 'call':
      return (
        <PersonLink topic={topic} to={end} className={className}>
          {children}
        </PersonLink>
      )
    case 'recovery':
      return (
        <Link to="/recovery" className={className}>
          {children}
        </Link>
      )
    case 'own-data':
      if (me?.kind === 'seller' || me?.kind === 'link')
        return (
          <Link to={me.kind === 'link' ? '/belongings' : '/account'} className={className}>
            {children}
          </Link>
        )
      return (
        <Link to="/sign-in" search={{ next: '/account' }} className={className}>
          {children}
        </Link>
      )
  }
}

function NoneOfThese({ topic, to }: { topic: string | null; to: 'person' | 'call' }) {
  return (
    <li>
      <PersonLink topic={topic} to={to} className={classes['choice']}>
        <strong>None of these: talk to a person</strong>
        <Onwards />
      </PersonLink>
    </li>
  )
}

function Onwards() {
  return (
    <span className={classes['onwards']} aria-hidden="true">
      →
    </span>
  )
}
