/** A key of the desk beside its control: shown while keys are on, gone when they are switched off. */
import type { ReactNode } from 'react'
import { KeyHint } from '../parts/key-hint.tsx'
import { useKeysAreOn } from './key-setting.ts'

/** Draws the keys, and the words that only make sense beside them. */
export function DeskKey({ keys, children }: { keys: readonly string[]; children?: ReactNode }) {
  if (!useKeysAreOn()) return null
  return (
    <>
      <KeyHint keys={keys} /> {children}
    </>
  )
}
