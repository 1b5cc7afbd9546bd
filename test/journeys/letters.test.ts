/** A dispute body writes, gets the file and is followed; and a mail that waits is answered: both in a browser, as people of the desks do it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectFine } from './browser.ts'
import { openJourney } from './journey.ts'

const { program, errors, person, as } = await openJourney()
const board = 'Dispute Board of Lisbon'

async function at(role: string): Promise<Page> {
  const { page } = await person()
  await page.goto(program.signIn(role))
  return page
}

test(
  'a letter of a dispute body finds its decision, has its own date, gets the file, and is carried out',
  { timeout: 240_000 },
  async () => {
    const ines = await as('seller')
    const { measures, cases } = await ines.seller.getHome()
    // What the demo has contested already is taken back, so that the letter finds the decision alone.
    const open = cases.find(({ kind, state }) => kind === 'appeal' && state === 'open')
    const { objections = [] } = open ? await ines.seller.getCase({ caseId: open.id }) : {}
    if (open) await ines.seller.withdrawCase({ caseId: open.id })
    const decisionId =
      objections[0]?.decisionId ??
      measures.find(({ allowed }) => allowed.includes('appeal'))?.decisionId ??
      ''
    const { number } = (await ines.seller.getStatement({ decisionId })).statement

    const clara = await at('legal')
    await clara.getByRole('link', { name: 'Letters', exact: true }).click()
    await clara.getByRole('heading', { level: 1, name: /No sender of a letter waits/ }).waitFor()
    await expectFine(clara, 'letters-1-none')
    await clara.getByRole('link', { name: 'Put a letter on record' }).click()
    await clara.getByLabel('An out-of-court dispute settlement body').check()
    await clara.getByRole('button', { name: 'Put it on record' }).click()
    await clara.getByText('Say who wrote it.').waitFor()
    await clara.getByLabel('Name of the sender').fill(board)
    await clara.getByLabel('Where an answer goes').fill('cases@board.example')
    await clara.getByLabel('Their reference').fill('DBL 2026/117')
    await clara.getByLabel('What they want by a day of their own').selectOption('file')
    const inFiveDays = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
    await clara.getByLabel('By', { exact: true }).fill(inFiveDays)
    await clara
      .getByLabel('The letter, word for word')
      .fill(`A complaint about your decision ${number} was brought to us. Send your file.`)
    await clara.getByRole('button', { name: /It is about them/ }).click()
    await clara.getByLabel(new RegExp(`Decision ${number}`)).check()
    await expectFine(clara, 'letters-2-written')
    await clara.getByRole('button', { name: 'Put it on record' }).click()
    await clara.waitForURL(/\/desk\/cases\//)
    await clara.getByText('The body wants our file by').first().waitFor()
    const caseId = new URL(clara.url()).pathname.split('/').at(-1) ?? ''
    expect(JSON.stringify(await ines.seller.getCase({ caseId }))).toContain('Send your file.')

    // The file goes out only as it was taken for them, and that meets their date.
    await clara.getByText(`Answer ${board}`).click()
    await clara.getByLabel('Your answer').fill('You find our file enclosed.')
    await clara.getByRole('button', { name: 'Send it' }).click()
    await clara.getByText('Download the file of the case for this sender first').waitFor()
    const waiting = clara.waitForEvent('download')
    await clara.getByRole('link', { name: `Download the file for ${board}` }).click()
    const file = await waiting
    expect(file.suggestedFilename()).toMatch(/^A-\d+-[0-9a-f]{8}\.zip$/)
    expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK')
    await clara.getByRole('button', { name: 'Send it' }).click()
    await clara.getByText(/sent what they wanted/).waitFor()

    // What it decides is put on record by who holds the case, and done at once.
    await clara.getByRole('button', { name: /^Hold it/ }).click()
    await clara.getByText(`Put on record what ${board} decided`).click()
    await clara.getByLabel('The measure is to be lifted').check()
    await clara.getByLabel('On', { exact: true }).fill(new Date().toISOString().slice(0, 10))
    await clara.getByLabel('In its words').fill('It is a cosmetic, and the measure is to end.')
    await expectFine(clara, 'letters-3-decided')
    await clara.getByRole('button', { name: 'Record it and carry it out' }).click()
    await clara.getByText('We do as it says.').first().waitFor()
    const told = await ines.seller.getCase({ caseId })
    expect(told.objections).toMatchObject([{ outcome: 'measure_lifted' }])
    expect(JSON.stringify(told)).toContain('It is a cosmetic')
    await clara.goto(`${program.recourse}/desk/letters`)
    await clara.getByText('What came last').waitFor()
    await expectFine(clara, 'letters-4-list')
    expect(errors).toEqual([])
  },
)

test(
  'a mail whose sender nobody knows waits for a person, who answers it',
  { timeout: 120_000 },
  async () => {
    const key = (await readFile(join(program.data, 'bazaar-key'), 'utf8')).trim()
    const sam = await at('support')
    await sam.goto(`${program.recourse}/desk/mail`)
    await sam.getByRole('heading', { level: 1 }).waitFor()
    const to = 'support@the-bazaar.example'
    const from = 'stranger@elsewhere.example'
    const query = new URLSearchParams({ to, from, ip: '127.0.0.1', helo: 'mx.elsewhere.example' })
    const sent = await fetch(`${program.recourse}/v1/mail?${query.toString()}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'message/rfc822' },
      body: `From: ${from}\r\nTo: ${to}\r\nSubject: My parcel\r\nMessage-ID: <1@elsewhere.example>\r\n\r\nWhere is it? <script>alert(1)</script>\r\n`,
    })
    expect(sent.status).toBe(202)
    await sam.getByText('My parcel').first().waitFor()
    await sam.getByText('Where is it?', { exact: false }).waitFor()
    await expectFine(sam, 'mail-1-waits')
    await sam.getByLabel('Why').fill('Parcels are asked about at the shop, which you find below.')
    await sam.getByRole('button', { name: 'Answer and settle' }).click()
    await sam.getByText('Settled last').waitFor()
    await sam.getByText(/answered that there is nothing to do/).waitFor()
    expect(errors).toEqual([])
  },
)
