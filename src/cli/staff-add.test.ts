import { describe, expect, test } from 'vitest'
import { nextSteps } from './staff-add.ts'

const email = 'ada@marketplace.example'
const said = (roles: ('administrator' | 'reviewer')[], env: Record<string, string> = {}) =>
  nextSteps({ email, roles, env }).join('\n')

describe('whoever adds somebody on the command line reads what comes next', () => {
  test('that no mail was sent, where to sign in, and that a passkey takes the place of links', () => {
    const words = said(['reviewer'], { RECOURSE_PUBLIC_URL: 'https://recourse.example/' })
    expect(words).toContain('sent no mail')
    expect(words).toContain(`https://recourse.example/sign-in and ask for a link to ${email}`)
    expect(words).toContain('add a passkey')
    expect(words).not.toContain('People')
  })
  test('for an administrator, that the page of people does the rest', () => {
    expect(said(['administrator'])).toMatch(/the page “People” they invite everybody else/)
  })
  test('no link where the organisation has a sign-in of its own', () => {
    const words = said(['administrator'], { RECOURSE_OIDC_ISSUER: 'https://login.example' })
    expect(words).toContain('your organisation’s sign-in')
    expect(words).not.toContain('link to')
  })
})
