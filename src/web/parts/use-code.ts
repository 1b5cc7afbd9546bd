/** A code that is typed off an app or a paper: its field, and what is said when it is sent empty. */
import { useState, type ChangeEvent } from 'react'

/** `field` goes to the input; `isGiven` is asked when it is sent, and says so at the field where nothing was typed. */
export function useCode() {
  const [code, setCode] = useState('')
  const [isMissing, setMissing] = useState(false)
  return {
    code,
    field: {
      value: code,
      error: isMissing ? 'Type the code first.' : undefined,
      autoComplete: 'one-time-code',
      onChange: (event: ChangeEvent<HTMLInputElement>) => {
        setCode(event.currentTarget.value)
        setMissing(false)
      },
    },
    isGiven(): boolean {
      const isEmpty = code.trim() === ''
      setMissing(isEmpty)
      return !isEmpty
    },
  }
}
