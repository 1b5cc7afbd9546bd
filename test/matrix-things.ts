/** What stands in the world of the matrix beside cases of sellers, and the words that only some may read. */
import { complaintNumber, noTraces } from '../src/core/complaint.ts'
import { codeOf } from '../src/operations/claim-code.ts'
import { complaintCode } from '../src/operations/complaint-code.ts'
import { tellComplaints } from '../src/operations/complaint.ts'
import { fileClaim } from '../src/operations/recovery.ts'
import { insertLetter } from '../src/store/letter.ts'
import { insertRing } from '../src/store/ring.ts'
import { insertWeighing } from '../src/store/weighing.ts'
import type { Served } from './served.ts'
import { marketplace } from './world.ts'

/** Words that only some may read, by whose they are. */
export const secrets = {
  clay: 'Clay-Words',
  /** Of the same seller, in its other matter. */
  otherMatter: 'Other-Matter-Words',
  rival: 'Rival-Words',
  claim: 'Claim-Words',
  /** Of the one complaint and of the other; no seller reads who wrote them. */
  report: 'Report-Words',
  reporter: 'Reporter-Words',
  trial: 'Trial-Words',
  webhook: 'Webhook-Words',
  withheld: 'Withheld-Words',
  note: 'Note-Words',
  letter: 'Letter-Words',
} as const

/** What a body wrote about a case. */
export async function bodyLetter(
  s: Served,
  { caseId, sellerId, by }: { caseId: string; sellerId: string; by: string },
): Promise<string> {
  const id = `let_${caseId}`
  const at = s.app.now()
  await s.inside((tx) =>
    insertLetter(tx, {
      id,
      caseId,
      sellerId,
      sender: { kind: 'body', name: 'Board', answerTo: 'board@body.example' },
      reference: null,
      writtenOn: null,
      receivedOn: '2026-11-23',
      receivedAt: at,
      recordedAt: at,
      recordedBy: by,
      text: secrets.letter,
      showsAuthority: false,
      sellerHears: true,
      wants: null,
      dueAt: null,
      overdueSince: null,
      metAt: null,
      metBy: null,
      outcome: null,
    }),
  )
  return id
}

/** A call that nobody noted. */
export async function lapsedCall(s: Served, caseId: string, sellerId: string): Promise<string> {
  const at = s.app.now()
  const id = `cal_${caseId}`
  await s.inside((tx) =>
    tx
      .insertInto('calls')
      .values({
        id,
        case_id: caseId,
        seller_id: sellerId,
        starts_at: at,
        ends_at: new Date(at.getTime() + 900_000),
        seat: 1,
        number: '+351 912 345 678',
        state: 'lapsed',
        said: null,
        by_id: null,
        booked_at: at,
        ended_at: at,
      })
      .execute(),
  )
  return id
}

/** A claim on an account that nobody knows. */
export async function filedClaim(s: Served) {
  const code = codeOf(crypto.getRandomValues(new Uint8Array(10)))
  const filed = await fileClaim(
    s.app,
    { account: 'nobody we know', happened: secrets.claim, address: 'me@elsewhere.example', code },
    null,
  )
  if (!filed.ok) throw new Error(filed.refusal)
  const { number } = filed.value
  return s.inside(async (tx) => {
    const row = await tx
      .selectFrom('claims')
      .innerJoin('claim_cases', 'claim_cases.claim_id', 'claims.id')
      .select(['claims.id', 'case_id'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    return { id: row.id, caseId: row.case_id, number: `R-${number}`, code }
  })
}

/** A complaint about a seller; the first is the one whose words only some may read. */
export async function toldComplaint(s: Served, number: number) {
  const [filed] = await tellComplaints(s.app, marketplace, [
    {
      complaint: {
        toldId: `complaint-${number}`,
        at: null,
        sellerId: 'clay',
        listingId: 'plain',
        orderId: null,
        kind: 'other',
        text: number === 1 ? secrets.report : 'Another one.',
        reporter: {
          id: `${secrets.reporter}-${number}`,
          kind: 'customer',
          name: secrets.reporter,
          address: null,
          traces: noTraces,
        },
      },
    },
  ])
  if (!filed?.ok || filed.value.complaint === null) throw new Error('tell a complaint')
  const { complaint } = filed.value
  const code = complaintCode(s.config.secret, complaint.id)
  return { id: complaint.id, number: complaintNumber(complaint), code }
}

/** Who is of the ring that there is. */
export const ringMember = `${secrets.reporter}-1`

/** A ring that a weighing found, with this complaint in it. */
export async function foundRing(s: Served, complaintId: string): Promise<string> {
  const at = s.app.now()
  const [id, time] = ['rng_matrix', at.toISOString()]
  const report = {
    name: 'ring-1',
    evidence: {
      total: 9,
      parts: {
        strange: 9,
        identity: 0,
        wording: 0,
        target: 0,
        rival: 0,
        joined: 0,
        burst: 0,
        chance: 0,
      },
    },
    members: [
      {
        reporterId: ringMember,
        joinedAt: null,
        complaints: [{ id: complaintId, at: time, sellerId: 'clay', counts: false }],
      },
    ],
    targets: ['clay'],
    ...{ rival: null, shared: [], sayings: [], joined: null, outside: [] },
    span: { from: time, to: time },
  }
  await s.inside(async (tx) => {
    const weighing = { number: 1, engine: 'none', weights: {}, weighedAt: at, tookMs: 0 }
    await insertWeighing(tx, { ...weighing, complaints: 1, counting: 0, rings: 1 })
    await insertRing(tx, { id, follows: null, foundAt: at, weighing: 1, report })
  })
  return id
}
