/** What may become markup in these pages: the browser asks here before any text does, and everything else is refused. */
import { config } from 'zod'
import { isHarmless } from './markup.ts'

// Compiling schemas to functions is what the pages' policy forbids; without asking, nothing is reported.
config({ jitless: true })

interface Factory {
  createPolicy(name: 'default', rules: { createHTML(markup: string): string | null }): unknown
}

// Where a browser knows no trusted types, the policy that asks for them does nothing either.
if (typeof window !== 'undefined' && 'trustedTypes' in window) {
  const factory = window.trustedTypes as Factory // as https://www.w3.org/TR/trusted-types/ has it
  factory.createPolicy('default', {
    createHTML: (markup) => (isHarmless(markup) ? markup : null),
  })
}
