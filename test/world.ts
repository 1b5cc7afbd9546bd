/** A small world for tests: a real database, a clock that tests move, and people and listings in a line each. */
import { readFile } from 'node:fs/promises'
import type { Case } from '../src/core/case.ts'
import { undoWindow } from '../src/core/decision.ts'
import type { ListingText } from '../src/core/listing.ts'
import type { Subject } from '../src/core/measure.ts'
import type { Policy } from '../src/core/policy.ts'
import type { Role } from '../src/core/role.ts'
import { newId, type App } from '../src/operations/app.ts'
import { fireClock } from '../src/operations/clock.ts'
import { tellBalances, tellContacts, tellListings, tellSellers } from '../src/operations/fact.ts'
import { imposeByHand, type Imposition } from '../src/operations/measure.ts'
import { byTheTable } from '../src/operations/judge.ts'
import { adoptPolicies } from '../src/operations/policy.ts'
import { adoptProcedure } from '../src/operations/procedure.ts'
import { recordReadBack } from '../src/operations/restoration.ts'
import { screenWaiting } from '../src/operations/screening.ts'
import { addStaff } from '../src/operations/staff.ts'
import type { MarketplaceReader, SellerReader, StaffReader } from '../src/operations/who.ts'
import type { HealthRules } from '../src/core/health-rules.ts'
import { readHelp } from '../src/core/help-document.ts'
import { readProcedure } from '../src/procedure/read.ts'
import { readCase } from '../src/store/case.ts'
import { claimDueClock } from '../src/store/clock.ts'
import { openDatabase, transact, type Tx } from '../src/store/db.ts'
import { measuresOn, type MeasureRecord } from '../src/store/decision.ts'
import { migrate } from '../src/store/migrate.ts'
import { readSubject } from '../src/store/subject.ts'
import { templateDatabase } from './postgres.ts'
import { borrowDatabase, keepContents } from './shelf.ts'

export const marketplace: MarketplaceReader = { kind: 'marketplace', keyId: 'key_test' }

/** A policy that acts on the word "mask" at 90 in 100 and asks at "filter"; tests change what they care about. */
export const maskPolicy: Policy = {
  policy: 'masks',
  version: 1,
  title: 'Protective masks',
  author: 'paula@marketplace.example',
  naive: true,
  text: 'Protective masks may be sold by approved sellers only.',
  jurisdictions: ['us', 'eu'],
  measure: 'listing.deactivate',
  level: 'act',
  base: -2,
  signals: [
    { name: 'mask', says: 'names a mask', weight: 5, phrases: ['mask'] },
    { name: 'filter', says: 'speaks of a filter', weight: 2.5, phrases: ['filter'] },
  ],
  thresholds: { review: 0.5, deactivate: 0.9 },
  wouldReverse: ['Take the word out if the product protects nobody.'],
  examples: [],
}

export type World = Awaited<ReturnType<typeof world>>

/** When every world begins. */
const morning = new Date('2026-11-23T09:00:00Z')

/** A database in which the procedure that ships is adopted: what every world begins with. */
async function makeTemplate(url: string): Promise<void> {
  await migrate(url)
  const { db, close } = openDatabase(url, { connections: 1 })
  const source = await readFile(new URL('../procedures/recourse.yaml', import.meta.url), 'utf8')
  const read = readProcedure(source)
  if (!read.ok) throw new Error(`read procedures/recourse.yaml: ${JSON.stringify(read.errors)}`)
  await adoptProcedure(await appOn(db), { procedure: read.procedure, source })
  await close()
}

/** More that a world's database has from the start, under a name of its own. */
export interface Besides {
  name: string
  prepare: (url: string) => Promise<unknown>
}

async function appOn(db: App['db']): Promise<App> {
  return {
    db,
    now: () => morning,
    judge: byTheTable,
    newId,
    undoFor: 0,
    marketplace: 'The Bazaar',
    timeZone: 'Europe/Lisbon',
    help: await (shippedHelp ??= readShippedHelp()),
    health: null,
    log: () => undefined,
  }
}

let shippedHelp: Promise<App['help']> | undefined

async function readShippedHelp(): Promise<App['help']> {
  const help = readHelp(await readFile(new URL('../procedures/help.yaml', import.meta.url), 'utf8'))
  if (!help.ok) throw new Error(`read procedures/help.yaml: ${JSON.stringify(help.errors)}`)
  return help.help
}

/** Opens a world with its own database; `await using` closes it. */
export async function world({
  policies = [maskPolicy],
  ticks = 1,
  undoFor = 0,
  health = null,
  besides = { name: 'nothing', prepare: () => Promise.resolve() },
}: {
  policies?: Policy[]
  /** How long a decision of a case may be taken back, in milliseconds; it counts at once unless a test says otherwise. */
  undoFor?: number
  /** What counts against an account; nothing is worked out unless a test says so. */
  health?: HealthRules | null
  besides?: Besides
  /** Milliseconds between two looks at the clock. */ ticks?: number
} = {}) {
  const template = await templateDatabase(`world and ${besides.name}`, async (url) => {
    await makeTemplate(url)
    await besides.prepare(url)
    await keepContents(url)
  })
  const { url, db, giveBack } = await borrowDatabase(template)
  let now = morning
  const app: App = {
    ...(await appOn(db)),
    // Time goes on between two looks at the clock, as it does outside.
    now: () => (now = new Date(now.getTime() + ticks)),
    undoFor,
    health,
  }
  await adoptPolicies(app, policies, 'eu')

  const inside = <T>(work: (tx: Tx) => Promise<T>) => transact(db, { inside: true }, work)
  const self = {
    app,
    db,
    url,
    inside,
    /** Moves the clock and fires nothing. */
    advance(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds)
    },
    /** Tells a seller with one contact, and answers who they are at the door. */
    async seller(id = 'clay'): Promise<SellerReader> {
      await tellSellers(app, marketplace, [
        { id, name: `${id} & co`, timeZone: 'Europe/Lisbon', factAt: null },
      ])
      await tellContacts(app, marketplace, [
        {
          id: `${id}-mail`,
          sellerId: id,
          address: `${id}@sellers.example`,
          verifiedAt: null,
          removedAt: null,
          factAt: null,
        },
      ])
      return { kind: 'seller', sellerId: id, by: `${id}@sellers.example`, matter: null }
    },
    /** Adds a reviewer who staffs these desks, and tells owners of accounts apart there. */
    async reviewer(
      name: string,
      desks = [
        'support',
        'performance',
        'legal',
        'executive',
        'safety',
        'safety-lead',
        'identity',
        'identity-chief',
      ],
    ): Promise<StaffReader> {
      const email = `${name.toLowerCase()}@marketplace.example`
      const roles: Role[] = ['reviewer', 'identity-specialist']
      const person = await addStaff(app, { email, name, roles, desks })
      return { kind: 'staff', id: person.id, name, email, roles, desks }
    },
    /** Adds a person of support, who informs and passes on. */
    async support(name = 'Sofia', desks = ['support']): Promise<StaffReader> {
      const email = `${name.toLowerCase()}@marketplace.example`
      const roles: Role[] = ['support']
      const { id } = await addStaff(app, { email, name, roles, desks })
      return { kind: 'staff', id, name, email, roles, desks }
    },
    /** Tells a listing and screens it. */
    async listing(id: string, sellerId: string, text: Partial<ListingText> = {}) {
      const full = {
        title: 'Clay face mask',
        description: '',
        bullets: [],
        brand: '',
        category: '',
        attributes: {},
        ...text,
      }
      const [told] = await tellListings(app, marketplace, [
        { id, sellerId, text: full, factAt: null },
      ])
      while ((await screenWaiting(app, 'eu')) > 0);
      return told
    },
    /** Tells a seller's balance: what there is to pay out, what buyers dispute, and one destination of long ago. */
    async balance(sellerId: string, available: number, disputed = 0) {
      const destinations = [
        { id: 'old-bank', label: null, addedAt: new Date(app.now().getTime() - 400 * 86_400_000) },
        { id: 'new-bank', label: null, addedAt: app.now() },
      ]
      await tellBalances(app, marketplace, [
        { sellerId, currency: 'EUR', available, disputed, destinations, factAt: null },
      ])
    },
    /** A measure by hand, its minute of undoing over and its seller told; answers its decision. */
    async imposed(by: StaffReader, imposition: Partial<Imposition> & Pick<Imposition, 'subject'>) {
      const result = await imposeByHand(
        app,
        by,
        {
          measure: 'account.suspend',
          policy: 'masks',
          reasons: 'Seen by a person.',
          endsAt: null,
          amount: null,
          exception: null,
          ...imposition,
        },
        null,
      )
      if (!result.ok) throw new Error(`impose: ${result.refusal}`)
      self.advance(undoWindow + 1)
      await self.fireDue()
      return result.value.decisionId
    },
    /** The measures ever put on a subject (a listing by its id alone), newest first. */
    measures: (subject: string | Subject): Promise<MeasureRecord[]> =>
      inside((tx) => measuresOn(tx, subjectFrom(subject))),
    owed: (subject: string | Subject) => inside((tx) => readSubject(tx, subjectFrom(subject))),
    /** A case as it is kept. */
    async case(id: string): Promise<Case> {
      const held = await inside((tx) => readCase(tx, id))
      if (held === null) throw new Error(`there is no case ${id}`)
      return held
    },
    /** What was said to a seller or the officer about it, oldest first. */
    notices: (where: { caseId?: string; decisionId?: string }) =>
      inside(async (tx) => {
        const rows = await tx
          .selectFrom('notices')
          .select(['kind', 'seller_id', 'subject', 'state'])
          .$if(where.caseId !== undefined, (query) =>
            query.where('case_id', '=', where.caseId ?? ''),
          )
          .$if(where.decisionId !== undefined, (query) =>
            query.where('decision_id', '=', where.decisionId ?? ''),
          )
          .orderBy('created_at')
          .execute()
        return rows
      }),
    /** A listing that the policy took off sale, its seller, and the one decision on it. */
    async removedListing(id = 'l1', sellerId = 'clay') {
      const seller = await self.seller(sellerId)
      await self.listing(id, sellerId)
      const [measure] = await self.measures(id)
      if (!measure) throw new Error('the policy did not act')
      return { seller, measure, decisionId: measure.decision.id }
    },
    /** Lets the shop show what is owed to a subject. */
    async shopShows(of: string | Subject) {
      const subject = subjectFrom(of)
      const owed = await inside((tx) => readSubject(tx, subject))
      if (!owed) throw new Error(`nothing was ever owed to ${subject.kind} ${subject.id}`)
      const { sequence, state } = owed
      await recordReadBack(app, subject, { told: { sequence, state }, seen: { sequence, state } })
    },
    /** Fires every clock that is due, in order; answers how many. */
    async fireDue(): Promise<number> {
      for (let fired = 0; ; fired++) {
        const more = await inside(async (tx) => {
          const clock = await claimDueClock(tx, now)
          if (clock) await fireClock(app, tx, clock)
          return clock !== null
        })
        if (!more) return fired
      }
    },
    async [Symbol.asyncDispose]() {
      await giveBack()
    },
  }
  return self
}

function subjectFrom(subject: string | Subject): Subject {
  return typeof subject === 'string' ? { kind: 'listing', id: subject } : subject
}

/** What was answered; a refusal fails the test that did not expect one. */
export function valueOf<T>(result: { ok: true; value: T } | { ok: false; refusal: string }): T {
  if (!result.ok) throw new Error(result.refusal)
  return result.value
}
