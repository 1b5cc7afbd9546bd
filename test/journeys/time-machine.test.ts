import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oneClick } from '../../src/cli/demo.ts'
import { expectAccessible, openBrowser, picture } from './browser.ts'
import { place, startProgram, type Program } from './program.ts'

const aDay = 86_400_000

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(() => browser?.close())

/** A program of one's own, since both move its clock; ended with the test. */
async function begin(env: Record<string, string> = {}) {
  const here = await place()
  const first = await startProgram({ ...here, env }).catch(async (error: unknown) => {
    await here.remove()
    throw error
  })
  const running = {
    program: first,
    /** Ends it, and starts it again as it is for everybody. */
    async restart() {
      await running.program.stop()
      return (running.program = await startProgram(here))
    },
    async [Symbol.asyncDispose]() {
      await running.program.stop()
      await here.remove()
    },
  }
  return running
}

interface Moved {
  now: string
  ahead: number
  fired: { dueAt: string; words: string }[]
}

interface Home {
  measures: {
    decisionId: string
    subject: { id: string; title: string }
    status: string
    caseId: string | null
    holding: { state: string } | null
  }[]
}

async function ask<T>(
  program: Program,
  path: string,
  { cookie = '', body }: { cookie?: string; body?: unknown } = {},
) {
  const answer = await fetch(program.recourse + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie, origin: program.recourse, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(answer.ok, `${path}: ${await answer.clone().text()}`).toBe(true)
  return (await answer.json()) as T // the shapes above, as the contract has them
}

const shopShows = async (program: Program, listingId: string) =>
  (await fetch(`${program.bazaar}/products/${encodeURIComponent(listingId)}`)).text()

// Side by side: the second waits for its minute most of the time.
test.concurrent(
  'nobody answers: the time machine takes an appeal through every late step, over a restart, until the listing is back in the shop',
  { timeout: 400_000 },
  // Its own `expect`: what waits must be known as this test's while the other runs.
  async ({ expect }) => {
    await using running = await begin()
    const { program } = running
    const cookie = await oneClick(new URL(program.signIn('seller')))
    // What the demo decided may still be taken back; after its minute only what waits is left.
    await ask<Moved>(program, '/v1/dev/clock', { body: { forward: 'PT2M' } })
    const { measures } = await ask<Home>(program, '/v1/seller', { cookie })
    const off = measures.find(({ holding }) => holding?.state === 'running')
    if (!off?.caseId) throw new Error('no appeal of the demo waits at a desk')
    const { id } = off.subject
    expect(await shopShows(program, id)).toMatch(/not for sale just now/i)
    const filed = await ask<{ number: string }>(program, `/v1/cases/${off.caseId}`, { cookie })

    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(program.signIn('reviewer'))
    const bar = page.getByRole('region', { name: 'The demo’s clock' })
    await bar.getByRole('button', { name: '+1 hour' }).click()
    await bar.getByText('Nothing was due until now.').waitFor()

    const words: string[] = []
    const isOursLifted = (said: string) => said.includes(filed.number) && said.includes('is lifted')
    await bar.getByRole('button', { name: /^To the next deadline/ }).click()
    await bar.getByText('was late').first().waitFor()
    words.push(...(await bar.getByRole('listitem').allInnerTexts()))
    await picture(page, 'time-machine')
    await expectAccessible(page, 'the desk with the demo’s clock')

    const before = await ask<Moved>(program, '/v1/dev/clock')
    expect(before.ahead).toBeGreaterThan(aDay / 2)
    const again = await running.restart()
    const after = await ask<Moved>(again, '/v1/dev/clock')
    expect(after.ahead).toBe(before.ahead)
    expect(after.now >= before.now).toBe(true)

    for (let step = 0; step < 12 && !words.some(isOursLifted); step++) {
      const moved = await ask<Moved>(again, '/v1/dev/clock', { body: { to: 'next-deadline' } })
      words.push(...moved.fired.map((fired) => fired.words))
    }
    expect(words.find(isOursLifted), words.join('\n')).toBe(
      `Nobody answered ${filed.number} in time: the measure is lifted.`,
    )
    // The step between may have come by itself while the program was starting again; its notice tells of it.
    const mailbox = await (await fetch(`${again.recourse}/dev/mail`)).text()
    expect(mailbox).toContain(`Executive office has your appeal ${filed.number} now`)
    await expect
      .poll(() => shopShows(again, id), { timeout: 30_000 })
      .not.toMatch(/not for sale just now/i)
    const anew = await oneClick(new URL(again.signIn('seller')))
    const home = await ask<Home>(again, '/v1/seller', { cookie: anew })
    expect(home.measures.find(({ decisionId }) => decisionId === off.decisionId)?.status).not.toBe(
      'in-force',
    )
  },
)

test.concurrent(
  'where no clock worker runs, the watchdog says so within a minute: on the page, in health, and by mail to the officer',
  { timeout: 400_000 },
  async ({ expect }) => {
    await using running = await begin({ CLOCK_WORKERS: '0' })
    const { program } = running
    await fetch(`${program.recourse}/v1/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ forward: 'P7D' }),
    })
    const dueAt = Date.now()
    await expect
      .poll(async () => (await fetch(`${program.recourse}/health`)).status, { timeout: 70_000 })
      .toBe(500)
    expect(Date.now() - dueAt).toBeLessThan(60_000)
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(program.signIn('reviewer'))
    await page.getByText(/not fired since .* late\. Our officer was told/).waitFor()
    await picture(page, 'alarm')
    await expectAccessible(page, 'the desk with an alarm')
    await page.goto(`${program.recourse}/dev/mail`)
    await page
      .getByText(/not fired since/)
      .first()
      .waitFor()

    const again = await running.restart()
    await expect
      .poll(async () => (await fetch(`${again.recourse}/dev/mail`)).text(), { timeout: 60_000 })
      .toMatch(/Over: every clock that was due has fired/)
    // What fired may have set clocks that were due at once.
    await expect
      .poll(async () => (await fetch(`${again.recourse}/health`)).status, { timeout: 30_000 })
      .toBe(200)
  },
)
