/** A hijack, played in the shop as a thief would: the account is secured, and its owner gets it back while the thief objects. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createClient } from '../../src/contract/client.ts'
import { openBrowser } from '../bazaar.ts'
import { expectFine, photo } from './browser.ts'
import { openJourney } from './journey.ts'
import { forward, ownPolicies } from './program.ts'

const { program, errors, person, as } = await openJourney({
  env: { RECOURSE_POLICIES: ownPolicies },
})

const sellerId = 'clay-and-clover'
const owner = 'ines@clayandclover.example'

const newMailbox = 'ines.now@elsewhere.example'
const thiefs = 'ines@thief.example'
const thief = openBrowser(program.bazaar)

async function deskSeller() {
  const noor = await as('identity')
  return () => noor.desk.getSeller({ sellerId })
}

test(
  'a thief with the password is out within seconds, money goes only where it went before, and the owner hears of it',
  { timeout: 120_000 },
  async () => {
    const look = await deskSeller()
    expect((await look()).account.owed.signIn).toBe(true)

    // The owner is at work, by a browser of their own, and is nobody's thief.
    const { page: ines } = await person()
    await ines.goto(`${program.bazaar}/seller/sign-in`)
    await expectFine(ines, 'hijack-sign-in')
    await ines.getByLabel('E-mail').fill(owner)
    await ines.getByLabel('Password').fill('bazaar')
    await ines.getByRole('button', { name: 'Sign in' }).click()
    await ines.getByRole('link', { name: 'Account', exact: true }).click()
    await ines.getByRole('heading', { name: 'Your account', exact: true }).waitFor()
    await expectFine(ines, 'hijack-account')

    // The thief has the password, and comes from elsewhere by a browser that was never here.
    await thief.open('/seller/sign-in')
    const login = { address: owner, password: 'bazaar', country: 'BR', device: 'new' }
    expect((await thief.post('/seller/sign-in', login)).path).toBe('/seller')
    const account = await thief.open('/seller/account')
    expect(account.page).toContain('Brazil')
    // First what earns money, then what keeps the owner out: either alone is no reason to shut an account.
    await thief.post('/seller/listings/new', {
      title: 'N95 respirators, medical grade, box of 50',
      description:
        'Protects nose and mouth from germs in hospital. Filters 95 percent of particles.',
      category: 'Tools',
      price: '19.99',
    })
    const listings = Array.from({ length: 40 }, (_, number) => ({
      title: `Gold bar ${number + 1}, pay by gift card`,
      category: 'Garden',
      price: '9.99',
    }))
    for (const listing of listings) await thief.post('/seller/listings/new', listing)
    await thief.post('/seller/account/contacts', { address: thiefs })
    await thief.post('/seller/account/contacts', { remove: `contact-${sellerId}` })
    await thief.post('/seller/money/destinations', {
      bank: 'Thief Bank',
      iban: 'GB33BUKB20201555555555',
    })
    const doneAt = Date.now()

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
    const { status, page } = await thief.open('/seller')
    expect([status, page.includes('Signing in is shut')]).toEqual([403, true])
    await ines.goto(`${program.bazaar}/seller`)
    await ines.getByRole('heading', { name: 'Signing in is shut for this account' }).waitFor()
    const again = openBrowser(program.bazaar)
    expect((await again.signIn()).status).toBe(403)
    expect((await again.open('/search?q=gold')).page).not.toContain('Gold bar')

    // It is no fault: what is said names the rule and not the owner, and both addresses hear it.
    const [measure] = (await look()).measures
    expect(measure).toMatchObject({ tag: 'Secured', status: 'In force' })
    const mailbox = async () => (await fetch(`${program.recourse}/dev/mail`)).text()
    const told = (address: string) => async () =>
      (await mailbox()).split('<tr').some((row) => row.includes(address) && row.includes('secured'))
    for (const address of [owner, thiefs])
      await expect.poll(told(address), { timeout: 20_000 }).toBe(true)
  },
)

/** The letters to an address, newest first. */
async function lettersTo(address: string): Promise<string[]> {
  const list = await (await fetch(`${program.recourse}/dev/mail`)).text()
  const rows = list.split('<tr').filter((row) => row.includes(`<td>${address}</td>`))
  const letters: string[] = []
  for (const row of rows) {
    const path = /href="(\/dev\/mail\/[^"]+)"/.exec(row)?.[1]
    if (path !== undefined) letters.push(await (await fetch(`${program.recourse}${path}`)).text())
  }
  return letters
}

/** The newest link of a kind in the letters to an address, as soon as there is one. */
async function linkIn(address: string, kind: 'not-us' | 'binding'): Promise<string> {
  const link = new RegExp(`${program.recourse}/recovery/R-\\d+/${kind}#[\\w.-]+`)
  let found: string | undefined
  await expect
    .poll(
      async () => {
        found = (await lettersTo(address)).map((letter) => link.exec(letter)?.[0]).find(Boolean)
        return found
      },
      { timeout: 30_000, interval: 300 },
    )
    .toBeDefined()
  return found ?? ''
}

/** The thief reads the owner's old mailbox too, and says in both that it was not them. */
async function objectAs(address: string, words: string): Promise<void> {
  const link = new URL(await linkIn(address, 'not-us'))
  const number = /R-\d+/.exec(link.pathname)?.[0] ?? ''
  const client = createClient({
    url: program.recourse,
    headers: () => ({ 'x-recourse-claim-link': link.hash.slice(1) }),
  })
  await client.recovery.disputeClaim({ number, text: words })
}

/** At the counter of the shop: a cent with a word went to the bank account of old, and its holder says the word. */
async function confirmByBank(number: string): Promise<void> {
  const counter = openBrowser(program.bazaar)
  expect((await counter.open('/staff/payout-checks')).path).toBe('/staff/sign-in')
  await counter.post('/staff/sign-in', { password: 'counter' })
  const { page } = await counter.open('/staff/payout-checks')
  const ofClaim = page.slice(page.indexOf(`claim ${number}`))
  const word = /<strong>([A-Z]{8})<\/strong>/.exec(ofClaim)?.[1] ?? ''
  const destination = /name="destination" value="([^"]+)"/.exec(ofClaim)?.[1] ?? ''
  const said = (words: string) =>
    counter.post('/staff/payout-checks', { number, destination, word: words })
  expect((await said('WRONGONE')).page).toContain('That is not the word')
  expect((await said(word.toLowerCase())).page).toContain('has its proof')
}

const title = (page: Page, name: RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor({ timeout: 30_000 })

async function sayYes(page: Page, reasons: string): Promise<void> {
  await page.getByRole('radio', { name: 'Yes, it is theirs' }).check({ force: true })
  await page.getByRole('radio', { name: /^I looked at them/ }).check({ force: true })
  await page.getByRole('textbox', { name: 'Your reasons' }).fill(reasons)
}

test(
  'the owner without account and mailbox regains the shop, and the thief objects at every step',
  { timeout: 240_000 },
  async () => {
    const phoneSized = { viewport: { width: 390, height: 844 } }
    const { page: ines } = await person(phoneSized)
    await ines.goto(`${program.recourse}/recovery`)
    await ines.getByLabel('Which account is it?').fill('Clay & Clover')
    await ines
      .getByLabel('What happened?')
      .fill('Somebody has my password and my mailbox. I am locked out of both.')
    await ines.getByLabel('Where can we answer you?').fill(newMailbox)
    await ines.getByRole('button', { name: 'Send it' }).click()
    await ines.getByRole('link', { name: /open my claim/i }).click()
    await ines.getByText('First proof: your turn').waitFor()
    const number = /R-\d+/.exec(ines.url())?.[0] ?? ''
    const code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(await ines.locator('main').innerText())?.[0]
    await expectFine(ines, 'hijack-1-claim')

    // The thief, who reads both mailboxes, says at once that it is nobody's claim: by a page, and by a press.
    const notUs = await linkIn(owner, 'not-us')
    const { page: thiefs_ } = await person(phoneSized)
    await thiefs_.goto(notUs)
    await title(thiefs_, /say so here/i)
    await thiefs_.getByRole('textbox').fill('We are fine. Ignore this person.')
    await thiefs_.getByRole('button', { name: 'It was not us' }).click()
    await thiefs_.getByText(/It is question/).waitFor()
    await objectAs(thiefs, 'This is a fraud.')

    // A wrong code proves nothing and costs nothing; the bank account of old does.
    await ines.getByRole('button', { name: 'A code you wrote down' }).click()
    await ines.getByLabel('Your saved code').fill('ABCD-EFGH-JKMN-PQRS')
    await ines.getByRole('button', { name: 'Give this code' }).click()
    await ines.getByText(/This did not prove it/).waitFor()
    await ines.getByRole('button', { name: 'The bank account you were paid to' }).click()
    await ines.getByRole('button', { name: 'Have the shop ask' }).click()
    await ines.getByText(/its holder hears from the shop/).waitFor()
    await expectFine(ines, 'hijack-2-asked')
    await confirmByBank(number)
    await title(ines, /first proof counts, and nobody can get in now/)
    await objectAs(owner, 'Again: it was not us.')
    await objectAs(thiefs, 'Stop this.')

    // Papers go to the specialists.
    await ines.getByRole('button', { name: 'Photo of your papers' }).click()
    await ines
      .locator('input[type=file]')
      .setInputFiles({ name: 'licence.png', mimeType: 'image/png', buffer: photo })
    await ines.getByText(/We have it\./).waitFor()
    await expectFine(ines, 'hijack-3-papers')

    // Noor sees both stories and the line of time, and looks at papers and person.
    const { page: noor } = await person()
    await noor.goto(program.signIn('identity'))
    const { cases } = await (await as('identity')).desk.getQueue({})
    const caseId = cases.find((one) => one.number === number)?.id ?? ''
    await noor.goto(`${program.recourse}/desk/cases/${caseId}`)
    await noor.getByRole('heading', { name: /speaks? for the owner/ }).waitFor()
    await noor.locator('blockquote', { hasText: 'Ignore this person' }).waitFor()
    await expectFine(noor, 'hijack-4-desk')
    await noor
      .getByRole('textbox', { name: 'What you looked at, and how' })
      .fill('Trade licence and face, in a video call of ten minutes.')
    await noor.getByRole('button', { name: 'Record it as a proof' }).click()
    await title(ines, /Two people decide/)
    await ines.getByText(/Somebody whom the account is known by said/).waitFor()
    await expectFine(ines, 'hijack-5-contested')
    await objectAs(owner, 'It is still not us.')

    // Each says it alone.
    await noor.getByText('Two kinds are proved').first().waitFor({ timeout: 30_000 })
    await sayYes(noor, 'The licence names her, and the bank of old knows her.')
    await expectFine(noor, 'hijack-6-opinion')
    await noor.getByRole('button', { name: 'Say it' }).click()
    await noor.getByText('You said what you think.').waitFor()
    const { page: tariq } = await person()
    await tariq.goto(program.signIn('second-identity'))
    await tariq.goto(`${program.recourse}/desk/cases/${caseId}`)
    await tariq.getByText('What do you think?').waitFor()
    expect(await tariq.locator('body').innerText()).not.toContain('the bank of old knows her')
    await sayYes(tariq, 'I spoke with her as well. She knows her last ten orders.')
    await tariq.getByRole('button', { name: 'Say it' }).click()
    await title(ines, /Two people said yes/)
    await expectFine(ines, 'hijack-7-agreed')
    await objectAs(owner, 'No, no, no.')
    await objectAs(thiefs, 'I will not stop.')

    // Three days later it is hers: the link in the mail to her opens it once, by a press.
    await forward(program, 'PT73H')
    const { page: mail } = await person(phoneSized)
    await mail.goto(await linkIn(newMailbox, 'binding'))
    await title(mail, /Make this address the one that signs in/)
    await expectFine(mail, 'hijack-8-binding')
    await mail.getByLabel('The code of your claim').fill(code ?? '')
    await mail.getByRole('button', { name: 'Make it mine' }).click()
    await title(mail, /Whoever else was in it is out/)
    await objectAs(thiefs, 'It is mine.')

    // Everything that the thief changed, returned by one press.
    await mail
      .getByRole('button', { name: /^Return all \d+ in one step$/ })
      .waitFor({ timeout: 30_000 })
    await expectFine(mail, 'hijack-9-changes')
    await mail.getByRole('button', { name: /^Return all/ }).click()
    await mail.getByText(/44 returned/).waitFor({ timeout: 30_000 })
    await expectFine(mail, 'hijack-10-returned')

    // In the shop the thief is nobody: neither by the session nor by the password.
    expect((await thief.open('/seller/account')).path).toBe('/seller/sign-in')
    expect((await openBrowser(program.bazaar).signIn(owner)).path).toBe('/seller/sign-in')
    const shopLetters = await (await fetch(`${program.bazaar}/mailbox`)).text()
    const wayIn = /\/seller\/way-in\/[\w%.-]+/.exec(shopLetters)?.[0] ?? ''
    const shop = openBrowser(program.bazaar)
    await shop.open(wayIn)
    await shop.post(wayIn, { password: 'a new and long one' })
    expect((await shop.signIn(newMailbox, 'a new and long one')).path).toBe('/seller')
    const { page: money } = await shop.open('/seller/money')
    expect(money).toContain('Banco Douro')
    expect(money).not.toContain('Thief Bank')
    expect((await shop.open('/search?q=gold')).page).not.toContain('Gold bar')
    expect((await shop.open('/search?q=rose')).page).toContain('Rose soap bar')

    // What was decided meanwhile makes no points from here on, is judged anew, and nothing of it stays with her.
    const look = await deskSeller()
    const pointsOfThief = async () =>
      (await look()).health?.decisions
        .filter(({ title: about }) => about.includes('N95'))
        .map(({ state, points }) => ({ state, points }))
    expect(await pointsOfThief()).toEqual([{ state: 'takeover', points: 0 }])
    const milan = await as('reviewer')
    const { claim } = await (await as('identity')).desk.getCase({ caseId })
    const repair = claim?.proving?.repair?.caseId ?? ''
    await milan.desk.takeCase({ caseId: repair })
    const { contested } = await milan.desk.getCase({ caseId: repair })
    const { page: judge } = await person()
    await judge.goto(program.signIn('reviewer'))
    await judge.goto(`${program.recourse}/desk/cases/${repair}`)
    await judge
      .getByText(/N95 respirators/)
      .first()
      .waitFor()
    await judge
      .getByText(/Is it about what the stranger did/)
      .first()
      .waitFor()
    await expectFine(judge, 'hijack-11-repair')
    await milan.desk.decideCase({
      caseId: repair,
      answers: contested.map(({ objection }) => ({
        objectionId: objection.id,
        power: 'grant',
        reasons: 'A stranger listed it.',
      })),
    })
    await forward(program, 'PT2M')
    const ofThief = async () =>
      (await look()).seller.past
        .filter(({ subjectTitle }) => subjectTitle.startsWith('N95'))
        .map(({ status }) => status)
    await expect.poll(ofThief, { timeout: 30_000 }).toEqual(['Taken back'])
    expect(await pointsOfThief()).toEqual([])

    // The whole story is on one page.
    await noor.reload()
    await noor.getByRole('heading', { name: 'After the hand-over' }).waitFor()
    const story = await noor.locator('body').innerText()
    for (const words of [
      'Ignore this person',
      'locked out of both',
      'Trade licence and face',
      'the bank of old knows her',
      'She knows her last ten orders',
      'returned',
      'judged anew in repair',
    ])
      expect(story).toContain(words)
    await expectFine(noor, 'hijack-12-story')
    expect(errors).toEqual([])
  },
)
