/** One trace of the model of recovery, played over HTTP: the same holdings, the same acts at the same times. */
import { otherOf, readsFor, type Side } from './claim-model.ts'
import type { Served } from './served.ts'
import { problemOf, type Client } from '../src/contract/client.ts'
import { hashOfCode } from '../src/operations/claim-code.ts'
import { letterCode, makeLink } from '../src/operations/link.ts'
import { claimNotice, recordFailure, recordSent } from '../src/operations/notice.ts'
import { casesOfClaim } from '../src/store/recovery.ts'

const hour = 3_600_000
const day = 24 * hour

/** The people at the identity desks, each with a browser of their own. */
export interface Specialists {
  nadia: Client
  ines: Client
  omar: Client
}

/** Signs them in; who says what depends on the trace. */
export async function specialists(s: Served): Promise<Specialists> {
  await s.reviewer('Nadia', ['identity'])
  await s.reviewer('Ines', ['identity'])
  await s.reviewer('Omar', ['identity-chief'])
  const client = async (name: string) => s.clientWith(await s.signIn(`${name}@marketplace.example`))
  return { nadia: await client('nadia'), ines: await client('ines'), omar: await client('omar') }
}

/** Plays it for an account of its own; answers whether the claimant holds that in the end. */
export async function playTrace(
  s: Served,
  people: Specialists,
  { who, set, timing }: Omit<Side, 'otherClaims'>,
  name: string,
): Promise<boolean> {
  const addresses = [`first@${name}.example`, `second@${name}.example`]
  const ago = (time: number) => new Date(s.app.now().getTime() - time)
  await s.seller(name)
  await s.balance(name, 300)
  for (const [place, address] of addresses.entries())
    await s.owner(
      `insert into contacts (id, seller_id, kind, address, verified_at, fact_at, received_at)
       values ($1, $2, 'email', $3, $4, $4, $4)`,
      [`${name}-${place}`, name, address, ago(400 * day)],
    )
  const saved = 'ABCD-EFGH-JKMN-PQRS'
  await s.owner('insert into saved_codes values ($1, $2, $3, null)', [
    addresses[0],
    hashOfCode(saved),
    ago(100 * day),
  ])

  const letters = new Map<string, string>()
  /** Clocks ring and mail goes out; an address that nobody reads takes none. */
  const settle = async () => {
    for (let round = 0; round < 12; round++) {
      let moved = (await s.fireDue()) > 0
      for (;;) {
        const found = await claimNotice(s.app)
        if (found.found === 'nothing') break
        moved = true
        if (found.found !== 'letter') continue
        const { address, notice } = found.letter
        const place = addresses.indexOf(address)
        if (place >= 0 && set.contacts[place] === 'nobody')
          await recordFailure(s.app, found.letter, { isPermanent: true, error: 'No such mailbox.' })
        else await recordSent(s.app, found.letter)
        const letterId = notice.body.link?.claim?.letterId
        if (letterId !== undefined) letters.set(address, letterCode(s.config.secret, letterId))
      }
      if (!moved) return
    }
  }
  const advanceTo = async (at: string | null, more = 0) => {
    if (at === null) return
    const ahead = new Date(at).getTime() + more - s.app.now().getTime()
    if (ahead > 0) s.advance(ahead)
    await settle()
  }
  const given = async (work: Promise<unknown>) => {
    try {
      await work
    } catch (error) {
      // What the rules refuse is part of the trace; anything else is a fault.
      if (problemOf(error) === null) throw error
    }
    await settle()
  }

  const { claim, code } = await s.nobody.recovery.fileClaim({
    account: name,
    happened: 'I am locked out.',
    address: `${who}@${name}.elsewhere.example`,
  })
  const { number } = claim
  const as = s.clientWith({ 'x-recourse-code': code })
  await settle()
  const claimed = await s.inside((tx) =>
    tx
      .selectFrom('claims')
      .select('id')
      .where('number', '=', Number(number.slice(2)))
      .executeTakeFirstOrThrow(),
  )
  const caseId = async () =>
    (await s.inside((tx) => casesOfClaim(tx, claimed.id))).at(-1) ?? 'there is none'
  const stateNow = async () => (await as.recovery.getClaim({ number })).progress.state
  const atDesk = async () => {
    const { claim: seen } = await people.nadia.desk.getCase({ caseId: await caseId() })
    if (!seen?.proving) throw new Error(`read claim ${number}: it is linked with no seller`)
    return seen.proving
  }
  const object = async () => {
    for (const contact of readsFor(otherOf(who), set)) {
      const token = makeLink({
        ...{ secret: s.config.secret, sellerId: name, decisionId: null, caseId: await caseId() },
        contactId: `${name}-${contact.slice(-1)}`,
        expiresAt: new Date(s.app.now().getTime() + day),
        purpose: 'claim',
      })
      const other = s.clientWith({ 'x-recourse-claim-link': token })
      await given(other.recovery.disputeClaim({ number, text: 'It was not us.' }))
    }
  }

  const own = readsFor(who, set)[0]
  if (own !== undefined) {
    await given(as.recovery.askProofLetters({ number }))
    const letter = letters.get(addresses[Number(own.slice(-1))] ?? '') ?? 'none'
    await given(as.recovery.proveContact({ number, code: letter }))
    s.advance(hour)
  }
  if (set[who].includes('saved-code')) {
    await given(as.recovery.proveSavedCode({ number, code: saved }))
    s.advance(hour)
  }
  if (set[who].includes('payout')) {
    await given(as.recovery.askPayoutProof({ number }))
    await given(s.marketplace.recovery.confirmPayout({ number, destinationId: 'old-bank' }))
    s.advance(hour)
  }
  if (timing === 'before the second proof') await object()
  const papersFit = who === 'owner' && set.owner.includes('document')
  const isForged = who === 'thief' && set.insider === 'specialist' && set.thief.includes('document')
  if (papersFit || isForged) {
    await given(people.nadia.desk.recordPapers({ caseId: await caseId(), reasons: 'Looked.' }))
    s.advance(hour)
  }

  const think = async () => {
    for (const by of ['nadia', 'ines', 'omar'] as const) {
      const { state, needsCare } = await atDesk()
      if (by === 'omar' && state !== 'split') continue
      const isInsider =
        (by === 'nadia' && set.insider === 'specialist') ||
        (by === 'omar' && set.insider === 'head')
      const honest = !needsCare || papersFit ? 'yes' : 'no'
      await given(
        people[by].desk.giveOpinion({
          caseId: await caseId(),
          says: isInsider ? (who === 'thief' ? 'yes' : 'no') : honest,
          identity: isInsider || papersFit ? 'matches' : needsCare ? 'differs' : 'not-seen',
          reasons: 'Seen.',
        }),
      )
    }
  }

  for (let round = 0; round < 8; round++) {
    if (['proved', 'split'].includes(await stateNow())) {
      await advanceTo((await atDesk()).coolingUntil, -hour)
      await think()
    }
    if (timing === 'between the yes and the hand-over' && (await stateNow()) === 'agreed')
      await object()
    if ((await stateNow()) === 'agreed') await advanceTo((await atDesk()).handOverAt, 1_000)
    if (timing === 'on probation' && (await stateNow()) === 'handed-over') {
      s.advance(day)
      await object()
    }
    if ((await stateNow()) === 'handed-over')
      await advanceTo((await atDesk()).probationUntil, 1_000)
    if ((await stateNow()) !== 'proved') break
  }
  return (await stateNow()) === 'settled'
}
