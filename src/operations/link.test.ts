import { describe, expect, test } from 'vitest'
import { later } from '../core/calendar.ts'
import { linkAddress, linkValidFor, makeLink, readLink } from './link.ts'

const secret = 'a secret of the marketplace'
const now = new Date('2026-11-23T09:00:00Z')
const matter = { sellerId: 'clay & co / Ω', decisionId: 'dec_1', caseId: null }
const token = makeLink({ secret, ...matter, expiresAt: later(now, 1000) })

describe('a link', () => {
  test('opens the matter that it was made for', () => {
    expect(readLink(secret, token, now)).toMatchObject({ ok: true, ...matter, contactId: null })
  })

  test('says that it is no longer valid, from the moment it expires', () => {
    expect(readLink(secret, token, later(now, 999)).ok).toBe(true)
    expect(readLink(secret, token, later(now, 1000))).toMatchObject({ refusal: 'link_expired' })
  })

  test('is refused with any character changed, left out or added', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A'
      expect(readLink(secret, token.slice(0, at) + other + token.slice(at + 1), now).ok).toBe(false)
      expect(readLink(secret, token.slice(0, at) + token.slice(at + 1), now).ok).toBe(false)
    }
    for (const wrong of [
      '',
      '.',
      `${token}.`,
      `${token}=`,
      `.${token}`,
      `${token} `,
      'x'.repeat(10_000),
      '\0',
      '%00.%00',
    ]) {
      expect(readLink(secret, wrong, now)).toMatchObject({ refusal: 'link_invalid' })
    }
  })

  test('of another secret opens nothing here', () => {
    const forged = makeLink({
      secret: 'another secret, just as long',
      ...matter,
      expiresAt: later(now, 1000),
    })
    expect(readLink(secret, forged, now)).toMatchObject({ refusal: 'link_invalid' })
  })

  test('is an address that holds for 400 days', () => {
    const address = linkAddress(matter, { publicUrl: 'https://shop.example/', secret, now })
    expect(address).toMatch(/^https:\/\/shop\.example\/link\/[\w-]+\.[\w-]+$/)
    const sent = address.split('/').at(-1) ?? ''
    expect(readLink(secret, sent, later(now, linkValidFor - 1)).ok).toBe(true)
    expect(readLink(secret, sent, later(now, linkValidFor)).ok).toBe(false)
  })

  test('is not signed with a secret that could be guessed', () => {
    expect(() => makeLink({ secret: 'short', ...matter, expiresAt: now })).toThrow(
      'shorter than 16',
    )
  })
})
