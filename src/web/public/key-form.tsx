/** Opening what belongs to somebody without an account, by its number and its code. */
import { Button, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import classes from './recovery.module.css'

interface KeyFormProps {
  /** What is opened, in words: "claim". */
  noun: string
  above: string
  /** The letter that its numbers begin with. */
  letter: string
  /** What a code looks like, and where it stands. */
  codeWords: string
  /** Known where the address names it. */
  number: string | null
  error: unknown
  onOpen: (number: string, code: string) => void
  /** For whom neither helps. */
  otherwise: ReactNode
}

/** A wrong code is answered more slowly each time, and locks nothing: so it says. */
export function KeyForm(props: KeyFormProps) {
  const { noun, letter, number: given, error, onOpen } = props
  const [number, setNumber] = useState(given ?? '')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState<'number' | 'code' | null>(null)
  const asked = (given ?? number).trim().toUpperCase()
  return (
    <>
      <PageTitle tab={`Open your ${noun}`} above={props.above}>
        {given === null
          ? `Open your ${noun} with its number and code.`
          : `Your code opens ${noun} ${given}.`}
      </PageTitle>
      <form
        className={`${classes['form']} ${classes['part']}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const isNumber = asked.startsWith(`${letter}-`) && /^-\d{1,9}$/.test(asked.slice(1))
          const absent = !isNumber ? 'number' : code.trim() === '' ? 'code' : null
          setMissing(absent)
          if (absent) document.getElementById(`${noun}-${absent}`)?.focus()
          else onOpen(asked, code.trim())
        }}
      >
        {given === null && (
          <TextInput
            id={`${noun}-number`}
            label="Number"
            description={`It begins with ${letter} and stands in our mail to you.`}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            size="md"
            value={number}
            onChange={(event) => {
              setNumber(event.currentTarget.value)
              setMissing(null)
            }}
            error={missing === 'number' ? `A number looks like ${letter}-7012.` : undefined}
          />
        )}
        <TextInput
          id={`${noun}-code`}
          label="Code"
          description={props.codeWords}
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
          Open my {noun}
        </Button>
      </form>
      <p className="second" style={{ marginTop: 32 }}>
        {props.otherwise}
      </p>
    </>
  )
}
