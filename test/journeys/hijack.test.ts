/** A hijack, played in the shop as a thief would, over HTTP: Recourse secures the account, and the shop shows it. */
import { afterAll, expect, test } from 'vitest'
import { oneClick } from '../../src/cli/demo.ts'
import { createClient } from '../../src/contract/client.ts'
import { openBrowser } from '../bazaar.ts'
import { ownPolicies, place, startProgram } from './program.ts'

const { data, ports, remove } = await place()
const program = await startProgram({ data, ports, env: { RECOURSE_POLICIES: ownPolicies } })
afterAll(async () => {
  await program.stop()
  await remove()
})

const sellerId = 'clay-and-clover'
const owner = 'ines@clayandclover.example'

async function deskSeller() {
  const cookie = await oneClick(new URL(program.signIn('identity')))
  const { recourse: url } = program
  const noor = createClient({ url, headers: () => ({ cookie, origin: url }) })
  return () => noor.desk.getSeller({ sellerId })
}

test(
  'a thief with the password is out within seconds, money goes only where it went before, and the owner hears of it',
  { timeout: 120_000 },
  async () => {
    const look = await deskSeller()
    expect((await look()).account.owed.signIn).toBe(true)

    // The owner is at work, by a browser of their own, and is nobody's thief.
    const ines = openBrowser(program.bazaar)
    expect((await ines.signIn()).path).toBe('/seller')

    // The thief has the password, and comes from elsewhere by a browser that was never here.
    const thief = openBrowser(program.bazaar)
    await thief.open('/seller/sign-in')
    const login = { address: owner, password: 'bazaar', country: 'BR', device: 'new' }
    expect((await thief.post('/seller/sign-in', login)).path).toBe('/seller')
    const account = await thief.open('/seller/account')
    expect(account.page).toContain('Brazil')
    await thief.post('/seller/account/contacts', { address: 'ines@thief.example' })
    await thief.post('/seller/account/contacts', { remove: `contact-${sellerId}` })
    await thief.post('/seller/money/destinations', {
      bank: 'Thief Bank',
      iban: 'GB33BUKB20201555555555',
    })
    const doneAt = Date.now()
    const listings = Array.from({ length: 40 }, (_, number) => ({
      title: `Gold bar ${number + 1}, pay by gift card`,
      category: 'Garden',
      price: '9.99',
    }))
    for (const listing of listings) await thief.post('/seller/listings/new', listing)

    const shut = { signIn: false, sell: false, addListings: false }
    await expect
      .poll(async () => (await look()).account, { timeout: 20_000, interval: 100 })
      .toEqual({ owed: shut, readBack: 'agrees' })
    const seconds = (Date.now() - doneAt) / 1000
    await expect
      .poll(async () => (await look()).payouts, { timeout: 20_000, interval: 100 })
      .toEqual({ owed: { held: null, onlyTo: ['bank-douro'] }, readBack: 'agrees' })
    expect(seconds).toBeLessThan(20)
    console.log(`secured, and seen in the shop, ${seconds.toFixed(1)} s after the last change`)

    // In the shop: nobody signs in, and both who were signed in are out, the owner too until it is known who is who.
    for (const somebody of [thief, ines]) {
      const { status, page } = await somebody.open('/seller')
      expect([status, page.includes('Signing in is shut')]).toEqual([403, true])
    }
    const again = openBrowser(program.bazaar)
    expect((await again.signIn()).status).toBe(403)
    expect((await again.open('/search?q=gold')).page).not.toContain('Gold bar')

    // It is no fault: what is said names the rule and not the owner, and both addresses hear it.
    const [measure] = (await look()).measures
    expect(measure).toMatchObject({ tag: 'Secured', status: 'In force' })
    const mailbox = async () => (await fetch(`${program.recourse}/dev/mail`)).text()
    const told = (address: string) => async () =>
      (await mailbox()).split('<tr').some((row) => row.includes(address) && row.includes('secured'))
    for (const address of [owner, 'ines@thief.example'])
      await expect.poll(told(address), { timeout: 20_000 }).toBe(true)
  },
)
