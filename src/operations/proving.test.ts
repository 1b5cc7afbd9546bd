import { describe, expect, test } from 'vitest'
import { linkSecret, surroundings, type Surroundings } from '../../test/surroundings.ts'
import { marketplace, valueOf } from '../../test/world.ts'
import { hashOfCode } from './claim-code.ts'
import { tellContacts } from './fact.ts'
import { giveOpinion, recordPapers, setFirstSign } from './claim-desk.ts'
import { bindClaim, returnChanges } from './claim-owner.ts'
import {
  askPayoutProof,
  askProofLetters,
  confirmPayout,
  listPayoutRequests,
  proveContact,
  proveSavedCode,
} from './claim-proof.ts'
import { fileAppeal } from './appeal.ts'
import { askSeller, decideCase, takeCase } from './case.ts'
import { readDeskCase } from './case-view.ts'
import { isLinkEnded, readLink } from './link.ts'
import { disputeClaim, fileClaim, readClaim } from './recovery.ts'
import { readAddress } from './session.ts'
import type { StaffReader } from './who.ts'

const hour = 3_600_000
const day = 24 * hour
const code = '7KQX-M2D9-R4TB-0WZE'
const saved = 'ABCD-EFGH-JKMN-PQRS'
const account = { kind: 'account', id: 'clay' } as const
const payouts = { kind: 'payouts', id: 'clay' } as const
const ownerNow = 'owner@elsewhere.example'
const known = 'clay@old.example'
const open = { signIn: true, sell: true, addListings: true }
const shut = { signIn: false, sell: true, addListings: true }

/** An account of old: a known contact, saved codes, a bank account; and people at the identity desks. */
async function owned(s: Surroundings) {
  const seller = await s.w.seller()
  await s.w.balance('clay', 300)
  await contact(s, 'clay-old', known, { verifiedAt: ago(s, 400 * day) })
  await s.w.inside((tx) =>
    tx
      .insertInto('saved_codes')
      .values({
        address: known,
        code_hash: hashOfCode(saved),
        made_at: ago(s, 100 * day),
        used_at: null,
      })
      .execute(),
  )
  const nadia = await s.w.reviewer('Nadia', ['identity'])
  const ines = await s.w.reviewer('Ines', ['identity'])
  const omar = await s.w.reviewer('Omar', ['identity-chief'])
  return { seller, nadia, ines, omar }
}

const ago = (s: Surroundings, milliseconds: number) =>
  new Date(s.w.app.now().getTime() - milliseconds)

function contact(
  s: Surroundings,
  id: string,
  address: string,
  { verifiedAt = null, removedAt = null }: { verifiedAt?: Date | null; removedAt?: Date | null },
) {
  return tellContacts(s.w.app, marketplace, [
    { id, sellerId: 'clay', address, verifiedAt, removedAt, factAt: null },
  ])
}

async function claim(s: Surroundings, address = ownerNow, own = code) {
  const filed = valueOf(
    await fileClaim(
      s.w.app,
      { account: 'clay', happened: 'My telephone was stolen.', address, code: own },
      null,
    ),
  )
  const key = { number: filed.number, code: own }
  const { case: held } = valueOf(await readClaim(s.w.app, key))
  return { ...filed, key, caseId: held.id }
}

/** Lets the clocks fire and the mail go out, until nothing is left. */
async function settle(s: Surroundings) {
  for (let round = 0; round < 8; round++) {
    const fired = await s.w.fireDue()
    const now = s.w.app.now()
    const isDue = (await s.deliveries()).some(({ due_at: dueAt }) => dueAt <= now)
    if (fired === 0 && !isDue) return
    if (!isDue) continue
    const delivery = s.carry()
    await delivery.idle()
    await delivery.stop()
  }
}

const stateOf = async (s: Surroundings, key: { number: number; code: string }) =>
  valueOf(await readClaim(s.w.app, key)).proving.state
const caseOf = async (s: Surroundings, key: { number: number; code: string }) =>
  valueOf(await readClaim(s.w.app, key)).case

const mailTo = (s: Surroundings, address: string) =>
  s.post.arrived.filter(({ to }) => to === address).map(({ mail }) => mail)

/** The code in the last letter to an address. */
function letterTo(s: Surroundings, address: string, purpose: 'proof' | 'binding'): string {
  const found = mailTo(s, address)
    .map(({ text }) => new RegExp(`/recovery/R-\\d+/${purpose}#([0-9A-Z-]+)`).exec(text ?? '')?.[1])
    .filter((letter) => letter !== undefined)
  return found.at(-1) ?? ''
}

/** Says no by the link in the last mail about a claim to an address. */
async function object(s: Surroundings, address: string, number: number) {
  const text = mailTo(s, address)
    .map((mail) => mail.text ?? '')
    .filter((words) => words.includes('/not-us#'))
    .at(-1)
  const token = /not-us#(\S+)/.exec(text ?? '')?.[1] ?? ''
  const link = readLink(linkSecret, token, s.w.app.now(), 'claim')
  if (!link.ok) throw new Error(link.refusal)
  return disputeClaim(s.w.app, link, { number, text: 'It was not us.' }, null)
}

const opinion = (
  s: Surroundings,
  who: StaffReader,
  caseId: string,
  says: 'yes' | 'no' = 'yes',
  identity: 'matches' | 'not-seen' = 'not-seen',
) => giveOpinion(s.w.app, who, { caseId, says, identity, reasons: `${who.name} looked.` })

/** A claim with two kinds of proof, of which everybody known was told. */
async function proved(s: Surroundings) {
  const filed = await claim(s)
  valueOf(await proveSavedCode(s.w.app, { ...filed.key, saved }))
  await settle(s)
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
  return filed
}

async function handedOver(s: Surroundings) {
  const people = await owned(s)
  const filed = await proved(s)
  valueOf(await opinion(s, people.nadia, filed.caseId))
  valueOf(await opinion(s, people.ines, filed.caseId))
  await settle(s)
  s.w.advance(24 * hour)
  await settle(s)
  return { ...people, ...filed }
}

/** A change as the shop tells it. */
const changed = (s: Surroundings, id: string, revertible: boolean) => ({
  id,
  at: s.w.app.now().toISOString(),
  kind: 'payout-target',
  subjectId: null,
  before: 'IBAN ending 4410',
  after: 'IBAN ending 9999',
  revertible,
})

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
    expect(await returnChanges(s.w.app, { ...key, changes: null })).toMatchObject({ ok: true })
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
