/** A call by a person: a day, a time, a number, and a case that carries it. */
import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { CallSlots } from '../../contract/call.ts'
import { apiOnce, query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { Moment, useClock } from '../parts/time.tsx'
import { momentWords } from '../parts/time-words.ts'
import { useMe } from '../session.ts'
import classes from './call-page.module.css'
import { daysOf } from './call-words.ts'
import { showCase } from './case-change.ts'

const here = getRouteApi('/seller-pages/call')

/** `/call?topic=…` with a new question, `/call?case=…` in a case. */
export function CallPage(): ReactNode {
  const me = useMe().data?.me
  const { case: caseId } = here.useSearch()
  if (me?.kind !== 'seller')
    return (
      <div className="narrow-text">
        <PageTitle above="A call by a person" tab="A call by a person">
          For a call, sign in first.
        </PageTitle>
        <div className="buttons">
          <ButtonLink to="/sign-in" search={{ next: '/call' }} variant="filled">
            Sign in
          </ButtonLink>
          <ButtonLink to="/contact">Write to a person</ButtonLink>
        </div>
      </div>
    )
  // Who may not ask anything new reads there why.
  if (caseId === undefined && !me.allowed.includes('ask')) return <Navigate to="/contact" replace />
  return <Call />
}

function Call() {
  const slots = useQuery(
    query.seller.getCallSlots.queryOptions({ refetchInterval: 60_000, staleTime: 0 }),
  )
  return (
    <div className="narrow-text">
      <PageTitle above="A call by a person" tab="A call by a person">
        Pick a time, and a person calls you.
      </PageTitle>
      <Pending of={slots} what="the times">
        {(data) =>
          data.booked !== null ? (
            <Booked booked={data.booked} />
          ) : data.slots.length === 0 ? (
            <NoTime />
          ) : (
            <CallForm slots={data} onTaken={() => void slots.refetch()} />
          )
        }
      </Pending>
    </div>
  )
}

function Booked({ booked }: { booked: NonNullable<CallSlots['booked']> }) {
  return (
    <>
      <p className="second">
        A person calls you <Moment at={booked.startsAt} />. For another time, cancel that one in its
        case first.
      </p>
      <div className="buttons" style={{ marginTop: 16 }}>
        <ButtonLink to="/cases/$caseId" params={{ caseId: booked.caseId }} variant="filled">
          Open the case
        </ButtonLink>
        <ButtonLink to="/contact">Write to a person</ButtonLink>
      </div>
    </>
  )
}

function NoTime() {
  return (
    <>
      <Empty>Every time of the next days is taken. Write to us instead; a person answers.</Empty>
      <ButtonLink to="/contact" variant="filled">
        Write to a person
      </ButtonLink>
    </>
  )
}

function CallForm({ slots, onTaken }: { slots: CallSlots; onTaken: () => void }) {
  const { topic, case: caseId } = here.useSearch()
  const { now, zone } = useClock()
  const navigate = useNavigate()
  const days = daysOf(slots.slots, now, zone)
  const [dayChosen, setDay] = useState<string | null>(null)
  const day = days.find(({ name }) => name === dayChosen) ?? days[0]
  const [timeChosen, setTime] = useState<string | null>(null)
  const time = day?.times.find(({ startsAt }) => startsAt === timeChosen) ?? null
  const [number, setNumber] = useState('')
  const [text, setText] = useState('')
  const [lacking, setLacking] = useState<'time' | 'number' | null>(null)
  const [key, setKey] = useState(() => crypto.randomUUID())
  const book = useMutation({
    mutationFn: (startsAt: string) =>
      apiOnce(key).seller.bookCall({
        startsAt,
        number,
        text,
        caseId: caseId ?? null,
        topic: topic ?? null,
      }),
    onSuccess: (matter) => {
      showCase(matter)
      void navigate({ to: '/cases/$caseId', params: { caseId: matter.id } })
    },
    onError: (error) => {
      // What was refused may be sent anew in other words.
      if (refusalOf(error) !== null) setKey(crypto.randomUUID())
      if (refusalOf(error) === 'slot_taken') onTaken()
    },
  })

  function press() {
    const missing = time === null ? 'time' : number.trim() === '' ? 'number' : null
    setLacking(missing)
    if (missing === null && time !== null && !book.isPending) book.mutate(time.startsAt)
    else document.getElementById(missing === 'number' ? 'call-number' : 'call-times')?.focus()
  }

  return (
    <form
      className={`sheet ${classes['form']}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        press()
      }}
    >
      <fieldset className={classes['group']}>
        <legend>Which day</legend>
        <div className={classes['options']}>
          {days.map(({ name }) => (
            <label key={name} className={classes['option']}>
              <input
                type="radio"
                name="day"
                checked={day?.name === name}
                onChange={() => {
                  setDay(name)
                  setTime(null)
                }}
              />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className={classes['group']} id="call-times" tabIndex={-1}>
        <legend>What time, for you in {zone.replaceAll('_', ' ')}</legend>
        <div className={classes['options']}>
          {day?.times.map(({ startsAt, words }) => (
            <label key={startsAt} className={classes['option']}>
              <input
                type="radio"
                name="time"
                checked={time?.startsAt === startsAt}
                onChange={() => {
                  setTime(startsAt)
                  setLacking(null)
                }}
              />
              <span className="figures">{words}</span>
            </label>
          ))}
        </div>
        {lacking === 'time' && (
          <p role="alert" className={classes['lacking']}>
            Choose a time.
          </p>
        )}
      </fieldset>
      <TextInput
        id="call-number"
        label="Your number, with its country"
        description={`The call takes up to ${slots.minutes} minutes.`}
        placeholder="+351 912 345 678"
        type="tel"
        autoComplete="tel"
        maxLength={60}
        value={number}
        onChange={(event) => {
          setNumber(event.currentTarget.value)
          setLacking(null)
        }}
        error={lacking === 'number' ? 'Say at which number we reach you.' : undefined}
      />
      {caseId === undefined && (
        <Textarea
          className="written-input"
          label="What it is about, if you like"
          description="So that whoever calls has read it before."
          autosize
          minRows={2}
          maxRows={10}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {book.isError && (
        <ProblemNote
          error={book.error}
          safe="Nothing is booked, and what you wrote is still here."
        />
      )}
      <div className="buttons">
        <Button type="submit" variant="filled" loading={book.isPending}>
          {time === null
            ? 'Book the call'
            : `Call me ${momentWords(new Date(time.startsAt), now, zone)}`}
        </Button>
        <TextLink to="/contact" search={topic === undefined ? {} : { topic }} className="small">
          Write instead
        </TextLink>
      </div>
      <p className="small third">
        A call moves no date of your case, and one that does not reach you closes nothing.
      </p>
    </form>
  )
}
