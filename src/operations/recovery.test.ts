import { describe, expect, test } from 'vitest'
import { linkSecret, surroundings, type Surroundings } from '../../test/surroundings.ts'
import { marketplace } from '../../test/world.ts'
import { later } from '../core/calendar.ts'
import type { Measure } from '../core/measure.ts'
import { transact } from '../store/db.ts'
import { casesAbout } from '../store/case.ts'
import { fileAppeal } from './appeal.ts'
import { answerCase, askSeller, decideCase, linkSeller, takeCase } from './case.ts'
import { readDeskCase } from './case-view.ts'
import { giveOpinion } from './claim-desk.ts'
import { tellContacts } from './fact.ts'
import { readLink } from './link.ts'
import { disputeClaim, fileClaim, readClaim, writeInClaim } from './recovery.ts'
import { readSellerHome } from './seller.ts'
import { readStatement } from './statement.ts'

const day = 86_400_000
const code = '7KQX-M2D9-R4TB-0WZE'
const account = { kind: 'account', id: 'clay' } as const
const owner = 'owner@elsewhere.example'

/** A seller whose account is shut by hand, with people at the desks. */
async function shutAccount(s: Surroundings, measure: Measure = 'account.lock') {
  const seller = await s.w.seller()
  const milan = await s.w.reviewer('Milan')
  const nadia = await s.w.reviewer('Nadia', ['identity'])
  const omar = await s.w.reviewer('Omar', ['identity-chief'])
  const decisionId = await s.w.imposed(milan, { subject: account, measure })
  return { seller, nadia, omar, decisionId }
}

async function claim(s: Surroundings, named = 'clay', happened = 'My telephone was stolen.') {
  const filed = await fileClaim(s.w.app, { account: named, happened, address: owner, code }, null)
  if (!filed.ok) throw new Error(filed.refusal)
  const { number } = filed.value
  const caseId = await s.w.inside(async (tx) => {
    const row = await tx
      .selectFrom('claims as m')
      .innerJoin('claim_cases as k', 'k.claim_id', 'm.id')
      .select('k.case_id')
      .where('m.number', '=', number)
      .executeTakeFirstOrThrow()
    return row.case_id
  })
  return { number, caseId, key: { number, code } }
}

const view = async (s: Surroundings, key: { number: number; code: string }) => {
  const read = await readClaim(s.w.app, key)
  if (!read.ok) throw new Error(read.refusal)
  return read.value
}

async function carry(s: Surroundings): Promise<void> {
  // On a busy machine a shop that answers in its own time is not taken for one that does not.
  const delivery = s.carry({ timeoutMs: 10_000 })
  await delivery.idle()
  await delivery.stop()
}

const mailTo = (s: Surroundings, address: string) =>
  s.post.arrived.filter(({ to }) => to === address).map(({ mail }) => mail)

const decide = async (
  s: Surroundings,
  who: Parameters<typeof takeCase>[1],
  caseId: string,
  power: 'grant' | 'narrow' | 'deny',
) => {
  await takeCase(s.w.app, who, caseId)
  const { objections } = await s.w.case(caseId)
  return decideCase(s.w.app, who, {
    caseId,
    answers: objections
      .filter(({ outcome }) => outcome === null)
      .map(({ id }) => ({ objectionId: id, power, reasons: 'You showed us your trade licence.' })),
  })
}

/** A specialist says that they could not see it. */
const think = (s: Surroundings, who: Parameters<typeof takeCase>[1], caseId: string) =>
  giveOpinion(s.w.app, who, {
    caseId,
    says: 'no',
    identity: 'not-seen',
    reasons: 'Nothing shows it.',
  })

describe('what a claim opens', () => {
  test.each([
    ['account.secure', 'account.secure'],
    ['account.lock', 'account.lock'],
    ['account.suspend', 'matter.recovery'],
  ] as const)('with %s in force it is routed as %s', async (measure, matter) => {
    await using s = await surroundings()
    const { decisionId } = await shutAccount(s, measure)
    const { caseId } = await claim(s)
    const held = await s.w.case(caseId)
    expect(held).toMatchObject({ kind: 'recovery', matter, desk: 'identity', sellerId: null })
    expect(held.objections.map((objection) => objection.decisionId)).toEqual(
      matter === 'matter.recovery' ? [] : [decisionId],
    )
  })

  test('the strictest of several measures is the one it is about', async () => {
    await using s = await surroundings()
    await shutAccount(s, 'account.lock')
    const zoe = await s.w.reviewer('Zoe')
    const secured = await s.w.imposed(zoe, { subject: account, measure: 'account.secure' })
    const { caseId } = await claim(s)
    expect((await s.w.case(caseId)).objections).toMatchObject([{ decisionId: secured }])
  })

  test.each(['CLAY', 'Clay & Co', 'my shop is Clay & co, I used clay@sellers.example', ' “clay” '])(
    'an account is found by its id, its name or an address: %s',
    async (named) => {
      await using s = await surroundings()
      await shutAccount(s)
      const { caseId } = await claim(s, named)
      expect((await s.w.case(caseId)).matter).toBe('account.lock')
    },
  )

  test('words that name nobody, or might name two, are a claim that a person answers', async () => {
    await using s = await surroundings()
    const { nadia } = await shutAccount(s)
    await s.w.seller('oak')
    for (const named of ['no such shop', 'clay@sellers.example or oak@sellers.example']) {
      const { caseId, key } = await claim(s, named)
      expect(await s.w.case(caseId)).toMatchObject({ matter: 'matter.recovery', objections: [] })
      await takeCase(s.w.app, nadia, caseId)
      const answered = await answerCase(s.w.app, nadia, { caseId, text: 'Which shop is it?' })
      expect(answered).toMatchObject({ ok: true })
      expect((await view(s, key)).case.state).toBe('answered')
    }
  })

  test('a claim without words, account or address is refused', async () => {
    await using s = await surroundings()
    for (const part of ['account', 'happened', 'address'])
      expect(
        await fileClaim(
          s.w.app,
          { account: 'clay', happened: 'x', address: owner, code, [part]: ' \n' },
          null,
        ),
      ).toMatchObject({ refusal: 'claim_incomplete' })
  })

  test('told twice with one key, it is one claim', async () => {
    await using s = await surroundings()
    const key = { caller: 'nobody', key: 'k1', requestKey: 'r1' }
    const words = { account: 'clay', happened: 'Stolen.', address: owner, code }
    const [first, again] = await Promise.all([
      fileClaim(s.w.app, words, key),
      fileClaim(s.w.app, words, key),
    ])
    expect(again).toEqual(first)
    expect(await fileClaim(s.w.app, words, { ...key, requestKey: 'r2' })).toMatchObject({
      refusal: 'key_reused',
    })
  })
})

describe('whom it is told', () => {
  test('the claimant gets a receipt that names nothing of the account; whoever the account knows is warned', async () => {
    await using s = await surroundings()
    await shutAccount(s)
    const gone = (id: string, daysAgo: number) => ({
      id,
      sellerId: 'clay',
      address: `${id}@sellers.example`,
      verifiedAt: null,
      removedAt: later(s.w.app.now(), -daysAgo * day),
      factAt: null,
    })
    await tellContacts(s.w.app, marketplace, [gone('lately', 89), gone('long-ago', 91)])
    await carry(s)
    s.post.arrived.length = 0
    const { number } = await claim(s)
    await carry(s)
    expect(s.post.arrived.map(({ to }) => to).toSorted()).toEqual([
      'clay@sellers.example',
      'lately@sellers.example',
      owner,
    ])
    const [receipt] = mailTo(s, owner)
    expect(receipt?.subject).toMatch(new RegExp(`Your claim R-${number} is here. Identity desk`))
    expect(receipt?.text).toContain(`https://bazaar.example/recovery/R-${number}`)
    const said = `${receipt?.subject ?? ''} ${receipt?.text ?? ''} ${receipt?.html ?? ''}`
    expect(said).not.toMatch(/clay|\block|measure|sellers\.example|sign-in|7KQX/i)
    for (const address of ['clay@sellers.example', 'lately@sellers.example']) {
      const [warning] = mailTo(s, address)
      expect(warning?.text).toContain(`R-${number}`)
      expect(warning?.text).not.toContain(owner)
    }
  })

  test('known and unknown accounts get the same receipt and the same page, word for word', async () => {
    await using s = await surroundings()
    await shutAccount(s)
    const told: string[] = []
    for (const named of ['clay', 'nobody at all']) {
      s.post.arrived.length = 0
      const { number, key } = await claim(s, named)
      await carry(s)
      const [mail] = mailTo(s, owner)
      const { told: story, people, case: held, procedure } = await view(s, key)
      const { claimThread } = await import('../core/recovery-thread.ts')
      const { standingOf } = await import('../core/recovery.ts')
      const page = {
        thread: claimThread({ cases: story, nameOf: (id) => people.get(id) ?? null }),
        standing: standingOf({ case: held, procedure, now: s.w.app.now(), holderName: null }),
      }
      told.push(
        JSON.stringify([mail?.subject, mail?.text, mail?.html, page])
          .replaceAll(String(number), 'N')
          .replaceAll(/ntc_\w+/g, ''),
      )
    }
    expect(told[0]).toBe(told[1])
  })

  test('by the link in the warning one says that it was not us, and who decides reads it', async () => {
    await using s = await surroundings()
    const { nadia, seller } = await shutAccount(s)
    await carry(s)
    s.post.arrived.length = 0
    const { number, caseId } = await claim(s)
    await carry(s)
    const text = mailTo(s, 'clay@sellers.example')[0]?.text ?? ''
    const token = new RegExp(`/recovery/R-${number}/not-us#([\\w.-]+)`).exec(text)?.[1] ?? ''
    expect(readLink(linkSecret, token, s.w.app.now())).toMatchObject({ refusal: 'link_invalid' })
    const link = readLink(linkSecret, token, s.w.app.now(), 'claim')
    if (!link.ok) throw new Error(link.refusal)
    const said = await disputeClaim(s.w.app, link, { number, text: 'None of us!' }, null)
    if (!said.ok) throw new Error(said.refusal)
    const read = await readDeskCase(s.w.app, nadia, caseId, 'eu')
    expect(read).toMatchObject({
      ok: true,
      value: { claim: { disputes: [{ text: 'None of us!', ...said.value }] } },
    })
    const home = await readSellerHome(s.w.app, seller)
    expect(home).toMatchObject({
      ok: true,
      value: { cases: [{ case: { kind: 'question', desk: 'identity' } }] },
    })
    // The link is for its own claim.
    const other = await claim(s)
    expect(
      await disputeClaim(s.w.app, link, { number: other.number, text: '' }, null),
    ).toMatchObject({ refusal: 'link_invalid' })
  })
})

describe('who may see a claim', () => {
  test('without its code, or with another claim’s, it does not open, and no seller sees it', async () => {
    await using s = await surroundings()
    const { seller, decisionId } = await shutAccount(s)
    const { number } = await claim(s)
    for (const key of [
      { number, code: '' },
      { number, code: '0000-0000-0000-0000' },
      { number: number + 1, code },
      { number: 0, code },
    ])
      expect(await readClaim(s.w.app, key)).toMatchObject({ refusal: 'claim_not_opened' })
    expect(await readClaim(s.w.app, { number, code: ' 7kqx m2d9r4tb-OWZE ' })).toMatchObject({
      ok: true,
    })
    expect(await readSellerHome(s.w.app, seller)).toMatchObject({ ok: true, value: { cases: [] } })
    const statement = await readStatement(s.w.app, seller, decisionId)
    expect(statement).toMatchObject({ ok: true, value: { case: null } })
  })

  test('behind its wall a claimant’s transaction sees its claim and not one row of the account', async () => {
    await using s = await surroundings()
    await shutAccount(s)
    await s.w.balance('clay', 300)
    const { caseId, number } = await claim(s)
    await claim(s, 'somebody else')
    const { id } = await s.w.inside((tx) =>
      tx.selectFrom('claims').select('id').where('number', '=', number).executeTakeFirstOrThrow(),
    )
    await transact(s.w.db, { claimId: id }, async (tx) => {
      expect((await tx.selectFrom('cases').select('id').execute()).map((row) => row.id)).toEqual([
        caseId,
      ])
      expect(await tx.selectFrom('claims').select('id').execute()).toEqual([{ id }])
      for (const table of ['sellers', 'contacts', 'decisions', 'statements', 'actions'] as const)
        expect(await tx.selectFrom(table).selectAll().execute()).toEqual([])
      expect(await tx.selectFrom('balances').selectAll().execute()).toEqual([])
      expect(await tx.selectFrom('notices').selectAll().execute()).toEqual([])
      const events = await tx.selectFrom('events').select('case_id').distinct().execute()
      expect(events).toEqual([{ case_id: caseId }])
    })
    await transact(s.w.db, { sellerId: 'clay' }, async (tx) => {
      for (const table of ['claims', 'claim_cases', 'cases', 'objections'] as const)
        expect(await tx.selectFrom(table).selectAll().execute()).toEqual([])
    })
    await expect(
      transact(s.w.db, { claimId: id }, (tx) =>
        tx.updateTable('claims').set({ seller_id: null }).execute(),
      ),
    ).resolves.toMatchObject([{ numUpdatedRows: 0n }])
  })
})

describe('what it does to the seller’s own appeal', () => {
  test('nothing: the seller appeals while claims are open, and several claims are open at once', async () => {
    await using s = await surroundings()
    const { seller, decisionId } = await shutAccount(s)
    await claim(s)
    await claim(s)
    const link = { ...seller, by: 'link', matter: { decisionId, caseId: null } }
    const appealed = await fileAppeal(
      s.w.app,
      link,
      {
        objections: [{ decisionId, track: 'dispute', text: 'Not us.', remedy: null }],
        fileIds: [],
      },
      null,
    )
    expect(appealed).toMatchObject({ ok: true })
    await claim(s)
    const about = await s.w.inside((tx) => casesAbout(tx, [decisionId]))
    expect(about.map(({ kind }) => kind)).toEqual(['appeal'])
  })

  test('a no says only what we could not see, and leaves no decision on the account', async () => {
    await using s = await surroundings()
    const { nadia, omar, seller, decisionId } = await shutAccount(s)
    const { caseId, key, number } = await claim(s)
    const ines = await s.w.reviewer('Ines', ['identity'])
    await think(s, nadia, caseId)
    await think(s, ines, caseId)
    await s.w.fireDue()
    await carry(s)
    const mail = mailTo(s, owner).at(-1)
    expect(mail?.subject).toBe(
      `We could not see that you are the owner. The answer to your claim R-${number}`,
    )
    const kinds = await s.w.inside((tx) => tx.selectFrom('decisions').select('kind').execute())
    expect(kinds).toEqual([{ kind: 'impose' }])
    const statement = await readStatement(s.w.app, seller, decisionId)
    expect(statement).toMatchObject({
      ok: true,
      value: { allowed: ['read_statement', 'appeal'] },
    })
    // Writing again asks the other desk, whose people have not decided it.
    expect(await writeInClaim(s.w.app, { ...key, text: 'Here is more.' }, null)).toMatchObject({
      ok: true,
    })
    expect(await s.w.case(caseId)).toMatchObject({ state: 'open', desk: 'identity-chief' })
    await s.w.fireDue()
    expect(await think(s, nadia, caseId)).toMatchObject({ refusal: 'not_your_desk' })
    expect(await think(s, omar, caseId)).toMatchObject({ ok: true })
  })

  test('who took the measure does not decide the claim', async () => {
    await using s = await surroundings()
    await s.w.seller()
    const both = await s.w.reviewer('Milan', ['performance', 'identity'])
    await s.w.imposed(both, { subject: account, measure: 'account.lock' })
    const { caseId } = await claim(s)
    expect(await takeCase(s.w.app, both, caseId)).toMatchObject({ refusal: 'own_measure' })
  })
})

test('asked and answered: the claimant hears of it, and no one person gives the account away', async () => {
  await using s = await surroundings()
  const { nadia } = await shutAccount(s)
  await carry(s)
  const { caseId, key } = await claim(s)
  await takeCase(s.w.app, nadia, caseId)
  await askSeller(s.w.app, nadia, { caseId, question: 'What did you sell last week?' })
  await carry(s)
  expect(mailTo(s, owner).at(-1)?.text).toContain('What did you sell last week?')
  expect((await view(s, key)).case.ask?.question).toBe('What did you sell last week?')
  await writeInClaim(s.w.app, { ...key, text: 'Two teapots.' }, null)
  expect(await s.w.case(caseId)).toMatchObject({ state: 'open', desk: 'identity' })
  expect(await decide(s, nadia, caseId, 'grant')).toMatchObject({ refusal: 'two_decide' })
})

test('nobody acts: the account is eased as the procedure says, and the claim goes on with a person, by one number and code', async () => {
  await using s = await surroundings()
  const { omar } = await shutAccount(s)
  const first = await claim(s)
  const second = await claim(s)
  for (let step = 0; step < 3; step++) {
    s.w.advance(3 * day)
    await s.w.fireDue()
  }
  await carry(s)
  for (const { key, caseId } of [first, second]) {
    const { case: held, told } = await view(s, key)
    expect(held).toMatchObject({ state: 'open', matter: 'matter.recovery', desk: 'identity-chief' })
    expect(held.id).not.toBe(caseId)
    expect(held.overdueSince).not.toBeNull()
    expect(told).toHaveLength(2)
  }
  expect(
    mailTo(s, owner)
      .map(({ text }) => text)
      .join(),
  ).not.toMatch(/narrowed|lifted|listings/)
  const { id } = (await view(s, first.key)).case
  await takeCase(s.w.app, omar, id)
  expect(await answerCase(s.w.app, omar, { caseId: id, text: 'Write to us.' })).toMatchObject({
    ok: true,
  })
  await carry(s)
  expect(mailTo(s, owner).map(({ subject }) => subject)).toContain(
    `The answer to your claim R-${first.number}`,
  )
})

describe('linking a claim with a seller', () => {
  test('makes what shuts that account the thing to decide, and tells who knows the account', async () => {
    await using s = await surroundings()
    const { nadia, decisionId } = await shutAccount(s)
    const { caseId } = await claim(s, 'the one with the teapots')
    const link = { caseId, sellerId: 'clay' }
    expect(await linkSeller(s.w.app, nadia, link)).toMatchObject({ refusal: 'not_your_case' })
    await takeCase(s.w.app, nadia, caseId)
    expect(await linkSeller(s.w.app, nadia, { caseId, sellerId: 'nobody' })).toMatchObject({
      refusal: 'not_found',
    })
    const milan = await s.w.reviewer('Milan', ['performance'])
    expect(await linkSeller(s.w.app, milan, link)).toMatchObject({ refusal: 'not_your_desk' })
    expect(await linkSeller(s.w.app, nadia, link)).toMatchObject({ ok: true })
    expect(await s.w.case(caseId)).toMatchObject({
      matter: 'account.lock',
      objections: [{ decisionId, text: 'My telephone was stolen.' }],
    })
    await carry(s)
    // Two letters that are due at once may overtake each other.
    expect(mailTo(s, 'clay@sellers.example').map(({ subject }) => subject)).toContainEqual(
      expect.stringMatching(/your account is theirs/),
    )
    expect(await readDeskCase(s.w.app, nadia, caseId, 'eu')).toMatchObject({
      ok: true,
      value: { history: { seller: { id: 'clay' } }, claim: { claim: { linkedBy: nadia.id } } },
    })
    expect(await decide(s, nadia, caseId, 'grant')).toMatchObject({ refusal: 'two_decide' })
  })

  test('again corrects it: what the claim said about the wrong account is said no more', async () => {
    await using s = await surroundings()
    const { nadia } = await shutAccount(s)
    await s.w.seller('oak')
    const { caseId } = await claim(s)
    await takeCase(s.w.app, nadia, caseId)
    await linkSeller(s.w.app, nadia, { caseId, sellerId: 'oak' })
    expect(await s.w.case(caseId)).toMatchObject({
      matter: 'matter.recovery',
      objections: [{ outcome: 'withdrawn' }],
    })
    expect(await decide(s, nadia, caseId, 'grant')).toMatchObject({ refusal: 'wrong_state' })
    const answered = await answerCase(s.w.app, nadia, { caseId, text: 'Sign in as before.' })
    expect(answered).toMatchObject({ ok: true })
  })
})
