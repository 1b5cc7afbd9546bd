import { describe, expect, test } from 'vitest'
import {
  hour,
  day,
  saved,
  account,
  payouts,
  ownerNow,
  known,
  open,
  shut,
  owned,
  ago,
  contact,
  claim,
  settle,
  stateOf,
  caseOf,
  mailTo,
  letterTo,
  object,
  opinion,
  proved,
  handedOver,
  changed,
} from '../../test/proving.ts'
import { linkSecret, surroundings } from '../../test/surroundings.ts'
import { valueOf } from '../../test/world.ts'
import { recordPapers, setFirstSign } from './claim-desk.ts'
import { bindClaim, readOwnChanges, returnChanges, returnOwnChanges } from './claim-owner.ts'
import { askProofLetters, proveContact, proveSavedCode } from './claim-proof.ts'
import { fileAppeal } from './appeal.ts'
import { askSeller, decideCase, takeCase } from './case.ts'
import { isLinkEnded, readLink } from './link.ts'
import { readClaim } from './recovery.ts'
import { readAddress } from './session.ts'

describe('a hand-over', () => {
  test('waits for the end of the cooling-off, and ends what was made in the window', async () => {
    await using s = await surroundings()
    s.shop.abilities.push('endSessions', 'resetAccess', 'changesSince', 'revert')
    const people = await owned(s)
    await contact(s, 'new', 'thief@new.example', { verifiedAt: ago(s, hour) })
    const { key, caseId } = await proved(s)
    await s.w.inside(async (tx) => {
      await tx
        .insertInto('members')
        .values({
          id: 'mem_thief',
          seller_id: 'clay',
          email: 'friend@thief.example',
          name: 'Friend',
          role: 'staff',
          decisions: null,
          cases: null,
          may_write: true,
          until: null,
          added_at: s.w.app.now(),
          removed_at: null,
        })
        .execute()
    })
    valueOf(await opinion(s, people.nadia, caseId))
    valueOf(await opinion(s, people.ines, caseId))
    await settle(s)
    expect(await stateOf(s, key)).toBe('agreed')
    s.w.advance(23 * hour)
    await settle(s)
    expect((await s.w.owed(account))?.state).toEqual(shut)
    s.w.advance(hour)
    await settle(s)
    expect(await stateOf(s, key)).toBe('handed-over')
    expect((await s.w.owed(account))?.state).toEqual(open)
    expect((await s.w.owed(payouts))?.state).toMatchObject({ onlyTo: ['old-bank'] })
    for (const address of ['thief@new.example', 'friend@thief.example', known])
      expect((await readAddress(s.w.app, address)).sellers).toEqual([])
    expect((await readAddress(s.w.app, 'thief@new.example')).since).not.toBeNull()
    const old = readLink(
      linkSecret,
      /link\/(\S+)/.exec(
        mailTo(s, 'thief@new.example')
          .map(({ text }) => text)
          .join('\n'),
      )?.[1] ?? '',
      s.w.app.now(),
    )
    if (!old.ok) throw new Error(old.refusal)
    expect(await isLinkEnded(s.w.app, old)).toBe(true)
    // The one-use link makes the claimant's address the account's.
    const token = letterTo(s, ownerNow, 'binding')
    const bind = (given: string) => bindClaim(s.w.app, { ...key, token: given, secret: linkSecret })
    expect(await bind('ZZZZ-ZZZZ-ZZZZ-ZZZZ')).toMatchObject({ refusal: 'link_invalid' })
    expect(await bind(token)).toMatchObject({ ok: true })
    expect(await bind(token)).toMatchObject({ refusal: 'link_used' })
    expect((await readAddress(s.w.app, ownerNow)).sellers).toMatchObject([
      { id: 'clay', member: null },
    ])
    const asked = s.shop.asked.filter(({ method }) => method === 'POST').map(({ path }) => path)
    expect(asked).toEqual(
      expect.arrayContaining([
        '/subjects/account/clay/end-sessions',
        '/subjects/account/clay/reset-access',
      ]),
    )
    expect(
      valueOf(await readClaim(s.w.app, key)).orders.map(({ doneAt }) => doneAt === null),
    ).toEqual([false, false, false])
  })

  test('that somebody known objects to before it is called off, and needs papers that both have seen', async () => {
    await using s = await surroundings()
    const { nadia, ines } = await owned(s)
    const { key, caseId, number } = await proved(s)
    valueOf(await opinion(s, nadia, caseId))
    valueOf(await opinion(s, ines, caseId))
    await settle(s)
    s.w.advance(20 * hour)
    valueOf(await object(s, known, number))
    // Heard again, it is the same question.
    valueOf(await object(s, known, number))
    await settle(s)
    expect(await stateOf(s, key)).toBe('proved')
    expect((await caseOf(s, key)).state).toBe('open')
    s.w.advance(10 * hour)
    await settle(s)
    expect((await s.w.owed(account))?.state).toEqual(shut)
    expect(await opinion(s, nadia, caseId)).toMatchObject({ refusal: 'document_needed' })
    valueOf(await recordPapers(s.w.app, ines, { caseId, reasons: 'The passport fits the face.' }))
    await settle(s)
    expect(await opinion(s, nadia, caseId)).toMatchObject({ refusal: 'identity_not_seen' })
    valueOf(await opinion(s, nadia, caseId, 'yes', 'matches'))
    valueOf(await opinion(s, ines, caseId, 'yes', 'matches'))
    await settle(s)
    s.w.advance(72 * hour)
    await settle(s)
    expect(await stateOf(s, key)).toBe('handed-over')
  })

  test('is shut again at once when somebody known objects on probation; lateness hands nothing over', async () => {
    await using s = await surroundings()
    const { key, number, nadia, ines } = await handedOver(s)
    valueOf(
      await bindClaim(s.w.app, {
        ...key,
        token: letterTo(s, ownerNow, 'binding'),
        secret: linkSecret,
      }),
    )
    s.w.advance(5 * day)
    valueOf(await object(s, known, number))
    await settle(s)
    expect(await stateOf(s, key)).toBe('proved')
    expect((await s.w.owed(account))?.state).toMatchObject({ signIn: false })
    for (let days = 0; days < 20; days += 5) {
      s.w.advance(5 * day)
      await settle(s)
    }
    expect(await stateOf(s, key)).toBe('proved')
    const { id } = await caseOf(s, key)
    valueOf(await opinion(s, nadia, id, 'no'))
    valueOf(await opinion(s, ines, id, 'no'))
    await settle(s)
    // Handed over wrongly: it stays shut until its owner has claimed it, and who had it has it no more.
    expect((await s.w.owed(account))?.state).toMatchObject({ signIn: false })
    expect((await readAddress(s.w.app, ownerNow)).sellers).toEqual([])
  })

  test('lists what was changed, and the new owner returns it in one step', async () => {
    await using s = await surroundings()
    s.shop.abilities.push('changesSince', 'revert')
    s.shop.changes.push(...['c1', 'c2'].map((id) => changed(s, id, id === 'c1')))
    const { key } = await handedOver(s)
    const owner = { kind: 'seller', sellerId: 'clay', by: ownerNow, matter: null } as const
    expect(valueOf(await readOwnChanges(s.w.app, owner))).toBeNull()
    expect(await returnChanges(s.w.app, { ...key, changes: null })).toMatchObject({
      refusal: 'wrong_state',
    })
    valueOf(
      await bindClaim(s.w.app, {
        ...key,
        token: letterTo(s, ownerNow, 'binding'),
        secret: linkSecret,
      }),
    )
    const states = async () =>
      valueOf(await readClaim(s.w.app, key)).changes.map(({ id, state }) => [id, state])
    expect(await states()).toEqual([
      ['c1', 'there'],
      ['c2', 'there'],
    ])
    expect(await returnChanges(s.w.app, { ...key, changes: ['c2'] })).toMatchObject({
      refusal: 'not_found',
    })
    // The owner reads the same where they sign in, and returns it there; nobody else does.
    const own = async () => valueOf(await readOwnChanges(s.w.app, owner))
    expect(await own()).toMatchObject({ isComplete: true, list: [{ id: 'c1' }, { id: 'c2' }] })
    const stranger = await s.w.seller('stranger')
    expect(valueOf(await readOwnChanges(s.w.app, stranger))).toBeNull()
    expect(await returnOwnChanges(s.w.app, stranger, { changes: null })).toMatchObject({
      refusal: 'wrong_state',
    })
    valueOf(await returnOwnChanges(s.w.app, owner, { changes: null }))
    await settle(s)
    expect(await states()).toEqual([
      ['c1', 'returned'],
      ['c2', 'there'],
    ])
  })
})

describe('while a claim keeps the account shut', () => {
  test('appeal windows and dated questions stand still, and the desk’s own clock goes on', async () => {
    await using s = await surroundings()
    const { seller, nadia } = await owned(s)
    const milan = await s.w.reviewer('Milan')
    const decisionId = await s.w.imposed(milan, { subject: account, measure: 'account.suspend' })
    await settle(s)
    const filed = valueOf(
      await fileAppeal(
        s.w.app,
        seller,
        {
          objections: [{ decisionId, track: 'dispute', text: 'Wrong.', remedy: null }],
          fileIds: [],
        },
        null,
      ),
    )
    const vera = await s.w.reviewer('Vera')
    valueOf(await takeCase(s.w.app, vera, filed.caseId))
    valueOf(await askSeller(s.w.app, vera, { caseId: filed.caseId, question: 'Which one?' }))
    const until = (await s.w.case(filed.caseId)).ask?.until
    const { key } = await claim(s)
    valueOf(await proveSavedCode(s.w.app, { ...key, saved }))
    await settle(s)
    s.w.advance(72 * hour)
    await settle(s)
    expect((await s.w.case(filed.caseId)).ask?.until.getTime()).toBe(
      (until?.getTime() ?? 0) + 72 * hour,
    )
    const [measure] = await s.w.measures(account)
    expect(measure?.stoodStill ?? 0).toBeGreaterThanOrEqual(0)
    expect(nadia.desks).toEqual(['identity'])
  })

  test('the days before a closing stand still, and what ends by itself ends on its day', async () => {
    await using s = await surroundings()
    await owned(s)
    const milan = await s.w.reviewer('Milan')
    await s.w.imposed(milan, { subject: account, measure: 'account.close' })
    const closing = async () =>
      (await s.w.measures(account)).find(({ decision }) => decision.measure === 'account.close')
    const before = (await closing())?.action.inForceFrom.getTime() ?? 0
    s.w.advance(29 * day)
    const endsAt = new Date(s.w.app.now().getTime() + 2 * day)
    await s.w.imposed(milan, { subject: payouts, measure: 'payout.hold', amount: 10, endsAt })
    await settle(s)
    const { key } = await claim(s)
    valueOf(await proveSavedCode(s.w.app, { ...key, saved }))
    await settle(s)
    s.w.advance(60 * hour)
    await settle(s)
    // Two and a half days later the closing would count by its first day, and the hold is over by its own.
    expect((await closing())?.action.inForceFrom.getTime()).toBeGreaterThan(s.w.app.now().getTime())
    expect((await s.w.owed(account))?.state).toMatchObject({ sell: true })
    const [hold] = (await s.w.measures(payouts)).filter(
      ({ decision }) => decision.measure === 'payout.hold',
    )
    expect(hold?.action).toMatchObject({ endsAt, endedBy: null })
    expect(hold?.action.endedAt).not.toBeNull()
    s.w.advance(12 * hour)
    await settle(s)
    const moved = ((await closing())?.action.inForceFrom.getTime() ?? 0) - before
    expect(Math.abs(moved - 72 * hour)).toBeLessThan(hour)
  })

  test('an appeal of whoever is in it opens nothing', async () => {
    await using s = await surroundings()
    const { seller, ines } = await owned(s)
    const vera = await s.w.reviewer('Vera')
    const decisionId = await s.w.imposed(vera, { subject: account, measure: 'account.secure' })
    await proved(s)
    const filed = valueOf(
      await fileAppeal(
        s.w.app,
        seller,
        {
          objections: [{ decisionId, track: 'dispute', text: 'It was us.', remedy: null }],
          fileIds: [],
        },
        null,
      ),
    )
    valueOf(await takeCase(s.w.app, ines, filed.caseId))
    const { objections } = await s.w.case(filed.caseId)
    const granted = await decideCase(s.w.app, ines, {
      caseId: filed.caseId,
      answers: objections.map(({ id }) => ({ objectionId: id, power: 'grant', reasons: 'Fine.' })),
    })
    expect(granted).toMatchObject({ refusal: 'claim_on_account' })
  })
})

test('what was decided in the window waits in a repair, where a person lifts it without blame or keeps it', async () => {
  await using s = await surroundings()
  const people = await owned(s)
  const milan = await s.w.reviewer('Milan')
  const before = await s.w.imposed(milan, { subject: account, measure: 'account.warn' })
  s.w.advance(5 * day)
  const filed = await claim(s)
  valueOf(
    await setFirstSign(s.w.app, people.nadia, {
      caseId: filed.caseId,
      at: ago(s, 2 * day),
      reasons: 'The contact was changed that day.',
    }),
  )
  s.w.advance(hour)
  const inside = await s.w.imposed(milan, { subject: account, measure: 'account.suspend' })
  valueOf(await proveSavedCode(s.w.app, { ...filed.key, saved }))
  valueOf(await askProofLetters(s.w.app, filed.key))
  await settle(s)
  valueOf(
    await proveContact(s.w.app, {
      ...filed.key,
      letter: letterTo(s, known, 'proof'),
      secret: linkSecret,
    }),
  )
  await settle(s)
  valueOf(await opinion(s, people.nadia, filed.caseId))
  valueOf(await opinion(s, people.ines, filed.caseId))
  await settle(s)
  s.w.advance(25 * hour)
  await settle(s)
  const repair = await s.w.inside((tx) =>
    tx
      .selectFrom('cases')
      .select(['id', 'desk'])
      .where('kind', '=', 'repair')
      .executeTakeFirstOrThrow(),
  )
  expect(repair.desk).toBe('performance')
  const held = await s.w.case(repair.id)
  expect(held.objections.map(({ decisionId }) => decisionId)).toEqual([inside])
  expect(held.objections.map(({ decisionId }) => decisionId)).not.toContain(before)
  const perry = await s.w.reviewer('Perry', ['performance'])
  valueOf(await takeCase(s.w.app, perry, repair.id))
  const answers = held.objections.map(({ id }) => ({
    objectionId: id,
    power: 'grant' as const,
    reasons: 'A stranger did what this was about.',
  }))
  valueOf(await decideCase(s.w.app, perry, { caseId: repair.id, answers }))
  await settle(s)
  expect(
    (await s.w.measures(account)).find(({ decision }) => decision.id === inside)?.endedBy?.kind,
  ).toBe('lift')
})
