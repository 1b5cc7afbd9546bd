/** A customer reports from the shop page; the seller answers without learning who; the desk finds that it is so; the customer reads it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { crowd } from '../complaints.ts'
import { expectFine } from './browser.ts'
import { openJourney } from './journey.ts'
import { forward } from './program.ts'

const { program, errors, person, as } = await openJourney()

const hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script> \u202e {{7*7}}'
const address = 'zilverkanarie@customers.example'
const onPhone = { viewport: { width: 390, height: 844 } }

/** What the built-in mailbox holds for an address, newest first. */
async function mailTo(page: Page, to: string): Promise<string> {
  await page.goto(`${program.recourse}/dev/mail`)
  const rows = await page.locator('li, tr').allInnerTexts()
  return rows.filter((row) => row.includes(to)).join('\n')
}

async function untilMailSays(page: Page, to: string, words: RegExp): Promise<void> {
  await expect.poll(() => mailTo(page, to), { timeout: 30_000, interval: 500 }).toMatch(words)
}

test(
  'from “Report this item” to the answer, and nobody learns of the other',
  { timeout: 300_000 },
  async () => {
    // The shop's own page leads to the form, which knows already what is meant.
    const { page: rosa } = await person(onPhone)
    await rosa.goto(`${program.bazaar}/products/canvas-shopping-bag`)
    await rosa.goto(`${program.bazaar}/products/wooden-train-four-wagons`)
    await rosa.getByRole('link', { name: 'Report this item' }).click()
    await rosa.waitForURL(`${program.recourse}/report?where=wooden-train-four-wagons`)
    await rosa.getByText(/You mean “.*” sold by|You mean/).waitFor()
    await expectFine(rosa, 'complaints-1-form')

    // What is missing is said, and nothing is lost by it.
    await rosa.getByRole('button', { name: 'Send it' }).click()
    await rosa.getByText('Choose what comes nearest.').waitFor()
    await rosa.getByRole('radio', { name: /not as described/i }).check()
    await rosa
      .getByLabel('What happened?')
      .fill(`A wheel came off. I am zilverkanarie, ${address}. ${hostile}`)
    await rosa.getByLabel('Where can we answer you?').fill(address)
    await rosa.getByLabel(/Your name/).fill('Zilverkanarie')
    await rosa.getByLabel('Add a file or photo').setInputFiles({
      name: 'zilverkanarie.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    })
    await rosa.getByRole('button', { name: 'Send it' }).click()

    // A number, a code, who has it and by when.
    await rosa.getByText(/this code opens it/i).waitFor()
    await expectFine(rosa, 'complaints-2-receipt')
    const receipt = await rosa.locator('main').innerText()
    const number = /K-\d+/.exec(receipt)?.[0] ?? ''
    const code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(receipt)?.[0] ?? ''
    expect(receipt).toMatch(/Seller Performance looks into it\. You have an answer by/i)
    const { page: mailbox } = await person()
    await untilMailSays(mailbox, address, new RegExp(`Your complaint ${number} is here`))

    // At the desk Milan reads all of it and asks the seller.
    const { page: milan } = await person()
    await milan.goto(program.signIn('reviewer'))
    const { cases } = await (await as('reviewer')).desk.getQueue({})
    const { id: caseId = '' } = cases.find((item) => item.number === number) ?? {}
    await milan.goto(`${program.recourse}/desk/cases/${caseId}`)
    await milan.getByText('Never for the seller to know').waitFor()
    await milan.getByText(`Answers go to ${address}.`).waitFor()
    await milan.getByRole('button', { name: /^Hold it/ }).click()
    await milan.getByRole('heading', { name: 'What is so?' }).waitFor()
    await expectFine(milan, 'complaints-3-desk')
    await milan.getByRole('button', { name: /^Ask/ }).first().click()
    await milan.getByLabel('What you want to know').fill('How are the wheels fixed?')
    await milan.keyboard.press('Control+Enter')
    await expect
      .poll(async () => (await (await as('reviewer')).desk.getCase({ caseId })).state, {
        timeout: 20_000,
      })
      .toBe('asking')

    // The seller reads what is said, answers, and finds nothing that says who.
    const { page: erik } = await person()
    await erik.goto(program.signIn('suspended-seller'))
    await erik.goto(`${program.recourse}/complaints`)
    await erik.getByText('A wheel came off.').first().waitFor()
    await expectFine(erik, 'complaints-4-seller-list')
    await erik.goto(`${program.recourse}/cases/${caseId}`)
    await erik.getByText('How are the wheels fixed?').first().waitFor()
    await expectFine(erik, 'complaints-5-seller-case')
    expect(await erik.content()).not.toMatch(/zilverkanarie/i)
    await erik.getByLabel('Your answer').fill('With a wooden pin, glued. One batch was not glued.')
    await erik.getByRole('button', { name: 'Send answer' }).click()
    await erik.getByText('One batch was not glued.').first().waitFor()

    // By keys alone: take it, choose, write to both sides, send.
    await milan.goto(`${program.recourse}/desk/cases/${caseId}`)
    await milan.getByText('One batch was not glued.').first().waitFor()
    await milan.keyboard.press('Enter')
    await milan.getByRole('heading', { name: 'What is so?' }).waitFor()
    await milan.keyboard.press('1')
    await expect
      .poll(() => milan.getByRole('radio', { name: /^It is so/ }).isChecked(), { timeout: 10_000 })
      .toBe(true)
    await milan
      .getByRole('textbox', { name: 'For the seller' })
      .fill('One batch has wheels that are not glued.')
    await milan
      .getByRole('textbox', { name: 'For whoever complained' })
      .fill('The wheels of one batch were not fixed. Send it back; it costs you nothing.')
    await milan.keyboard.press('Control+Enter')
    await expect
      .poll(async () => (await (await as('reviewer')).desk.getCase({ caseId })).state, {
        timeout: 20_000,
      })
      .toBe('deciding')
    await forward(program, 'PT2M')
    await untilMailSays(mailbox, address, /We looked into it, and it is so/)

    // From the confirmed complaint to what leans on it.
    await milan.goto(`${program.recourse}/desk/cases/${caseId}`)
    await milan.getByRole('link', { name: 'Warn the seller, or more' }).click()
    await milan.getByText('the complaint that you came from').waitFor()

    // The customer reads the outcome by the link of the mail, and can have another desk look.
    await mailbox.goto(`${program.recourse}/dev/mail`)
    await mailbox
      .getByRole('link', { name: /it is so.*answer to your complaint/i })
      .first()
      .click()
    const mail = await mailbox.content()
    const link = new RegExp(`${program.recourse}/report/${number}#[0-9A-Z-]+`).exec(mail)?.[0] ?? ''
    expect(link).toContain(code)
    const { page: later } = await person(onPhone)
    await later.goto(link)
    await later.getByText('Send it back; it costs you nothing.').waitFor()
    expect(later.url()).not.toContain(code)
    await later.getByText('<img src=x onerror=alert(1)>').first().waitFor()
    await expectFine(later, 'complaints-6-outcome')
    await later.getByLabel('What did we miss?').fill('The second one is broken, too.')
    await later.getByRole('button', { name: 'Ask them to look again' }).click()
    await later
      .getByRole('heading', { level: 1, name: /executive office looks into it/i })
      .waitFor()
    expect(errors).toEqual([])
  },
)

/** What the marketplace tells, line by line. */
async function tellLines(lines: readonly string[]): Promise<void> {
  const key = (await readFile(join(program.data, 'bazaar-key'), 'utf8')).trim()
  const answer = await fetch(`${program.recourse}/v1/complaints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  })
  expect(await answer.text()).not.toContain('"error"')
}

const bowl = 'salad-bowl-olive-wood'
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

/** A sock puppet of Meadow Home: an empty account of this week, on a device of two or three of them. */
function puppet(at: number): string {
  return JSON.stringify({
    ...{ id: `puppet-${at}`, at: daysAgo(2 - at / 4), kind: 'not-as-described' },
    ...{ sellerId: 'aloe-and-oak', listingId: bowl, reporterId: `buyer-9${at}` },
    text: `This bowl is not olive wood at all, it is painted pine, and everybody should ${['really', 'surely', 'now'][at % 3]} know about it`,
    reporter: {
      ...{ createdAt: daysAgo(5 - (at % 3) / 2), orders: 0 },
      ...{ devices: [at < 3 ? 'device-meadow' : `device-9${at}`], ipPrefixes: [] },
      ...{ paymentHashes: at > 1 ? ['card-meadow'] : [], addressHashes: [] },
    },
  })
}

test(
  'a rival’s five sock puppets complain; the ring is confirmed by a person, and the listing is back in the shop',
  { timeout: 300_000 },
  async () => {
    const goods = { categories: ['kitchen'], ipPrefixes: [], paymentHashes: [], addressHashes: [] }
    await tellLines([
      ...crowd(8).map((line) => line.replace('"order":{', '"order":{"listingId":"some",')),
      JSON.stringify({ seller: { id: 'aloe-and-oak', ...goods, devices: [] } }),
      JSON.stringify({ seller: { id: 'meadow-home', ...goods, devices: ['device-meadow'] } }),
      JSON.stringify({
        order: {
          ...{ id: 'order-true', sellerId: 'aloe-and-oak', listingId: bowl },
          ...{ reporterId: 'buyer-true', at: daysAgo(20), delivered: true },
        },
      }),
      JSON.stringify({
        ...{ id: 'true', at: daysAgo(3), kind: 'other', sellerId: 'aloe-and-oak', listingId: bowl },
        ...{ reporterId: 'buyer-true', orderId: 'order-true', text: 'One bowl came chipped.' },
        reporter: { createdAt: daysAgo(900), orders: 12 },
      }),
      puppet(0),
    ])

    // The first is believed: Milan confirms it, and takes the bowl off sale on the strength of it.
    const milan = await as('reviewer')
    const caseAbout = async (words: string) => {
      const { cases } = await milan.desk.getQueue({})
      for (const { id } of cases.filter(({ kind }) => kind === 'complaint')) {
        const { complaint } = await milan.desk.getCase({ caseId: id })
        if (complaint?.text.includes(words) === true) return id
      }
      throw new Error(`no complaint says ${words}`)
    }
    const first = await caseAbout('painted pine')
    await milan.desk.takeCase({ caseId: first })
    const found = { finding: 'confirmed', reasons: 'It looks so.', words: 'It looks so.' } as const
    await milan.desk.findComplaint({ caseId: first, ...found })
    await forward(program, 'PT2M')
    await milan.desk.imposeMeasure({
      ...{ subject: { kind: 'listing', id: bowl }, measure: 'listing.deactivate' },
      ...{ policy: 'ppe', reasons: 'It is not what the page says.', endsAt: null },
      complaintCase: first,
    })
    await forward(program, 'PT2M')
    const shop = (await person()).page
    const shows = async (address: string, words: RegExp) => {
      await expect
        .poll(
          async () => {
            await shop.goto(`${program.bazaar}/products/${address}`)
            return shop.locator('main').innerText()
          },
          { timeout: 60_000, interval: 1_000 },
        )
        .toMatch(words)
    }
    await shows(bowl, /can’t buy this just now/)

    // The others follow. The seller goes on selling, is asked once, and answers once.
    await tellLines([1, 2, 3, 4].map(puppet))
    await shows('balloon-whisk-ash-handle', /Put it in my basket/)
    const second = await caseAbout('painted pine, and everybody should surely')
    await milan.desk.takeCase({ caseId: second })
    await milan.desk.askSeller({ caseId: second, question: 'What wood is it?' })
    const { page: maya } = await person()
    await maya.goto(program.signIn('second-seller'))
    await maya.goto(`${program.recourse}/cases/${second}`)
    await maya.getByLabel('Your answer').fill('Olive wood from Tuscany; here is the bill.')
    await maya.getByRole('button', { name: 'Send answer' }).click()
    await maya.getByText('here is the bill.').first().waitFor()

    // Aiko finds a ring, and looks at what ties it: with the keys, from node to node.
    const { page: aiko } = await person()
    await aiko.goto(program.signIn('executive'))
    await aiko.goto(`${program.recourse}/desk/rings`)
    await aiko
      .getByRole('link', { name: /^Ring \d+/ })
      .first()
      .click({ timeout: 60_000 })
    await aiko.getByRole('heading', { level: 1, name: /Five of six complaints/ }).waitFor()
    await aiko.getByText('One measure leans on them alone').waitFor()
    await aiko.getByRole('button', { name: /^D1, device/ }).focus()
    await aiko.keyboard.press('Enter')
    await aiko.getByText(/D1, device, 3 reporters: 3 complaints lit/).waitFor()
    await expectFine(aiko, 'complaints-7-ring')
    await aiko.getByRole('button', { name: 'Preview, then undo' }).click()
    await aiko.getByRole('dialog').getByText('Lifted at once').waitFor()
    await expectFine(aiko, 'complaints-8-ring-preview')
    await aiko.getByLabel('Why it is one hand').fill('One device and one card, and the same words.')
    await aiko.getByRole('button', { name: 'Undo it' }).click()
    await aiko
      .getByRole('heading', { level: 1, name: /found to be the work of one hand/ })
      .waitFor()
    await aiko.getByText('1 measure lifted at once').waitFor()
    await aiko.getByText('Whoever is of it can be warned at their complaint').waitFor()

    // From the ring to the account behind it, on which a person may act by hand.
    await aiko.getByRole('heading', { name: 'Behind it' }).waitFor()
    await expectFine(aiko, 'complaints-8b-behind')
    await aiko.getByRole('link', { name: 'Do something about that account' }).click()
    await aiko.getByText('the ring that you came from').waitFor()

    // What people found stands beside what was said of it before.
    await aiko.goto(`${program.recourse}/desk/rings`)
    await aiko.getByText(/are too few to tell whether it comes true/).waitFor()
    await expectFine(aiko, 'complaints-8c-rings')

    // The bowl is back in the shop, and Maya reads why, and nothing of who it was.
    await shows(bowl, /Put it in my basket/)
    await maya.goto(`${program.recourse}/cases/${second}`)
    await maya.getByText('people who act as one').first().waitFor()
    await maya.goto(`${program.recourse}/complaints`)
    await maya.getByText('painted pine').first().waitFor()
    expect(await maya.locator('main').innerText()).not.toMatch(/meadow|buyer-9|device|It is so/i)
    await untilMailSays(shop, 'maya@aloeandoak.example', /back on sale|lifted/i)
    const { page: judge } = await person()
    await judge.goto(program.signIn('reviewer'))
    await judge.goto(`${program.recourse}/desk/cases/${second}`)
    await judge.getByRole('heading', { name: /How far to believe it/ }).waitFor()
    await expectFine(judge, 'complaints-9-score')

    // One hand sent all five: whoever it is may be warned, with what follows seen first, and nothing else happens.
    await judge.getByText('4 more came from the same confirmed ring').waitFor()
    await judge.getByRole('button', { name: 'Warn them' }).click()
    await judge.getByRole('dialog').getByText('What follows').waitFor()
    await expectFine(judge, 'complaints-10-warning')
    await judge.keyboard.type('Five of you sent the same words from one device.')
    await judge.keyboard.press('Control+Enter')
    await judge.getByText(/Warned by \w+/).waitFor()
    await judge.getByText('None of what they sent since they were told').waitFor()
    // On its way out the dialog has lost its name already.
    await judge.getByRole('dialog').waitFor({ state: 'detached' })
    await expectFine(judge, 'complaints-11-warned')
    expect(errors).toEqual([])
  },
)
