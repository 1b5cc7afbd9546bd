/** Opening a claim by its number and its code. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { TextLink } from '../parts/button-link.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import classes from './recovery.module.css'

interface ClaimKeyFormProps {
  /** Known where the address names it. */
  number: string | null
  error: unknown
  onOpen: (number: string, code: string) => void
}

/** A wrong code is answered more slowly each time, and locks nothing: so it says. */
export function ClaimKeyForm({ number: given, error, onOpen }: ClaimKeyFormProps) {
  const [number, setNumber] = useState(given ?? '')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState<'number' | 'code' | null>(null)
  const asked = (given ?? number).trim().toUpperCase()
  return (
    <>
      <PageTitle tab="Open your claim" above="Getting back in">
        {given === null
          ? 'Open your claim with its number and code.'
          : `Your code opens claim ${given}.`}
      </PageTitle>
      <form
        className={`${classes['form']} ${classes['part']}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const absent = !/^R-\d{1,9}$/.test(asked) ? 'number' : code.trim() === '' ? 'code' : null
          setMissing(absent)
          if (absent) document.getElementById(`claim-${absent}`)?.focus()
          else onOpen(asked, code.trim())
        }}
      >
        {given === null && (
          <TextInput
            id="claim-number"
            label="Number"
            description="It begins with R and stands in our mail to you."
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            size="md"
            value={number}
            onChange={(event) => {
              setNumber(event.currentTarget.value)
              setMissing(null)
            }}
            error={missing === 'number' ? 'A number looks like R-7012.' : undefined}
          />
        )}
        <TextInput
          id="claim-code"
          label="Code"
          description="Four times four letters and digits, which we showed you once. Capitals and gaps do not matter."
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          size="md"
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value)
            setMissing(null)
          }}
          error={missing === 'code' ? 'Type the code that you wrote down.' : undefined}
        />
        {error !== null && error !== undefined && (
          <ProblemNote
            error={error}
            safe="You can try as often as you like; each try takes a little longer."
          />
        )}
        <Button type="submit" variant="filled" size="md">
          Open my claim
        </Button>
      </form>
      <p className="second" style={{ marginTop: 32 }}>
        The code is lost? <TextLink to="/recovery">Start again with a new claim</TextLink>.
      </p>
    </>
  )
}
