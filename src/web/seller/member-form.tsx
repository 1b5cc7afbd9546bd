/** The form of a member: what they are, in which matters, what they may do there, and until which day. */
import { Button, Checkbox, Radio, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { ChangeNote } from '../security/changing.tsx'
import { missingFromMember, partOf, type MemberDraft, type MemberField } from './member-draft.ts'
import type { NamedMatter } from './member-words.ts'
import classes from './members.module.css'

interface MemberFormProps {
  initial: MemberDraft
  matters: readonly NamedMatter[]
  /** Today where the seller is, and the last day that there may be. */
  days: { first: string; last: string }
  /** Whether the address is asked, which only who is let in anew is. */
  asksAddress: boolean
  send: string
  isSending: boolean
  error: Error | null
  onSend: (draft: MemberDraft) => void
  onCancel?: () => void
}

/** Says what is missing at the field, once one has tried to send it. */
export function MemberForm(props: MemberFormProps) {
  const { initial, matters, days, asksAddress, send, isSending, error, onSend, onCancel } = props
  const [draft, setDraft] = useState(initial)
  const [wasTried, setTried] = useState(false)
  const change = (part: Partial<MemberDraft>) => setDraft({ ...draft, ...part })
  const missing = missingFromMember(draft, { asksAddress, days })
  const wrong = (field: MemberField) => (wasTried ? missing[field] : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(missing).length === 0) onSend(draft)
  }
  return (
    <form onSubmit={submit} noValidate className={classes['form']}>
      <TextInput
        label="Name"
        description="It stands beside everything that they write, for us as well."
        value={draft.name}
        maxLength={100}
        autoComplete="off"
        error={wrong('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {asksAddress && (
        <TextInput
          label="E-mail address"
          description="A mail goes there, and they sign in with it."
          type="email"
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          value={draft.email}
          maxLength={254}
          error={wrong('email')}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
      )}
      <Radio.Group
        label="What they are"
        value={draft.role}
        onChange={(role) => change({ role: role === 'staff' ? 'staff' : 'representative' })}
      >
        <div className={classes['options']}>
          <Radio
            value="representative"
            label="Representative"
            description="A lawyer, an accountant, an association: in some matters, until a day."
          />
          <Radio
            value="staff"
            label="Staff"
            description="Works in your shop: does everything but decide who else acts, and take the whole file."
          />
        </div>
      </Radio.Group>
      {draft.role === 'representative' && (
        <>
          <Radio.Group
            label="In which matters"
            value={draft.isNamed ? 'named' : 'all'}
            onChange={(where) => change({ isNamed: where === 'named' })}
          >
            <div className={classes['options']}>
              <Radio
                value="named"
                disabled={matters.length === 0}
                label="Only in those that I choose"
                description={
                  matters.length === 0
                    ? 'There is no measure and no case on your account yet.'
                    : 'Of everything else they see nothing, not even that it is there.'
                }
              />
              <Radio value="all" label="In every one, also in those to come" />
            </div>
          </Radio.Group>
          {draft.isNamed && (
            <Checkbox.Group
              label="Matters"
              description="A measure opens the case that contests it, and a case the measures in it."
              error={wrong('matters')}
              value={draft.matters}
              onChange={(chosen) => change({ matters: chosen })}
            >
              <div className={classes['matters']}>
                {matters.map(({ id, title }) => (
                  <Checkbox key={id} value={id} label={title} color="var(--pen)" />
                ))}
              </div>
            </Checkbox.Group>
          )}
          <Radio.Group
            label="What they may do there"
            value={draft.mayWrite ? 'write' : 'read'}
            onChange={(may) => change({ mayWrite: may === 'write' })}
          >
            <div className={classes['options']}>
              <Radio value="write" label="Read and write for you: appeal, answer, send files" />
              <Radio value="read" label="Read" />
            </div>
          </Radio.Group>
          <TextInput
            type="date"
            label="Last day"
            description="The day after they are nobody here, by themselves. At most a year ahead."
            min={days.first}
            max={days.last}
            value={draft.lastDay}
            error={wrong('lastDay')}
            onChange={(event) => change({ lastDay: event.currentTarget.value })}
          />
        </>
      )}
      <ChangeNote error={error} />
      <div className="buttons">
        <Button type="submit" variant="filled" loading={isSending}>
          {send}
        </Button>
        {onCancel && <Button onClick={onCancel}>Leave it as it is</Button>}
      </div>
    </form>
  )
}

/** What is sent of a draft. */
export function sentOf(draft: MemberDraft, matters: readonly NamedMatter[]) {
  return { name: draft.name.trim(), part: partOf(draft, matters) }
}
