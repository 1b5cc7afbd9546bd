import { afterAll, beforeAll, expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'
import { keepDevMail } from '../store/dev-mail.ts'

let s: Served
beforeAll(async () => {
  s = await served({
    demo: true,
    demoKey: 'printed-at-start',
    demoPeople: [{ role: 'seller', email: 'clay@sellers.example', title: 'A seller' }],
  })
  await s.seller('clay')
  await s.inside((tx) =>
    keepDevMail(tx, {
      at: s.app.now(),
      address: 'clay@sellers.example',
      subject: '<b>Off sale</b>',
      text: `Read it: ${s.url}/link/token`,
      html: '<p>Read it</p><script>parent.document.title = "stolen"</script>',
    }),
  )
})
afterAll(async () => s[Symbol.asyncDispose]())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(s.url + path, { redirect: 'manual', headers })

test('one click signs a demo person in, with a real session', async () => {
  const first = await get('/dev/sign-in/seller?key=printed-at-start')
  expect(first.status).toBe(302)
  const second = await fetch(first.headers.get('location')!, { redirect: 'manual' })
  const cookie = second.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  expect(second.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/)
  expect((await s.clientWith({ cookie }).session.getMe()).me).toMatchObject({
    kind: 'seller',
    email: 'clay@sellers.example',
  })
  expect(s.mails).toEqual([])
  expect(
    (await fetch(first.headers.get('location')!, { redirect: 'manual' })).headers.getSetCookie(),
  ).toEqual([])
})

test('another page cannot sign its visitor in: the address needs the key printed at the start', async () => {
  expect((await get('/dev/sign-in/seller')).status).toBe(404)
  expect((await get('/dev/sign-in/seller?key=guessed')).status).toBe(404)
  expect((await get('/dev/sign-in/nobody?key=printed-at-start')).status).toBe(404)
})

test('what was passed on from elsewhere does not reach these doors', async () => {
  expect((await get('/dev/mail', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(404)
  expect((await get('/dev/mail', { forwarded: 'for=203.0.113.9' })).status).toBe(404)
})

test('the mailbox shows mail without running any of it', async () => {
  const list = await (await get('/dev/mail')).text()
  expect(list).toContain('&lt;b&gt;Off sale&lt;/b&gt;')
  const path = /\/dev\/mail\/\d+/.exec(list)![0]
  const page = await get(path)
  const text = await page.text()
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(text).not.toContain('<script>')
  expect(text).toMatch(/<iframe[^>]*sandbox="allow-top-navigation-by-user-activation/)
  expect(text).toContain(`<a href="${s.url}/link/token">`)
})
