/** People at the desks work together: they see one another, leave notes that no seller reads, begin from prepared words, and do the same to several. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectFine } from './browser.ts'
import { openJourney } from './journey.ts'

const { program, errors, person, as } = await openJourney()

async function at(role: string): Promise<Page> {
  const { page } = await person()
  await page.goto(program.signIn(role))
  return page
}

test(
  'two at one case see each other, a note stays among colleagues, and several are lifted with the same words',
  { timeout: 240_000 },
  async () => {
    const ines = await as('seller')
    const milan = await as('reviewer')
    for (const { decisionId, allowed } of (await ines.seller.getHome()).measures)
      if (allowed.includes('appeal'))
        await ines.seller.fileAppeal({
          objections: [{ decisionId, track: 'dispute', text: 'It is clay for the skin.' }],
        })
    const open = (await milan.desk.getQueue({})).cases.filter(({ state }) => state === 'open')
    const first = open.find(({ kind }) => kind === 'appeal')
    if (!first || open.length < 3) throw new Error('there is too little at the desk')

    const desk = await at('reviewer')
    const office = await at('executive')
    for (const page of [desk, office]) await page.goto(`${program.recourse}/desk/cases/${first.id}`)
    await desk.getByText('Aiko Tanaka looks at this case too.').waitFor()
    await office.getByText('Milan Rost looks at this case too.').waitFor()

    await desk.getByRole('button', { name: /^Hold it/ }).click()
    await desk
      .getByText('Nothing is missing', { exact: false })
      .or(desk.getByText('It still needs', { exact: false }))
      .first()
      .waitFor()
    await desk.locator('body').press('m')
    await desk.getByLabel('Note for colleagues').fill('He called twice; the pack is on its way.')
    await office.getByText('Milan Rost is writing here now.').waitFor()
    await desk.keyboard.press('Control+Enter')
    await office.getByText('He called twice; the pack is on its way.').waitFor()
    await expectFine(desk, 'desk-work-1-note')
    const read = JSON.stringify([
      await ines.seller.getCase({ caseId: first.id }),
      await ines.seller.getHome(),
    ])
    expect(read).not.toContain('He called twice')

    // A no that is prepared words alone is refused; in words of one's own besides it is not.
    await desk.locator('body').press('3')
    await desk.keyboard.press('Control+i')
    await desk.getByRole('combobox', { name: 'Search' }).fill('asks for')
    await expectFine(desk, 'desk-work-2-prepared')
    await desk.keyboard.press('Enter')
    const reasons = desk.getByLabel('Reasons', { exact: false })
    await expect.poll(() => reasons.inputValue()).toMatch(/asks for an approval number.*D-\d+/)
    // Faster than any hand, the keys may come before the page has taken the words in.
    const refused = desk.getByText('These reasons are prepared words and nothing else.', {
      exact: false,
    })
    await expect
      .poll(
        async () => {
          await desk.keyboard.press('Control+Enter')
          return refused.waitFor({ timeout: 2_000 }).then(
            () => true,
            () => false,
          )
        },
        { timeout: 20_000 },
      )
      .toBe(true)
    await desk.getByRole('button', { name: /^Release/ }).click()
    await desk.getByRole('button', { name: /^Hold it/ }).waitFor()

    // Three at once, those that are due first: chosen, previewed and done by the keyboard, with one answer lost on its way.
    await desk.goto(`${program.recourse}/desk`)
    await desk.getByRole('checkbox', { name: new RegExp(`^Choose ${first.number}`) }).waitFor()
    const several = open.slice(0, 3)
    await desk.keyboard.press('j')
    for (let more = 1; more < several.length; more++) await desk.keyboard.press('Shift+J')
    await desk.getByRole('heading', { name: `${several.length} cases are chosen` }).waitFor()
    await desk.keyboard.press('b')
    await desk.getByRole('radio', { name: 'Lift all' }).check()
    await desk.getByLabel('Reasons, which each seller reads').fill('{listing} is a cosmetic.')
    await desk.keyboard.press('Control+Enter')
    await desk.getByRole('heading', { name: `It can be done to all ${several.length}.` }).waitFor()
    await expectFine(desk, 'desk-work-5-preview')
    let sent = 0
    await desk.route('**/bulk', async (route) => {
      sent += 1
      if (sent !== 2) return route.continue()
      // It was done; only nobody heard of it.
      await route.fetch()
      await route.abort()
    })
    await desk.locator('body').press('Control+Enter')
    await desk.getByRole('heading', { name: `All ${several.length} are done.` }).waitFor()
    expect(sent).toBe(several.length + 1)
    await expectFine(desk, 'desk-work-6-done')
    for (const { id } of several) {
      const { thread, pending } = await milan.desk.getCase({ caseId: id })
      expect(pending?.byMe, id).toBe(true)
      expect(thread.filter(({ words }) => words.startsWith('Milan Rost took')).length).toBeLessThan(
        3,
      )
    }

    await desk.goto(`${program.recourse}/desk/macros`)
    await desk.getByLabel('Name').fill('Thank you')
    await desk.getByLabel('The words').fill('Dear {customer}, thank you.')
    await desk.getByRole('button', { name: 'Prepare them' }).click()
    await desk.getByText('“{customer}” is no field.', { exact: false }).waitFor()
    await expectFine(desk, 'desk-work-7-words')
    await desk.getByLabel('The words').fill('Dear {seller}, thank you.')
    await desk.getByRole('button', { name: 'Prepare them' }).click()
    await desk.getByRole('heading', { level: 4, name: 'Thank you' }).waitFor()
    expect(errors).toEqual([])
  },
)
