/** Scripts as text, in every field that any door takes, and then every page opened in a real browser: not one may run. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDelivery } from '../../src/delivery/carrier.ts'
import { devMailer } from '../../src/delivery/mailer.ts'
import { isReadable } from '../../src/http/readable.ts'
import { adoptPolicies } from '../../src/operations/policy.ts'
import { addStaff } from '../../src/operations/staff.ts'
import { openBrowser, photo } from '../journeys/browser.ts'
import { letterOf } from '../letters.ts'
import { secret, served, type Served } from '../served.ts'
import { maskPolicy } from '../world.ts'
import { makeTag } from '../../src/operations/mail-tag.ts'
import { isWhole, nothing, openEvery, type Filled, type Seen } from './every-page.ts'
import { complain, complaintFields } from './hostile-complaints.ts'
import { handIn, hostileMail, mailFields } from './hostile-mail.ts'
import { naughtyStrings, ownScripts } from './scripts.ts'

const web = fileURLToPath(new URL('../../dist/web', import.meta.url))

let browser: Browser
beforeAll(async () => {
  if (!existsSync(web)) throw new Error('The pages are not built: npm run build builds them.')
  browser = await openBrowser()
})
afterAll(() => browser.close())

test(
  'not one script that somebody wrote runs on any page, in any mail or in any drawing',
  { timeout: isWhole ? 4 * 3_600_000 : 240_000 },
  async () => {
    const naughty = naughtyStrings().filter((text) => text.trim() !== '' && isReadable(text))
    if (naughty.length === 0)
      console.log('without RECOURSE_SAMPLES the big list of naughty strings is skipped')
    const texts = [...ownScripts, ...naughty]
    const groups = together(ownScripts, 100)
    const seen = nothing()
    const nextFew = reelOf(texts)
    // In each round each short field has the next group; so in the whole run each field has had each of them.
    for (let round = 0; round < (isWhole ? groups.length : 1); round++) {
      if (!isAskedFor(round + 1)) continue
      let at = round
      const nextShorts = () => groups[at++ % groups.length] ?? []
      await playRound({ seen, nextShorts, nextFew, round })
      if (isWhole)
        process.stderr.write(
          `round ${round + 1} of ${groups.length}, ${seen.pages} pages, ${found(seen)} found\n`,
        )
    }
    console.log(
      `${texts.length} texts, ${seen.fields} fields filled (${seen.refused} refused), ${seen.pages} pages opened: ` +
        `${seen.dialogs.length} dialogs, ${seen.reports.length} reports, ${seen.globals.length} globals, ${seen.abroad.length} requests abroad`,
    )
    const { dialogs, reports, globals, abroad } = seen
    expect({ dialogs, reports, globals, abroad }).toEqual({
      dialogs: [],
      reports: [],
      globals: [],
      abroad: [],
    })
    expect(seen.rings).toBeGreaterThan(0)
    expect(seen.pages).toBeGreaterThan(30)
    expect(seen.refused).toBeLessThan(seen.fields / 2)
  },
)

test('a script that does run would be seen', async () => {
  const page = await browser.newPage()
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  for (const script of ownScripts.slice(0, 2)) await page.setContent(script)
  expect(dialogs).toEqual(['1', '1'])
  expect(await page.evaluate('globalThis.pwned')).toBe(1)
  await page.close()
})

interface Round {
  seen: Seen
  /** What stands in the next short field. */
  nextShorts: () => readonly string[]
  /** The next texts that fit into a long field together. */
  nextFew: (room: number) => string
  round: number
}

/** Goes round and round through the texts, a few whole ones at a time, so that each comes to many fields. */
function reelOf(texts: readonly string[]): (room: number) => string {
  let at = 0
  return (room) => {
    let few = ''
    for (let taken = 0; taken < texts.length; taken += 1) {
      const next = texts[at % texts.length] ?? ''
      if (few.length + next.length + 1 > room) {
        // One that fits nowhere is cut rather than waited for.
        if (few === '') at += 1
        return few === '' ? next.slice(0, room) : few
      }
      few += `${next}\n`
      at += 1
    }
    return few
  }
}

/** Texts in groups that fit into a field together, the longest with the shortest. */
function together(texts: readonly string[], room: number): string[][] {
  const groups: string[][] = []
  for (const text of texts.toSorted((a, b) => b.length - a.length)) {
    const group = groups.find((one) => [...one, text].join(' ').length <= room)
    if (group) group.push(text)
    else groups.push([text])
  }
  return groups
}

const found = ({ dialogs, reports, globals, abroad }: Seen) =>
  dialogs.length + reports.length + globals.length + abroad.length

/** A long run can be made in parts: `ROUNDS=1-20`. */
function isAskedFor(round: number): boolean {
  const [from = 1, to = Infinity] = (process.env['ROUNDS'] ?? '')
    .split('-')
    .filter(Boolean)
    .map(Number)
  return round >= from && round <= to
}

async function playRound({ seen, ...round }: Round): Promise<void> {
  await using s = await served({ webDir: web, demo: true })
  const filled = await fill(s, { seen, ...round })
  await openEvery(browser, s, seen, filled)
}

/** Writes the texts into every field of every door. */
async function fill(s: Served, { seen, nextShorts, nextFew, round }: Round): Promise<Filled> {
  const short = () => nextShorts().join(' ')
  /** A field that a door refuses is none that shows anything. */
  const write = async <T>(fields: number, work: Promise<T>): Promise<T | null> => {
    seen.fields += fields
    try {
      return await work
    } catch {
      // What the door does not take was refused in words; how often that was is counted and printed.
      seen.refused += fields
      return null
    }
  }
  const title = (words: string) => `mask ${short()} ${words}`.slice(0, 280)
  await adoptPolicies(
    s.app,
    [
      {
        ...maskPolicy,
        version: 2,
        title: `Masks ${short()}`.slice(0, 120),
        text: nextFew(9_000),
        wouldReverse: [short().slice(0, 390), nextFew(390)],
        signals: [
          { name: 'mask', says: `names ${short()}`.slice(0, 120), weight: 5, phrases: ['mask'] },
          { name: 'filter', says: short().slice(0, 120), weight: 2.5, phrases: ['filter'] },
        ],
      },
    ],
    'eu',
  )
  seen.fields += 5
  await s.seller('clay')
  await write(
    1,
    s.marketplace.facts.tellSeller({ id: 'clay', name: `clay ${short()}`.slice(0, 200) }),
  )
  await s.balance('clay', 100, 20)
  const listing = {
    sellerId: 'clay',
    description: nextFew(9_000),
    bullets: [short().slice(0, 400), nextFew(400)],
    brand: short().slice(0, 100),
    category: short().slice(0, 100),
    attributes: Object.fromEntries(
      nextShorts().map((one) => [`material ${one}`.slice(0, 60), short().slice(0, 200)]),
    ),
  }
  for (const id of ['l1', 'l2', 'l3']) {
    await write(7, s.marketplace.facts.tellListing({ ...listing, id, title: title(id) }))
    await s.listing(`plain-${id}`, 'clay', {
      title: title(`plain ${id}`),
      description: nextFew(9_000),
    })
  }
  const milan = await s.reviewer('Milan', [
    'support',
    'performance',
    'legal',
    'executive',
    'safety',
    'safety-lead',
    'identity',
    'identity-chief',
  ])
  await addStaff(s.app, {
    email: 'aiko@marketplace.example',
    name: `Aiko ${short()}`.slice(0, 150),
    roles: ['reviewer'],
    desks: milan.desks,
  })
  await addStaff(s.app, {
    email: 'paula2@marketplace.example',
    name: 'Paula',
    roles: ['policy-manager', 'administrator'],
    desks: [],
  })
  const seller = s.clientWith(await s.signIn('clay@sellers.example'))
  const desk = s.clientWith(await s.signIn(milan.email))
  const other = s.clientWith(await s.signIn('aiko@marketplace.example'))
  const manager = s.clientWith(await s.signIn('paula2@marketplace.example'))

  const home = await seller.seller.getHome()
  const decisionIds = home.measures.map(({ decisionId }) => decisionId)
  const fileIds: string[] = []
  for (const name of [`${short()}.png`, `${nextFew(170)}.png`]) {
    const file = await write(1, seller.seller.uploadFile({ file: new File([photo], name) }))
    if (file) fileIds.push(file.id)
  }
  const caseIds: string[] = []
  const keep = (held: { id: string } | null) => held && caseIds.push(held.id)
  const [first, second] = decisionIds
  const remedy = { cause: nextFew(9_000), correction: nextFew(9_000), prevention: nextFew(9_000) }
  if (first)
    keep(
      await write(
        2,
        seller.seller.fileAppeal({
          objections: [{ decisionId: first, track: 'dispute', text: nextFew(9_000), remedy: null }],
          fileIds: fileIds.slice(0, 1),
        }),
      ),
    )
  if (second)
    keep(
      await write(
        4,
        seller.seller.fileAppeal({
          objections: [{ decisionId: second, track: 'remedy', text: nextFew(9_000), remedy }],
          fileIds: [],
        }),
      ),
    )
  const question = await write(
    1,
    seller.seller.askQuestion({ text: nextFew(9_000), fileIds: fileIds.slice(1) }),
  )
  keep(question)
  const letter = await write(
    1,
    desk.letters.record(
      letterOf({
        sellerId: 'clay',
        text: nextFew(9_000),
        sender: { kind: 'seller', name: short().slice(0, 200), answerTo: short().slice(0, 200) },
        reference: short().slice(0, 200),
      }),
    ),
  )
  if (letter) caseIds.push(letter.caseId)
  const [appeal] = caseIds
  await write(
    2,
    desk.macros.add({
      desk: 'performance',
      use: 'reasons',
      name: short().slice(0, 100),
      text: nextFew(4_900).replaceAll(/[{}]/g, ''),
    }),
  )
  if (appeal) {
    await write(1, desk.desk.writeNote({ caseId: appeal, text: nextFew(4_900) }))
    await write(0, desk.desk.takeCase({ caseId: appeal }))
    await write(1, desk.desk.askSeller({ caseId: appeal, question: nextFew(9_000) }))
    await write(1, seller.seller.writeInCase({ caseId: appeal, text: nextFew(9_000), fileIds: [] }))
    await write(1, desk.desk.answerCase({ caseId: appeal, text: nextFew(9_000) }))
    await write(1, desk.desk.forwardCase({ caseId: appeal, to: 'legal', reason: nextFew(1_900) }))
    await write(0, other.desk.takeCase({ caseId: appeal }))
    const held = await other.desk.getCase({ caseId: appeal })
    const answers = held.contested.map(({ objection }) => ({
      objectionId: objection.id,
      power: 'deny' as const,
      reasons: nextFew(9_000),
    }))
    await write(1, other.desk.decideCase({ caseId: appeal, answers }))
  }
  if (question) {
    await write(0, desk.desk.takeCase({ caseId: question.id }))
    await write(1, desk.desk.answerCase({ caseId: question.id, text: nextFew(9_000) }))
  }
  await write(
    1,
    seller.members.invite({
      email: 'jo@lind.example',
      name: short().slice(0, 100),
      part: { role: 'staff' },
    }),
  )
  // To one of our addresses, where it is held, and into a case by the tag of its address.
  const addresses = ['appeals@shop.example', 'legal@shop.example']
  if (appeal)
    addresses.push(`appeals+${makeTag(secret, { caseId: appeal, decisionId: null })}@shop.example`)
  for (const to of addresses)
    await write(
      mailFields,
      handIn(s, to, hostileMail({ to, short: short(), words: nextFew(9_000) })),
    )
  const [held] = (await desk.mail.list()).held
  if (held) await write(1, desk.mail.settle({ mailId: held.id, reason: nextFew(4_900) }))
  const [slot] = (await seller.seller.getCallSlots()).slots
  if (slot) {
    await write(1, seller.seller.bookCall({ ...callAt(slot), topic: short().slice(0, 100) }))
    await write(1, seller.seller.bookCall({ ...callAt(slot), text: nextFew(9_000) }))
  }
  const imposed = await write(
    1,
    desk.desk.imposeMeasure({
      subject: { kind: 'account', id: 'clay' },
      measure: 'account.suspend',
      policy: 'masks',
      reasons: nextFew(9_000),
      endsAt: null,
      amount: null,
      exception: null,
    }),
  )
  if (imposed) decisionIds.push(imposed.decisionId)
  const claimed = await write(
    2,
    s.nobody.recovery.fileClaim({
      account: nextFew(900),
      happened: nextFew(9_000),
      address: `claim${round}@owner.example`,
    }),
  )
  const claim = claimed && { number: claimed.claim.number, code: claimed.code }
  if (claim) {
    const opened = s.clientWith({ 'x-recourse-code': claim.code })
    await write(1, opened.recovery.writeInClaim({ number: claim.number, text: nextFew(9_000) }))
  }
  await write(
    1,
    manager.policies.setLevel({ name: 'masks', level: 'suggest', reason: nextFew(900) }),
  )
  const source = await readFile(new URL('../../procedures/recourse.yaml', import.meta.url), 'utf8')
  const written = source.replace(
    /^(\s*)title: .+$/gm,
    (_line, space: string) => `${space}title: ${JSON.stringify(short())}`,
  )
  await write(
    10,
    manager.procedures.adopt({
      source: written,
      reason: nextFew(1_900),
      acceptGaps: [],
      moveOpenCases: false,
      inPlaceOf: null,
    }),
  )
  await write(
    1,
    manager.webhooks.add({
      name: short().slice(0, 100),
      url: 'http://127.0.0.1:9/',
      kinds: ['case.opened'],
    }),
  )
  await write(
    1,
    manager.webhooks.add({
      name: 'x',
      url: `http://127.0.0.1:9/${encodeURIComponent(short()).slice(0, 300)}?${short().replace(/\s/g, '')}`.slice(
        0,
        1_000,
      ),
      kinds: ['case.opened'],
    }),
  )

  const complained = await write(complaintFields, complain(s, desk, { short: short(), nextFew }))
  caseIds.push(...(complained?.caseIds ?? []))

  s.advance(2 * 60_000)
  await s.fireDue()
  const [call] = (await desk.desk.getCalls()).calls
  if (call) {
    caseIds.push(call.caseId)
    s.advance(Math.max(0, new Date(call.startsAt).getTime() - s.app.now().getTime()) + 60_000)
    await write(1, desk.desk.markCall({ callId: call.id, reached: true, said: nextFew(9_000) }))
  }
  const delivery = startDelivery(s.app, {
    mailer: devMailer(s.app),
    connector: null,
    publicUrl: s.url,
    secret,
    everyMs: 20,
  })
  await delivery.idle()
  await delivery.stop()
  const { report = null, ringId = null } = complained ?? {}
  return { caseIds, decisionIds: some(decisionIds), claim, fileIds, report, ringId }
}

const callAt = ({ startsAt }: { startsAt: string }) => ({ startsAt, number: '+49 30 901820' })

/** All of them, or in the short run the first and the last of many that are alike. */
function some<T>(all: readonly T[]): T[] {
  return isWhole || all.length < 3 ? [...all] : [...all.slice(0, 1), ...all.slice(-1)]
}
