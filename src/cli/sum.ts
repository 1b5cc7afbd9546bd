/** A sum as people read it: one line a term, what stands where and what it weighs. */
import type { Evidence } from '../core/finding.ts'

/** The terms that weigh something, one line each, and what they come to. */
export function saySum(terms: readonly Evidence[], indent: string): string {
  if (terms.length === 0) return `${indent}nothing speaks for a finding`
  const shown = terms.filter(({ weight }) => weight !== 0)
  const sum = shown.reduce((total, { weight }) => total + weight, 0)
  const lines = shown.map(({ weight, signal, field, text }) => {
    const where = field === null ? '' : `  ${field} “${text?.replace(/\s+/gu, ' ')}”`
    return `${indent}${signed(weight)}  ${signal}${where}`
  })
  return [...lines, `${indent}${signed(sum)}  in all`].join('\n')
}

function signed(weight: number): string {
  const shown = Math.abs(weight).toFixed(2)
  return `${weight < 0 ? '−' : '+'}${shown}`.padStart(6)
}
