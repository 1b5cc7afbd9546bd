/** Every page there is, opened in a real browser as everybody who may, with an eye on whatever runs. */
import type { Browser, Page } from 'playwright-core'
import type { Served } from '../served.ts'

/** Short: every text whole in several long fields, and each of our own in some short ones. Whole: each of our own in each short field, round by round. */
export const isWhole = process.env['SECURITY'] === 'whole'

/** Run in the browser: keeps what the pages' policy had to stop. */
const listen = `
  globalThis.reports = []
  document.addEventListener('securitypolicyviolation', (event) =>
    globalThis.reports.push([event.violatedDirective, event.blockedURI, event.sample].join(' ')))`
const unfold = `for (const fold of document.querySelectorAll('details')) fold.open = true`

/** What happened in the browser that never may. */
export interface Seen {
  pages: number
  /** Rounds in which there was a ring to look into, and a reporter's page. */
  rings: number
  fields: number
  refused: number
  dialogs: string[]
  reports: string[]
  globals: string[]
  abroad: string[]
}

export const nothing = (): Seen => ({
  pages: 0,
  rings: 0,
  fields: 0,
  refused: 0,
  dialogs: [],
  reports: [],
  globals: [],
  abroad: [],
})

/** What there is to open. */
export interface Filled {
  caseIds: string[]
  decisionIds: string[]
  claim: { number: string; code: string } | null
  fileIds: string[]
  report: { number: string; code: string } | null
  ringId: string | null
}

/** Opens every page there is, as everybody who may. */
export async function openEvery(
  browser: Browser,
  s: Served,
  seen: Seen,
  { caseIds, decisionIds, claim, fileIds, report, ringId }: Filled,
): Promise<void> {
  if (ringId !== null && report !== null) seen.rings += 1
  const reflected = encodeURIComponent(`"><script>window.pwned=1;alert(1)</script>`)
  const seller = [
    '/seller',
    '/measures',
    '/cases',
    '/screening',
    '/contact',
    '/account',
    '/members',
    '/help',
    '/call',
    '/complaints',
    '/changes',
    ...decisionIds.flatMap((id) => [
      `/measures/${id}`,
      `/statements/${id}/print`,
      `/appeal?decision=${id}`,
    ]),
    ...caseIds.map((id) => `/cases/${id}`),
    ...fileIds.map((id) => `/evidence/${id}`),
  ]
  const desk = [
    '/desk',
    '/desk/mail',
    '/desk/letters',
    '/desk/letters/new?seller=clay',
    '/desk/calls',
    '/desk/rings',
    ...(ringId === null ? [] : [`/desk/rings/${ringId}`]),
    '/desk/macros',
    '/desk/flagged',
    '/desk/listings',
    '/desk/listings/l1',
    '/desk/listings/plain-l1',
    '/desk/sellers',
    '/desk/sellers/clay',
    ...caseIds.map((id) => `/desk/cases/${id}`),
    ...decisionIds.map((id) => `/desk/statements/${id}`),
  ]
  const studio = [
    '/studio/policies',
    '/studio/policies/masks',
    '/studio/policies/masks/trials',
    '/studio/procedures',
    '/desk/people',
    '/desk/webhooks',
  ]
  const outside = [
    '/promises',
    '/figures',
    `/figures?period=${reflected}`,
    '/recovery',
    '/recovery/open',
    '/report',
    '/report/open',
    ...(report === null ? [] : [`/report/${report.number}#${report.code}`]),
    '/help',
    `/help/${reflected}`,
    '/sign-in',
    `/sign-in?error=${reflected}&next=${reflected}`,
    `/sign-in?next=javascript:alert(1)`,
    `/sign-in/open?token=${reflected}&to=javascript:alert(1)`,
    `/link/${reflected}`,
    `/recovery/R-1/not-us#${reflected}`,
    `/${reflected}`,
    '/docs',
    `/desk/cases/${reflected}`,
    '/problems/not_found',
    `/problems/${reflected}`,
  ]
  // Side by side: each waits for its pages much of the time.
  await Promise.all([
    openAs(browser, s, seen, null, outside),
    openAs(browser, s, seen, 'clay@sellers.example', seller),
    openAs(browser, s, seen, 'milan@marketplace.example', desk),
    openAs(browser, s, seen, 'paula2@marketplace.example', studio),
  ])
  const kept = await s.inside((tx) =>
    tx.selectFrom('dev_mails').select(['id', 'subject']).orderBy('id').execute(),
  )
  // Of each kind of mail one, by how its subject begins.
  const kinds = new Map(kept.map((mail) => [mail.subject.slice(0, 12), mail]))
  const mails = isWhole ? kept : [...kinds.values()]
  await openAs(browser, s, seen, null, ['/dev/mail', ...mails.map(({ id }) => `/dev/mail/${id}`)])
  if (claim)
    await openAs(browser, s, seen, null, [`/recovery/${claim.number}`], async (page) => {
      await page.getByLabel(/code/i).first().fill(claim.code)
      await page.keyboard.press('Enter')
    })
}

async function openAs(
  browser: Browser,
  s: Served,
  seen: Seen,
  email: string | null,
  paths: string[],
  act: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const context = await browser.newContext()
  try {
    if (email !== null) {
      const { cookie } = await s.signIn(email)
      await context.addCookies(
        cookie.split('; ').map((one) => {
          const at = one.indexOf('=')
          return { name: one.slice(0, at), value: one.slice(at + 1), url: s.url }
        }),
      )
    }
    await context.addInitScript(listen)
    const page = await context.newPage()
    page.on('dialog', (dialog) => {
      seen.dialogs.push(`${page.url()}: ${dialog.message()}`)
      void dialog.dismiss()
    })
    const ours = [new URL(s.url).host, `files.localhost:${new URL(s.url).port}`]
    page.on('request', (request) => {
      const { host, protocol } = new URL(request.url())
      if (protocol.startsWith('http') && !ours.includes(host)) seen.abroad.push(request.url())
    })
    for (const path of paths) await look(s, seen, page, path, act)
  } finally {
    await context.close()
  }
}

async function look(
  s: Served,
  seen: Seen,
  page: Page,
  path: string,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  seen.pages += 1
  const answer = await page.goto(`${s.url}${path}`, { waitUntil: 'load' })
  if (answer === null) throw new Error(`${path} did not open`)
  // Every page has a title once what it shows is there; a file of evidence and a problem have none.
  const type = (await answer.headerValue('content-type')) ?? ''
  if (type.startsWith('text/html'))
    await page.waitForSelector('h1:not(.heard-only)', { timeout: 3_000 }).catch(() => undefined)
  await act(page)
  // Whatever waits for a fold to be opened is drawn too.
  await page.evaluate(unfold).catch(() => undefined)
  await page.waitForTimeout(150)
  for (const frame of page.frames()) {
    const found = await frame
      .evaluate(() => {
        const place = globalThis as unknown as { reports?: string[]; pwned?: unknown } // put there above, or by a script that ran
        return { reports: place.reports ?? [], isPwned: place.pwned !== undefined }
      })
      // A frame that runs no script at all answers nothing.
      .catch(() => ({ reports: [], isPwned: false }))
    seen.reports.push(...found.reports.map((report) => `${path}: ${report}`))
    if (found.isPwned) seen.globals.push(path)
  }
}
