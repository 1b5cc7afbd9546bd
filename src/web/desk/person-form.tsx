/** The form of a person: what they are here, and at which of the desks that this offers. */
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { People } from '../../contract/person.ts'
import type { Role } from '../../core/role.ts'
import { ChangeNote } from '../security/changing.tsx'
import pageStyles from './page.module.css'
import styles from './people.module.css'
import { roleSays, roleTitle } from './person-words.ts'

export interface PersonDraft {
  name: string
  email: string
  roles: Role[]
  desks: string[]
}

interface PersonFormProps {
  initial: PersonDraft
  offered: People['roles']
  /** Whether the address is asked, which only who is invited is. */
  asksAddress: boolean
  /** Desks of an older procedure that this person staffs. */
  kept?: People['people'][number]['desks']
  send: string
  isSending: boolean
  error: Error | null
  onSend: (draft: PersonDraft) => void
  onCancel?: () => void
}

/** Says what is missing at the field, once one has tried to send it. */
export function PersonForm(props: PersonFormProps) {
  const {
    initial,
    offered,
    asksAddress,
    kept = [],
    send,
    isSending,
    error,
    onSend,
    onCancel,
  } = props
  const [draft, setDraft] = useState(initial)
  const [wasTried, setTried] = useState(false)
  const change = (part: Partial<PersonDraft>) => setDraft({ ...draft, ...part })
  const desks = desksOf(offered, draft.roles, kept)
  const chosen = draft.desks.filter((name) => desks.some((desk) => desk.name === name))
  const missing = {
    name: draft.name.trim() === '' ? 'Say what they are called.' : null,
    email:
      asksAddress && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(draft.email.trim())
        ? 'An address such as eva@example.com'
        : null,
    roles: draft.roles.length === 0 ? 'Choose at least one.' : null,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.values(missing).every((words) => words === null))
      onSend({ ...draft, name: draft.name.trim(), email: draft.email.trim(), desks: chosen })
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label="Name"
        description="As colleagues read it; sellers read it under what they decide."
        value={draft.name}
        maxLength={100}
        autoComplete="off"
        error={wasTried && missing.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {asksAddress && (
        <TextInput
          mt={12}
          label="E-mail address"
          description="The invitation goes there, and they sign in with it."
          type="email"
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          value={draft.email}
          maxLength={254}
          error={wasTried && missing.email}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
      )}
      <Checkbox.Group
        mt={12}
        label="What they are"
        error={wasTried && missing.roles}
        value={draft.roles}
        onChange={(roles) =>
          change({
            roles: offered.map(({ role }) => role).filter((role) => roles.includes(role)),
          })
        }
      >
        <div className={pageStyles.options}>
          {offered.map(({ role }) => (
            <Checkbox
              key={role}
              value={role}
              label={roleTitle(role)}
              description={roleSays[role]}
              color="var(--pen)"
            />
          ))}
        </div>
      </Checkbox.Group>
      {desks.length > 0 && (
        <Checkbox.Group
          label="Desks"
          description="Only those at which something is theirs to work on."
          value={chosen}
          onChange={(names) => change({ desks: names })}
        >
          <div className={`${pageStyles.options} ${styles.desks}`}>
            {desks.map(({ name, title }) => (
              <Checkbox key={name} value={name} label={title} color="var(--pen)" />
            ))}
          </div>
        </Checkbox.Group>
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

/** What these roles are offered, and what is only kept, as one looks for it: by title. */
function desksOf(
  offered: People['roles'],
  roles: readonly Role[],
  kept: NonNullable<PersonFormProps['kept']>,
): { name: string; title: string }[] {
  const found = new Map<string, string>()
  for (const { role, desks } of offered)
    if (roles.includes(role)) for (const { name, title } of desks) found.set(name, title)
  const all = offered.flatMap(({ desks }) => desks.map(({ name }) => name))
  // A desk that no role is offered is none of the procedure in force.
  for (const { name, title } of kept) if (!all.includes(name)) found.set(name, title)
  return [...found]
    .map(([name, title]) => ({ name, title }))
    .toSorted((a, b) => a.title.localeCompare(b.title))
}
