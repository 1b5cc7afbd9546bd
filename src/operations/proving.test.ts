import { describe, expect, test } from 'vitest'
import {
  hour,
  day,
  code,
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
  mailTo,
  letterTo,
  opinion,
  proved,
} from '../../test/proving.ts'
import { linkSecret, surroundings } from '../../test/surroundings.ts'
import { marketplace, valueOf } from '../../test/world.ts'
import { recordPapers } from './claim-desk.ts'
import {
  askPayoutProof,
  askProofLetters,
  confirmPayout,
  listPayoutRequests,
  proveContact,
  proveSavedCode,
} from './claim-proof.ts'
import { decideCase, takeCase } from './case.ts'
import { readDeskCase } from './case-view.ts'
import { fileClaim, readClaim } from './recovery.ts'

describe('one proof', () => {
  test('shuts the account to everybody and lets it sell; everybody known is told; after 72 hours it is open again', async () => {
    await using s = await surroundings()
    await owned(s)
    const { key } = await claim(s)
    await settle(s)
    expect(await s.w.owed(account)).toBeNull()
    valueOf(await proveSavedCode(s.w.app, { ...key, saved }))
    await settle(s)
    expect(await stateOf(s, key)).toBe('frozen')
    expect((await s.w.owed(account))?.state).toEqual(shut)
    expect((await s.w.owed(payouts))?.state).toMatchObject({ onlyTo: ['old-bank'] })
    for (const address of [known, 'clay@sellers.example'])
      expect(mailTo(s, address).map(({ subject }) => subject)).toContainEqual(
        expect.stringMatching(/^Your account is shut for now/),
      )
    s.w.advance(72 * hour)
    await settle(s)
    expect(await stateOf(s, key)).toBe('open')
    expect((await s.w.owed(account))?.state).toEqual(open)
    expect(valueOf(await readClaim(s.w.app, key)).proving.proofs).toHaveLength(1)
  })

  test('freezes twice in thirty days and no more, whoever claims', async () => {
    await using s = await surroundings()
    await owned(s)
    for (const number of [1, 2, 3]) {
      const own = `000${number}-M2D9-R4TB-0WZE`
      const { key } = await claim(s, `griefer${number}@elsewhere.example`, own)
      await s.w.inside((tx) => tx.updateTable('saved_codes').set({ used_at: null }).execute())
      valueOf(await proveSavedCode(s.w.app, { ...key, saved }))
      await settle(s)
      expect(await stateOf(s, key)).toBe(number < 3 ? 'frozen' : 'open')
      s.w.advance(73 * hour)
      await settle(s)
      expect((await s.w.owed(account))?.state).toEqual(open)
    }
  })

  test.each([
    ['a wrong code', 'ZZZZ-EFGH-JKMN-PQRS', 'clay'],
    ['a right code for an account that nobody knows', saved, 'no such shop'],
  ])('is not %s: nothing is frozen, and nothing is told', async (_what, given, named) => {
    await using s = await surroundings()
    await owned(s)
    valueOf(
      await fileClaim(s.w.app, { account: named, happened: 'x', address: ownerNow, code }, null),
    )
    const key = { number: 7001, code }
    expect(await proveSavedCode(s.w.app, { ...key, saved: given })).toMatchObject({
      refusal: 'proof_not_taken',
    })
    await settle(s)
    expect(await s.w.owed(account)).toBeNull()
    expect(await stateOf(s, key)).toBe('open')
  })

  test('by what was made after the first sign counts nothing', async () => {
    await using s = await surroundings()
    await owned(s)
    const { key } = await claim(s)
    await s.w.inside((tx) =>
      tx.updateTable('saved_codes').set({ made_at: s.w.app.now() }).execute(),
    )
    expect(await proveSavedCode(s.w.app, { ...key, saved })).toMatchObject({
      refusal: 'proof_not_taken',
    })
  })
})

describe('a letter', () => {
  test('goes to what was known long before, also when the thief took it away, and counts once and for its own claim', async () => {
    await using s = await surroundings()
    await owned(s)
    await contact(s, 'clay-old', known, { verifiedAt: ago(s, 400 * day), removedAt: ago(s, day) })
    await contact(s, 'new', 'thief@new.example', { verifiedAt: ago(s, hour) })
    const mine = await claim(s)
    const other = await claim(s, 'other@elsewhere.example', '1111-M2D9-R4TB-0WZE')
    valueOf(await askProofLetters(s.w.app, mine.key))
    valueOf(await askProofLetters(s.w.app, mine.key))
    await settle(s)
    const letters = s.post.arrived.filter(({ mail }) => mail.text?.includes('/proof#'))
    expect(letters.map(({ to }) => to)).toEqual([known])
    const letter = letterTo(s, known, 'proof')
    const prove = (key: typeof mine.key) =>
      proveContact(s.w.app, { ...key, letter, secret: linkSecret })
    expect(await prove(other.key)).toMatchObject({ refusal: 'proof_not_taken' })
    expect(await prove(mine.key)).toMatchObject({ ok: true })
    expect(await prove(mine.key)).toMatchObject({ refusal: 'proof_given' })
    const kept = await s.w.inside((tx) => tx.selectFrom('claim_letters').selectAll().execute())
    expect(JSON.stringify(kept)).not.toContain(letter)
  })

  test('is over after a day, and the claim goes on', async () => {
    await using s = await surroundings()
    await owned(s)
    const { key } = await claim(s)
    valueOf(await askProofLetters(s.w.app, key))
    await settle(s)
    const letter = letterTo(s, known, 'proof')
    s.w.advance(day)
    expect(await proveContact(s.w.app, { ...key, letter, secret: linkSecret })).toMatchObject({
      refusal: 'proof_not_taken',
    })
    valueOf(await askProofLetters(s.w.app, key))
    await settle(s)
    const again = letterTo(s, known, 'proof')
    expect(
      await proveContact(s.w.app, { ...key, letter: again, secret: linkSecret }),
    ).toMatchObject({
      ok: true,
    })
  })
})

test('the holder of an old bank account is asked by the marketplace, and a new one proves nothing', async () => {
  await using s = await surroundings()
  await owned(s)
  const { key, number } = await claim(s)
  expect(
    await confirmPayout(s.w.app, marketplace, { number, destinationId: 'old-bank' }),
  ).toMatchObject({
    refusal: 'not_found',
  })
  valueOf(await askPayoutProof(s.w.app, key))
  const [request] = valueOf(await listPayoutRequests(s.w.app, marketplace))
  expect(request).toMatchObject({ sellerId: 'clay', destinations: [{ id: 'old-bank' }] })
  const confirm = (destinationId: string) =>
    confirmPayout(s.w.app, marketplace, { number, destinationId })
  expect(await confirm('new-bank')).toMatchObject({ refusal: 'proof_not_taken' })
  expect(await confirm('old-bank')).toMatchObject({ ok: true })
  expect(await confirm('old-bank')).toMatchObject({ refusal: 'proof_given' })
  await settle(s)
  expect(await stateOf(s, key)).toBe('frozen')
})

describe('two specialists', () => {
  test('decide without seeing each other; nobody decides alone, and nobody twice', async () => {
    await using s = await surroundings()
    const { nadia, ines } = await owned(s)
    const { key, caseId } = await proved(s)
    await takeCase(s.w.app, nadia, caseId)
    const { objections } = await s.w.case(caseId)
    const alone = await decideCase(s.w.app, nadia, {
      caseId,
      answers: objections.map(({ id }) => ({ objectionId: id, power: 'grant', reasons: 'Yes.' })),
    })
    expect(alone).toMatchObject({ refusal: 'two_decide' })
    valueOf(await opinion(s, nadia, caseId))
    expect(await opinion(s, nadia, caseId)).toMatchObject({ refusal: 'both_parts' })
    await settle(s)
    expect(await opinion(s, nadia, caseId)).toMatchObject({ refusal: 'both_parts' })
    const seen = valueOf(await readDeskCase(s.w.app, ines, caseId, 'eu'))
    expect(seen.claim?.proving).toMatchObject({ mine: null, opinions: [], maySay: ['yes', 'no'] })
    expect(JSON.stringify(seen)).not.toContain('Nadia looked.')
    valueOf(await opinion(s, ines, caseId))
    await settle(s)
    expect(await stateOf(s, key)).toBe('agreed')
    const after = valueOf(await readDeskCase(s.w.app, ines, caseId, 'eu'))
    expect(after.claim?.proving?.opinions).toHaveLength(2)
  })

  test('who differ leave it to the head, and a no can be looked at again by others', async () => {
    await using s = await surroundings()
    const { nadia, ines, omar } = await owned(s)
    const { key, caseId } = await proved(s)
    valueOf(await opinion(s, nadia, caseId, 'no'))
    valueOf(await opinion(s, ines, caseId, 'yes'))
    await settle(s)
    expect(await stateOf(s, key)).toBe('split')
    expect(await s.w.case(caseId)).toMatchObject({ desk: 'identity-chief' })
    const vera = await s.w.reviewer('Vera', ['identity'])
    expect(await opinion(s, vera, caseId)).toMatchObject({ refusal: 'head_decides' })
    valueOf(await opinion(s, omar, caseId, 'no'))
    await settle(s)
    expect(await stateOf(s, key)).toBe('refused')
    expect((await s.w.owed(account))?.state).toEqual(open)
  })

  test('are nobody who shut the account, or worked on an earlier claim', async () => {
    await using s = await surroundings()
    const { nadia, ines } = await owned(s)
    const first = await claim(s, 'first@elsewhere.example', '1111-M2D9-R4TB-0WZE')
    valueOf(await opinion(s, nadia, first.caseId, 'no'))
    const vera = await s.w.reviewer('Vera')
    await s.w.imposed(vera, { subject: account, measure: 'account.secure' })
    const { caseId } = await proved(s)
    expect(await opinion(s, nadia, caseId)).toMatchObject({ refusal: 'handled_before' })
    expect(await opinion(s, vera, caseId)).toMatchObject({ refusal: 'own_measure' })
    expect(await recordPapers(s.w.app, vera, { caseId, reasons: 'Fits.' })).toMatchObject({
      refusal: 'own_measure',
    })
    expect(await opinion(s, ines, caseId)).toMatchObject({ ok: true })
  })
})
