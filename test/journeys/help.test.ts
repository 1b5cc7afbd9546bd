/** From every topic of the help a person is three choices away at most; a call is booked, missed, made, and a question becomes an appeal. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readHelp } from '../../src/core/help-document.ts'
import { mostChoices, topicsOf } from '../../src/core/help.ts'
import { expectFine } from './browser.ts'
import { openJourney } from './journey.ts'
import { forward } from './program.ts'

const shipped = readHelp(
  readFileSync(new URL('../../procedures/help.yaml', import.meta.url), 'utf8'),
)
if (!shipped.ok) throw new Error(JSON.stringify(shipped.errors))
const topics = topicsOf(shipped.help).map(({ topic, above }) => ({
  name: topic.topic,
  titles: [...above, topic.topic].map(
    (name) =>
      topicsOf(shipped.help).find((each) => each.topic.topic === name)?.topic.title['en'] ?? name,
  ),
}))

const { program, errors, person, as } = await openJourney()

/** Presses its way on from the first page through a topic, and then to a person; answers how many choices that took. */
async function walk(page: Page, titles: readonly string[], last: string): Promise<number> {
  let choices = 0
  for (const title of [...titles, last]) {
    await page
      .getByRole('list', { name: 'Choices' })
      .getByRole('link', { name: title, exact: false })
      .first()
      .click()
    choices++
    if (title !== last) await page.getByRole('heading', { level: 1, name: title }).waitFor()
  }
  return choices
}

test(
  'a walk over the real pages finds a person within three choices from every topic',
  { timeout: 240_000 },
  async () => {
    const { page: ines } = await person()
    await ines.goto(program.signIn('seller'))
    const { page: stranger } = await person()
    await ines.goto(`${program.recourse}/help`)
    await stranger.goto(`${program.recourse}/help`)
    for (const { name, titles } of topics) {
      const choices = await walk(ines, titles, 'None of these: talk to a person')
      expect(choices, name).toBeLessThanOrEqual(mostChoices)
      // A person is where one can write to them.
      await ines.getByLabel('What is it about?').waitFor()
      expect(new URL(ines.url()).searchParams.get('topic'), name).toBe(name)
      for (let step = 0; step < choices; step++) await ines.goBack()
    }
    // Without signing in: from every topic the door that needs no account.
    for (const { name, titles } of topics) {
      const choices = await walk(stranger, titles.slice(0, -1), titles.at(-1) ?? '')
      await stranger.getByRole('heading', { level: 1, name: titles.at(-1) ?? '' }).waitFor()
      await stranger.getByRole('link', { name: /I can’t sign in: talk to a person/ }).waitFor()
      expect(choices + 1, name).toBeLessThanOrEqual(mostChoices)
      if (name !== topics.at(-1)?.name)
        for (let step = 0; step < choices; step++) await stranger.goBack()
    }
    await stranger.getByRole('link', { name: /I can’t sign in: talk to a person/ }).click()
    await stranger.getByRole('textbox').first().waitFor()
    expect(new URL(stranger.url()).pathname).toBe('/recovery')
    expect(errors).toEqual([])
  },
)

test(
  'searching suggests by the keyboard, and what fits nothing leads to a person',
  { timeout: 120_000 },
  async () => {
    const { page: ines } = await person()
    await ines.goto(program.signIn('seller'))
    await ines.getByRole('link', { name: 'Help' }).click()
    await expectFine(ines, 'help-1-first')
    await ines.getByLabel('Say it in your own words').fill('xyzzyplugh')
    await ines.getByRole('link', { name: 'Nothing fits: talk to a person' }).waitFor()
    await ines.getByLabel('Say it in your own words').fill('it is a mistaek')
    await expectFine(ines, 'help-2-search')
    await ines.keyboard.press('ArrowDown')
    await ines.keyboard.press('Enter')
    await ines.getByRole('heading', { level: 1, name: 'It is a mistake' }).waitFor()
    // What is known already: what is contested with its case, what is not with its appeal one choice away.
    await ines.getByRole('heading', { name: 'What we know already' }).waitFor()
    await expectFine(ines, 'help-3-topic')
    const milan = await as('reviewer')
    const [policy] = await milan.policies.list()
    await milan.desk.imposeMeasure({
      subject: { kind: 'account', id: 'clay-and-clover' },
      measure: 'account.warn',
      policy: policy?.policy.policy ?? '',
      reasons: 'Three parcels of this week were sent late.',
    })
    await forward(program, 'PT2M')
    await ines.goto(`${program.recourse}/help/account-suspended`)
    await ines
      .getByRole('link', { name: /^Appeal: / })
      .first()
      .click()
    await ines.getByRole('button', { name: 'Send appeal' }).waitFor()
    expect(errors).toEqual([])
  },
)

/** From Friday noon on the next call may be on Monday, and no desk keeps a case so long: then it is Monday morning. */
async function leaveWeekend(): Promise<void> {
  const answer = await fetch(`${program.recourse}/v1/dev/clock`)
  const { now } = (await answer.json()) as { now: string } // as the contract has it
  const at = new Date(now)
  const daysLeft = { 5: 3, 6: 2, 0: 1 }[at.getUTCDay()] ?? 0
  if (daysLeft === 0 || (daysLeft === 3 && at.getUTCHours() < 12)) return
  const monday = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + daysLeft, 9)
  await forward(program, `PT${Math.ceil((monday - at.getTime()) / 60_000)}M`)
}

test(
  'a call is booked, missed, booked again and made, and the case goes on as an appeal',
  { timeout: 240_000 },
  async () => {
    await leaveWeekend()
    const { page: ines } = await person()
    await ines.goto(program.signIn('seller'))
    await ines.goto(`${program.recourse}/call?topic=off-sale-why`)
    const book = async () => {
      await ines
        .getByRole('group', { name: /What time/ })
        .getByRole('radio')
        .first()
        .check()
      await ines.getByLabel('Your number, with its country').fill('+351 912 345 678')
      await ines.getByRole('button', { name: /^Call me / }).click()
      await ines.getByRole('button', { name: 'Cancel the call' }).waitFor()
    }
    await ines.getByLabel('What it is about, if you like').fill('My clay mask protects nobody.')
    await expectFine(ines, 'help-4-call')
    await book()
    const caseId = new URL(ines.url()).pathname.split('/').at(-1) ?? ''
    const seller = await as('seller')
    const support = await as('support')
    const first = await seller.seller.getCase({ caseId })
    await expectFine(ines, 'help-5-case')

    const { page: sofia } = await person()
    await sofia.goto(program.signIn('support'))
    /** Moves the clock to the call that is booked, and a minute on. */
    const untilCall = async () => {
      const { calls, now } = await support.desk.getCalls()
      const call = calls.find((each) => each.state === 'booked')
      if (!call) throw new Error('no call is booked')
      const minutes = (Date.parse(call.startsAt) - Date.parse(now)) / 60_000
      await forward(program, `PT${Math.ceil(minutes) + 1}M`)
      await sofia.goto(`${program.recourse}/desk/calls`)
    }
    await untilCall()
    await sofia.getByText('My clay mask protects nobody.').first().waitFor()
    await expectFine(sofia, 'help-6-calls')
    await sofia.getByRole('button', { name: /^Not reached/ }).click()
    await sofia
      .getByRole('heading', { level: 1, name: 'No seller waits for a call today.' })
      .waitFor()

    await ines.reload()
    await ines.getByRole('link', { name: 'Pick another time' }).click()
    await book()
    expect(new URL(ines.url()).pathname).toBe(`/cases/${caseId}`)
    await untilCall()
    await sofia.getByText(/Not reached 1 time before/).waitFor()
    await sofia.getByRole('button', { name: /^We spoke/ }).click()
    await sofia.getByLabel('What was said').fill('It is made of kaolin and worn for ten minutes.')
    await sofia.getByRole('button', { name: 'Note it' }).click()
    await sofia
      .getByRole('heading', { level: 1, name: 'No seller waits for a call today.' })
      .waitFor()
    await ines.reload()
    await ines.getByText('It is made of kaolin and worn for ten minutes.').waitFor()
    const called = await seller.seller.getCase({ caseId })
    expect(called).toMatchObject({ state: 'open', promisedBy: first.promisedBy })

    // Another question, turned at the desk into the appeal that it is.
    const { id } = await seller.seller.askQuestion({ text: 'It is a beauty mask of clay.' })
    const asked = await seller.seller.getCase({ caseId: id })
    await sofia.goto(`${program.recourse}/desk/cases/${id}`)
    await sofia.getByRole('button', { name: /^Hold it/ }).click()
    const turn = sofia.getByRole('button', { name: /^(Turn it into an appeal|Add it to)/ }).first()
    await turn.waitFor()
    await expectFine(sofia, 'help-7-beside')
    await turn.click()
    await sofia.getByRole('button', { name: /^Yes, / }).click()
    await sofia.getByRole('heading', { name: /It goes on as appeal A-\d+$/ }).waitFor()
    await ines.goto(`${program.recourse}/cases/${id}`)
    await ines.getByRole('heading', { level: 1, name: /goes on as appeal A-\d+/ }).waitFor()
    await expectFine(ines, 'help-8-joined')
    await ines.getByRole('link', { name: /^Open appeal A-/ }).click()
    await ines.getByText('It is a beauty mask of clay.').first().waitFor()
    const appealId = new URL(ines.url()).pathname.split('/').at(-1) ?? ''
    expect((await seller.seller.getCase({ caseId: appealId })).promisedBy).toBe(asked.promisedBy)
    await expectFine(ines, 'help-9-appeal')
    expect(errors).toEqual([])
  },
)
