/** Searching the help: it suggests as one types, and never stands in the way of a person. */
import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import type { HelpForReader } from '../../contract/help.ts'
import { findTopics } from '../../core/help-search.ts'
import { TextLink } from '../parts/button-link.tsx'
import { count } from '../parts/time-words.ts'
import classes from './help.module.css'
import { PersonLink } from './person-link.tsx'

/** A field, and below it what fits; the arrow keys go through it. */
export function TopicSearch({ help }: { help: HelpForReader }) {
  const [typed, setTyped] = useState('')
  const found = findTopics(help.topics, typed)
  const list = useRef<HTMLUListElement>(null)
  const listId = useId()
  const navigate = useNavigate()
  const hasTyped = typed.trim() !== ''

  function step(event: KeyboardEvent<HTMLElement>) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by === undefined) return
    const links = [...(list.current?.querySelectorAll('a') ?? [])]
    const at = links.findIndex((link) => link === document.activeElement)
    const next = links[at + by]
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  }

  return (
    <form
      role="search"
      className={classes['search']}
      onKeyDown={step}
      onSubmit={(event) => {
        event.preventDefault()
        const [first] = found
        if (first) void navigate({ to: '/help/$topic', params: { topic: first.topic } })
      }}
    >
      <TextInput
        label="Say it in your own words"
        type="search"
        size="md"
        autoComplete="off"
        maxLength={2_000}
        aria-controls={listId}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <p className="heard-only" role="status">
        {hasTyped &&
          (found.length === 0
            ? 'Nothing fits. A person is one choice away.'
            : `${count(found.length, 'topic')} may fit.`)}
      </p>
      <ul id={listId} ref={list} className={classes['found']}>
        {hasTyped &&
          found.map(({ topic, title, within }) => (
            <li key={topic}>
              <TextLink to="/help/$topic" params={{ topic }}>
                {title}
              </TextLink>
              {within !== null && (
                <span className="small third">
                  {help.topics.find((each) => each.topic === within)?.title}
                </span>
              )}
            </li>
          ))}
        {hasTyped && (
          <li>
            <PersonLink topic={null} to={help.noneOfThese} className="link">
              {found.length === 0
                ? 'Nothing fits: talk to a person'
                : 'None of these: talk to a person'}
            </PersonLink>
          </li>
        )}
      </ul>
    </form>
  )
}
