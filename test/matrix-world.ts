/** The world of the matrix of permissions: one person of each kind, and for each of them one thing in every relation. */
import { sql } from 'kysely'
import { roles, type Role } from '../src/core/role.ts'
import { fileAppeal } from '../src/operations/appeal.ts'
import { keepFile } from '../src/operations/file.ts'
import { imposeByHand, type Imposition } from '../src/operations/measure.ts'
import { adoptPolicies } from '../src/operations/policy.ts'
import { addStaff } from '../src/operations/staff.ts'
import { startTrial } from '../src/operations/trial.ts'
import type { SellerReader, StaffReader } from '../src/operations/who.ts'
import type { Member, MemberPart } from '../src/core/member.ts'
import { insertMacro } from '../src/store/macro.ts'
import { insertMember } from '../src/store/member.ts'
import { insertNote } from '../src/store/note.ts'
import { insertWebhook } from '../src/store/webhook.ts'
import {
  bodyLetter,
  filedClaim,
  foundRing,
  lapsedCall,
  secrets,
  toldComplaint,
} from './matrix-things.ts'
import { maskPolicy } from './world.ts'
import type { Served } from './served.ts'

/** How who asks stands to what is asked for. */
export const relations = [
  'own',
  'own, another matter',
  'in scope',
  'out of scope',
  'another’s',
  'none',
  'own desk',
  'another desk',
  'took the measure',
  'wrote the rule',
  'a claim at own desk',
] as const
export type Stand = (typeof relations)[number]

/** The ids that a request may name. */
export interface Target {
  sellerId: string
  listingId: string
  decisionId: string
  /** A measure in its minute of undoing, and a closing under an exception. */
  freshId: string
  closingId: string
  caseId: string
  objectionId: string
  fileId: string
  memberId: string
  /** A call that nobody noted, in that case. */
  callId: string
  /** A note of a moment ago, and prepared words of the desk that has the case. */
  noteId: string
  macroId: string
  /** A letter that the case has. */
  letterId: string
  desk: string
  claim: { id: string; number: string; code: string }
  /** A complaint about the seller, for its reporter. */
  report: { id: string; number: string; code: string }
}

const long = 400 * 86_400_000

/** Builds it; the clock stands still from here on. */
export async function matrixWorld(s: Served) {
  const { app } = s
  const someone = await s.reviewer('Someone')
  const staff = new Map<Role, StaffReader>()
  for (const role of roles) staff.set(role, await person(role, [role]))
  const guest = await person('guest', [])
  const rules = roles.map((role) => ({
    ...maskPolicy,
    policy: `rule-of-${role}`,
    author: `${role}@marketplace.example`,
    signals: [{ name: 'word', says: 'has the word', weight: 5, phrases: [wordOf(role)] }],
  }))
  await adoptPolicies(app, rules, 'eu')

  const sellers = {
    clay: await seller('clay', secrets.clay),
    rival: await seller('rival', secrets.rival),
  }
  const claims = { own: await filedClaim(s), other: await filedClaim(s) }
  await s.listing('plain', 'clay', { title: 'A plain thing' })
  const reports = { own: await toldComplaint(s, 1), other: await toldComplaint(s, 2) }
  const ringId = await foundRing(s, reports.own.id)
  const own = await matter(sellers.clay, 'clay-1', secrets.clay)
  const ownOther = await matter(sellers.clay, 'clay-2', secrets.otherMatter)
  const others = await matter(sellers.rival, 'rival-1', secrets.rival)
  const members = {
    staff: await member('clay', 'staff', { role: 'staff' }),
    representative: await member('clay', 'representative', {
      role: 'representative',
      matters: { decisions: [own.decisionId], cases: [own.caseId] },
      mayWrite: true,
      until: new Date(app.now().getTime() + long),
    }),
    others: await member('rival', 'others', { role: 'staff' }),
  }
  const trial = await startTrial(
    app,
    { ...someone, roles: ['policy-manager'] },
    { name: 'masks', source: null, days: 1 },
    null,
  )
  if (!trial.ok) throw new Error(trial.refusal)
  const document = JSON.stringify({ ...maskPolicy, title: secrets.trial })
  await s.inside((tx) => sql`update trials set document = ${document}`.execute(tx))

  const webhookId = 'whk_matrix'
  await s.inside((tx) =>
    insertWebhook(tx, {
      id: webhookId,
      name: secrets.webhook,
      url: 'https://hook.example/',
      kinds: ['case.opened'],
      isOn: false,
      secretNumber: 1,
      secretMadeAt: app.now(),
      madeAt: app.now(),
      madeBy: someone.id,
    }),
  )

  const atDesks = new Map<Role | 'guest', Partial<Record<Stand, Target>>>()
  for (const [role, reader] of [...staff, ['guest', guest] as const]) {
    const isForOwners = role === 'identity-specialist'
    const at = async (name: string, make: Making, changes: { desk?: string } = {}) => {
      const target = await contested(`${role}-${name}`, make)
      await s.inside((tx) =>
        tx
          .updateTable('cases')
          .set({
            ...(isForOwners ? { matter: 'account.lock', desk: 'identity' } : {}),
            ...changes,
            held_by: reader.id,
            held_until: new Date(app.now().getTime() + long),
            due_at: new Date(app.now().getTime() + long),
          })
          .where('id', '=', target.caseId)
          .execute(),
      )
      return target
    }
    const claimed = await filedClaim(s)
    await s.inside((tx) =>
      tx
        .updateTable('cases')
        .set({ held_by: reader.id, held_until: new Date(app.now().getTime() + long) })
        .where('id', '=', claimed.caseId)
        .execute(),
    )
    const plain = await at('own', { title: 'Mask' })
    atDesks.set(role, {
      'own desk': plain,
      'another desk': {
        ...(await at('other', { title: 'Mask' }, { desk: 'executive' })),
        macroId: 'mac_executive',
        desk: 'executive',
      },
      'took the measure': await at('took', { title: 'Spoon', by: reader }),
      'wrote the rule': await at('wrote', {
        title: role === 'guest' ? 'Mask' : `Cup ${wordOf(role)}`,
      }),
      'a claim at own desk': {
        ...plain,
        caseId: claimed.caseId,
        callId: await lapsedCall(s, claimed.caseId, 'rival'),
        letterId: await bodyLetter(s, {
          caseId: claimed.caseId,
          sellerId: 'rival',
          by: someone.id,
        }),
        claim: claimed,
        report: reports.own,
      },
    })
  }
  const fresh = new Map<string, string>()
  const closing = new Map<string, string>()
  for (const reader of [someone, ...staff.values()]) {
    const id = `closed-by-${reader.name}`
    await seller(id, secrets.rival)
    closing.set(
      reader.id,
      await byHand(reader, {
        subject: { kind: 'account', id },
        measure: 'account.close',
        exception: 'imperative_reason',
      }),
    )
  }
  s.advance(61_000)
  while ((await s.fireDue()) > 0);
  for (const reader of [someone, ...staff.values()]) {
    await s.listing(`fresh-${reader.id}`, 'rival', { title: 'Fork' })
    fresh.set(
      reader.id,
      await byHand(reader, { subject: { kind: 'listing', id: `fresh-${reader.id}` } }),
    )
  }
  const notes = new Map<string, string>()
  for (const { id } of [someone, ...staff.values()]) {
    notes.set(id, await note(own.caseId, id))
    await note(others.caseId, id)
  }
  for (const { caseId } of [claims.own, claims.other]) await note(caseId, someone.id)
  for (const desk of ['performance', 'executive'])
    await s.inside((tx) =>
      insertMacro(tx, {
        id: `mac_${desk}`,
        desk,
        use: 'answer',
        name: 'Words',
        text: `${secrets.note} for {seller}`,
        madeBy: someone.id,
        madeAt: app.now(),
        replaces: null,
      }),
    )
  const why = 'It would show others how to hide.'
  await s.inside((tx) =>
    sql`insert into withholdings (decision_id, seller_id, by_machine, method, reason)
      select id, seller_id, true, ${secrets.withheld}, ${why} from decisions where kind = 'impose'`.execute(
      tx,
    ),
  )
  const now = app.now()

  const nothing: Target = {
    sellerId: 'nobody-we-know',
    listingId: 'no-listing',
    decisionId: 'dec_none',
    freshId: 'dec_none',
    closingId: 'dec_none',
    caseId: 'cas_none',
    objectionId: 'obj_none',
    fileId: 'fil_none',
    memberId: 'mbr_none',
    callId: 'cal_none',
    noteId: 'nte_none',
    macroId: 'mac_none',
    letterId: 'let_none',
    desk: 'nowhere',
    claim: { id: 'clm_none', number: 'R-999999', code: claims.own.code },
    report: { id: 'cmp_none', number: 'K-999999', code: reports.own.code },
  }
  return {
    now,
    staff,
    guest,
    sellers,
    members,
    claims,
    reports,
    trialId: trial.value.id,
    ringId,
    webhookId,
    /** Everything that a reader can stand to, in each way that there is for them. */
    targetsOf(kind: string): Partial<Record<Stand, Target>> {
      const desk = atDesks.get(kind as Role)
      if (!desk) {
        const isNamed = kind === 'representative'
        const memberId = members.staff.id
        return {
          [isNamed ? 'in scope' : 'own']: {
            ...own,
            memberId,
            claim: claims.own,
            report: reports.own,
          },
          [isNamed ? 'out of scope' : 'own, another matter']: {
            ...ownOther,
            memberId,
            claim: claims.own,
            report: reports.own,
          },
          'another’s': {
            ...others,
            memberId: members.others.id,
            claim: claims.other,
            report: reports.other,
          },
          none: nothing,
        }
      }
      const by = (kind === 'guest' ? guest : staff.get(kind as Role))?.id ?? ''
      return Object.fromEntries(
        Object.entries(desk).map(([stand, target]) => {
          const taker = stand === 'took the measure' && kind !== 'guest' ? by : someone.id
          return [
            stand,
            {
              ...target,
              freshId: fresh.get(taker) ?? '',
              closingId: closing.get(taker) ?? '',
              noteId: notes.get(taker) ?? '',
            },
          ]
        }),
      )
    },
    own,
  }

  async function person(name: string, of: Role[]): Promise<StaffReader> {
    const email = `${name}@marketplace.example`
    const desks = ['performance', 'identity']
    const { id } = await addStaff(app, { email, name, roles: of, desks })
    return { kind: 'staff', id, email, name, roles: of, desks }
  }

  async function seller(id: string, words: string): Promise<SellerReader> {
    const reader = await s.seller(id)
    await s.inside((tx) =>
      tx
        .updateTable('sellers')
        .set({ name: `${id} ${words}` })
        .where('id', '=', id)
        .execute(),
    )
    return reader
  }

  /** Lets somebody act for a seller, as its owner would. */
  async function member(sellerId: string, name: string, part: MemberPart): Promise<Member> {
    const id = app.newId('mbr')
    const email = `${name}@members.example`
    const letIn: Member = { id, sellerId, email, name, part, removedAt: null }
    await s.inside((tx) => insertMember(tx, letIn, app.now()))
    return letIn
  }

  async function matter(reader: SellerReader, id: string, words: string): Promise<Target> {
    await s.balance(reader.sellerId, 100)
    await s.listing(`${id}-free`, reader.sellerId, { title: `Mask ${words}` })
    const target = await contested(id, { title: `Mask ${words}`, reader, words })
    const [free] = await s.measures(`${id}-free`)
    return { ...target, decisionId: free?.decision.id ?? '', listingId: `${id}-free` }
  }

  /** A measure on a listing, contested with a file. */
  async function contested(id: string, make: Making): Promise<Target> {
    const { title, by = null, reader = sellers.rival, words = secrets.rival } = make
    await s.listing(id, reader.sellerId, { title })
    if (by)
      await s.imposed(
        { ...by, roles: ['reviewer'] },
        { subject: { kind: 'listing', id }, measure: 'listing.demote' },
      )
    const [measure] = await s.measures(id)
    if (!measure) throw new Error(`no measure on ${id}`)
    const bytes = Buffer.from(`89504e470d0a1a0a${Buffer.from(words).toString('hex')}`, 'hex')
    const file = await keepFile(app, reader, {
      name: `${words}.png`,
      mediaType: 'image/png',
      bytes,
    })
    if (!file.ok) throw new Error(file.refusal)
    const decisionId = measure.decision.id
    const filed = await fileAppeal(
      app,
      reader,
      {
        objections: [{ decisionId, track: 'dispute', text: words, remedy: null }],
        fileIds: [file.value.id],
      },
      null,
    )
    if (!filed.ok) throw new Error(`${id}: ${filed.refusal}`)
    const held = await s.case(filed.value.caseId)
    const callId = await lapsedCall(s, held.id, reader.sellerId)
    return {
      sellerId: reader.sellerId,
      listingId: id,
      decisionId,
      freshId: decisionId,
      closingId: decisionId,
      caseId: held.id,
      objectionId: held.objections[0]?.id ?? '',
      fileId: file.value.id,
      memberId: 'mbr_none',
      callId,
      noteId: 'nte_none',
      macroId: 'mac_performance',
      letterId: await bodyLetter(s, {
        caseId: held.id,
        sellerId: reader.sellerId,
        by: someone.id,
      }),
      desk: 'performance',
      claim: claims.other,
      report: reports.other,
    }
  }

  /** What a colleague wrote on a case. */
  async function note(caseId: string, by: string): Promise<string> {
    const id = app.newId('nte')
    const text = `${secrets.note}.`
    await s.inside((tx) =>
      insertNote(tx, { id, caseId, by, at: app.now(), text, takenBackAt: null }),
    )
    return id
  }

  async function byHand(
    reader: StaffReader,
    imposition: Partial<Imposition> & Pick<Imposition, 'subject'>,
  ): Promise<string> {
    const imposed = await imposeByHand(
      app,
      { ...reader, roles: ['reviewer'] },
      {
        measure: 'listing.demote',
        policy: 'masks',
        reasons: 'Seen by a person.',
        endsAt: null,
        amount: null,
        exception: null,
        ...imposition,
      },
      null,
    )
    if (!imposed.ok) throw new Error(imposed.refusal)
    return imposed.value.decisionId
  }
}

interface Making {
  title: string
  /** Who imposed it by hand; the rules by themselves where nobody did. */
  by?: StaffReader
  reader?: SellerReader
  words?: string
}

function wordOf(role: Role): string {
  return `word${role.replaceAll('-', '')}`
}
