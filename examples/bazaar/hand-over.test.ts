import { jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { handOverSecret, openBazaar } from '../../test/bazaar.ts'

test('a signed-in seller is taken to Recourse by a word of a minute, posted by a page that may do nothing else', async () => {
  await using shop = await openBazaar({ isDemo: true })
  const stranger = await fetch(`${shop.url}/seller/account-health`, { redirect: 'manual' })
  expect([stranger.status, stranger.headers.get('location')]).toEqual([303, '/seller/sign-in'])

  const ines = shop.browser()
  await ines.signIn('ines@clayandclover.example')
  expect((await ines.open('/seller')).page).toContain('Open my account health at Recourse')
  const { page, headers } = await ines.open('/seller/account-health')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain('form-action https://recourse.example;')
  expect(policy).toMatch(/script-src 'sha256-[^']+';/)
  const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? ''
  expect(page).toContain('action="https://recourse.example/sign-in/hand-over"')
  const { payload } = await jwtVerify(token, new TextEncoder().encode(handOverSecret), {
    algorithms: ['HS256'],
    audience: 'https://recourse.example',
    maxTokenAge: 60,
  })
  expect(payload).toMatchObject({ iss: 'the-bazaar', sub: 'clay-and-clover' })
  expect(payload['contact']).toBe('contact-clay-and-clover')
  const again = (await ines.open('/seller/account-health')).page
  expect(again).not.toContain(token)
})
