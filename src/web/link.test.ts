/** Tests of reading which matter a link speaks of. */
import { expect, it } from 'vitest'
import { matterOf } from './link.ts'

/** The payload as the server writes it: JSON in base64url, then a signature that is not read here. */
function token(content: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(content))
  const payload = btoa(String.fromCharCode(...bytes))
  return `${payload.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.signature`
}

it('a token speaks of its matter, whatever letters the seller has', () => {
  expect(matterOf(token({ s: 'Søren?>~', d: 'dec_1', c: null, e: 1 }))).toEqual({
    decisionId: 'dec_1',
    caseId: null,
  })
})

it('what is no token of ours speaks of nothing', () => {
  for (const wrong of ['', 'bWFkZSB1cA.x', token(null), token([1]), token({ d: 7 })]) {
    expect(matterOf(wrong)).toEqual({ decisionId: null, caseId: null })
  }
})
