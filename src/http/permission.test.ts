/** The matrix of permissions, made from the routes: each is asked by everybody, in every relation, and either wall holds alone. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '../contract/contract.ts'
import { Problem } from '../contract/problem.ts'
import {
  isCommand,
  mayGive,
  permissions,
  worksOn,
  asksFor,
  type Command,
  type Reader,
} from '../core/permission.ts'
import { memberRoles, roles, type Role } from '../core/role.ts'
import { byTheTable, type Judge } from '../operations/judge.ts'
import type { App } from '../operations/app.ts'
import type { StaffReader, Who } from '../operations/who.ts'
import { callBeside, callOf, inputOf, routeOf, stream, type Call } from '../../test/matrix-call.ts'
import { secrets } from '../../test/matrix-things.ts'
import { matrixWorld, type Stand, type Target } from '../../test/matrix-world.ts'
import { withoutWaits } from '../../test/no-waits.ts'
import { openOneTransaction } from '../../test/one-transaction.ts'
import { adminUrl } from '../../test/postgres.ts'
import { served, type Served } from '../../test/served.ts'
import { prepareServer } from './server.ts'

type Asker = Reader | 'guest'

/** Whoever shows something at the door. */
const askers: readonly Asker[] = [
  'nobody',
  'link',
  'claim',
  'reporter',
  ...memberRoles,
  'marketplace',
  ...roles,
  'guest',
]

/** A role that no row hides from: of what it is refused, operations alone refused it. */
const unbound = 'recourse_unbound_test'

/** Each cell with all three, with `SECURITY=whole`; otherwise one in seventeen with each, a number that no count of askers shares, and all that may change something. */
const isWhole = process.env['SECURITY'] === 'whole'

let s: Served
let world: Awaited<ReturnType<typeof matrixWorld>>
const headers = new Map<Asker, Record<string, string>>()
/** Of the routes beside the contract, how each is called. */
const beside = new Map<Command, (target: Target) => Call>()
const unlisted: string[] = []

beforeAll(async () => {
  s = await served()
  world = await matrixWorld(s)
  const { own } = world
  headers.set('nobody', {})
  headers.set('claim', { 'x-recourse-code': world.claims.own.code })
  headers.set('reporter', { 'x-recourse-code': world.reports.own.code })
  headers.set('marketplace', { authorization: `Bearer ${s.key}` })
  headers.set('link', {
    'x-recourse-link': s.linkTo({ sellerId: 'clay', caseId: own.caseId }, world.now),
  })
  headers.set('owner', await s.signIn(world.sellers.clay.by))
  for (const role of ['staff', 'representative'] as const)
    headers.set(role, await s.signIn(world.members[role].email))
  for (const role of roles) headers.set(role, await s.signIn(`${role}@marketplace.example`))
  headers.set('guest', await s.signIn(world.guest.email))
  const admin = new pg.Client({ connectionString: adminUrl() })
  await admin.connect()
  await admin.query(
    `do $$ begin create role ${unbound} bypassrls; exception when duplicate_object or unique_violation then null; end $$`,
  )
  await admin.query(`grant recourse_app to ${unbound}`)
  await admin.end()
  const prepared = await prepareServer(s.app, s.config, ({ method, url, config }) => {
    const command = config?.command
    if (command === undefined || (command !== 'contract' && !isCommand(command)))
      unlisted.push(`${String(method)} ${url} names no line of the table of permissions`)
    else if (command !== 'contract' && !beside.has(command))
      beside.set(command, (target) => callBeside(method, url, target))
  })
  await prepared.close()
  beside.set('facts.stream', () => stream('/v1/sellers', '{"id":"told"}\n'))
  beside.set('screenings.stream', () => stream('/v1/screenings', '{"id":"a","title":"Mask"}\n'))
}, 120_000)
afterAll(async () => s[Symbol.asyncDispose]())

const ofContract: string[] = Object.entries(contract).flatMap(([noun, routes]) =>
  Object.keys(routes).map((name) => `${noun}.${name}`),
)

describe('the table of permissions', () => {
  test('has a line for every route, and none for a route that is not there', () => {
    const lacking = ofContract
      .filter((name) => !isCommand(name))
      .map((name) => `the route ${name} has no line in core/permission.ts: say who may ask for it`)
    expect([...lacking, ...unlisted]).toEqual([])
    const routes = new Set<string>([...ofContract, ...beside.keys()])
    expect(Object.keys(permissions).filter((name) => !routes.has(name))).toEqual([])
  })

  test('gives members of a seller no more than its owner, and nobody who reads only a change', () => {
    const commands = Object.keys(permissions).filter(isCommand)
    for (const command of commands)
      for (const member of memberRoles)
        expect(mayGive('owner', command) || !mayGive(member, command), command).toBe(true)
    const changing = commands.filter(
      (command) => isChange(command) && !isHarmless(command) && !isOwnWayIn(command),
    )
    const byAuditor = changing.filter((command) => mayGive('auditor', command))
    expect(byAuditor.filter((command) => !mayGive('nobody', command))).toEqual([])
  })
})

describe('who may ask what', () => {
  test.for([
    ['both walls stand', 0, 'recourse_app', false],
    ['the database holds alone', 1, 'recourse_app', true],
    ['operations hold alone', 2, unbound, false],
  ] as const)(
    '%s',
    { timeout: isWhole ? 3_600_000 : 300_000 },
    async ([name, turn, role, permitsAll]) => {
      let asked: { target: Target; asker: Asker } | null = null
      const judge: Judge = permitsAll
        ? { admit: (who, command) => standIn(who, command, asked!.target), asks: () => false }
        : byTheTable
      const once = await openOneTransaction(s.databaseUrl, role)
      const app: App = { ...s.app, db: once.db, judge, now: () => world.now, undoFor: 0 }
      const prepared = await prepareServer(app, s.config)
      const wrong: string[] = []
      let cells = 0
      let place = 0
      const start = performance.now()
      const waitAgain = withoutWaits()
      try {
        for (const command of Object.keys(permissions).filter(isCommand))
          for (const asker of askers)
            for (const [stand, target] of standsOf(command, asker)) {
              const isAllowed = mayAsk(command, asker, stand)
              // Each of these is paced by its address, whoever asks.
              const isPaced = command === 'recovery.fileClaim' || command === 'report.file'
              if (isPaced && asker !== 'nobody') continue
              place += 1
              // With one wall away, what is allowed proves nothing but that its reading holds nothing of others.
              if (isAllowed && name !== 'both walls stand' && isChange(command)) continue
              // So a change that is allowed is asked once only, and always.
              const isTurn = place % 17 === turn || (isAllowed && isChange(command))
              if (!isWhole && !isTurn) continue
              asked = { target, asker }
              cells += 1
              const call = beside.get(command)?.(target) ?? callOf(command, target, world)
              const { value, changed } = await once.undone(
                () =>
                  prepared.server.inject({
                    ...call,
                    headers: { ...call.headers, ...headers.get(asker) },
                    // Each from a place of its own: nobody waits for wrong codes of others.
                    remoteAddress: `10.${cells >> 16}.${(cells >> 8) & 255}.${cells & 255}`,
                  }),
                { looks: !isAllowed },
              )
              const cell = `${command} by ${asker}, ${stand}: ${value.statusCode}`
              const refusal = refusalIn(value.body)
              const leaked = foreignTo(asker, stand, isAllowed).filter(
                (word) => value.body.includes(word) && !isShownByShop(command, word),
              )
              if (leaked.length > 0) wrong.push(`${cell} shows ${leaked.join()}`)
              if (value.statusCode >= 500) wrong.push(`${cell} broke`)
              if (refusal === 'invalid_request')
                wrong.push(`${cell} was not asked for rightly: ${value.body.slice(0, 300)}`)
              if (isAllowed) {
                if (isOfPermission(refusal) && !isAnsweredByOthers(command))
                  wrong.push(`${cell} is refused as ${refusal}, and the table allows it`)
                continue
              }
              // What a representative was not let in for does not exist for them.
              const isHidden = stand === 'out of scope' && mayGive(asker as Reader, command)
              if (isHidden && !permitsAll && value.statusCode !== 404)
                wrong.push(`${cell} is told to be there`)
              if (changed) wrong.push(`${cell} changed something`)
              const isDone = value.statusCode < 300 && !isAllErrors(command, value.body)
              const mayAnswer =
                permitsAll && (!isChange(command) || isHarmless(command) || isOwnWayIn(command))
              if (isDone && !mayAnswer) wrong.push(`${cell} is not refused`)
            }
      } finally {
        waitAgain()
        await prepared.close()
        await once.close()
      }
      const seconds = Math.round((performance.now() - start) / 1000)
      console.log(`${name}: ${cells} cells in ${seconds} s`)
      expect(wrong).toEqual([])
      expect(cells).toBeGreaterThan(isWhole ? 1_000 : 300)
    },
  )
})

/** What the table says, worked out beside it. */
function mayAsk(command: Command, asker: Asker, stand: Stand): boolean {
  if (asker === 'guest') return mayGive('nobody', command)
  if (stand === 'none' && !mayGive(asker, command)) return false
  if (!mayGive(asker, command)) return false
  if (asker === 'marketplace' || asker === 'nobody') return true
  const isStaff = roles.some((role) => role === asker)
  if (!isStaff) {
    // The representative of the matrix was let in for named matters.
    if (asker === 'representative' && asksFor(command, 'every-matter')) return false
    if (!asksFor(command, 'own') || !isAbout(command)) return true
    if (command === 'facts.screenListing') return stand !== 'another’s'
    const seesAll = ['owner', 'staff', 'claim', 'reporter'].includes(asker)
    return stand === 'own' || stand === 'in scope' || (seesAll && stand === 'own, another matter')
  }
  if (command === 'desk.undoMeasure' || command === 'desk.takeBackNote')
    return stand === 'took the measure'
  if (asksFor(command, 'at-own-desk') && stand === 'another desk') return false
  const isClaim = stand === 'a claim at own desk'
  const held = isClaim
    ? { kind: 'recovery' as const, matter: 'matter.recovery' }
    : {
        kind: 'appeal' as const,
        matter: asker === 'identity-specialist' ? 'account.lock' : 'listing.deactivate',
      }
  if (asksFor(command, 'of-own-kind') && isAbout(command) && !worksOn(asker as Role, held))
    return false
  if (asksFor(command, 'not-the-taker') && isAbout(command) && stand === 'took the measure')
    return false
  return !(asksFor(command, 'not-the-author') && isAbout(command) && stand === 'wrote the rule')
}

/** In which relations a reader is to ask: in each that there is, where the request names something. */
function standsOf(command: Command, asker: Asker): [Stand, Target][] {
  const all = Object.entries(world.targetsOf(asker)) as [Stand, Target][]
  return isAbout(command) ? all : all.slice(0, 1)
}

const ids = [
  'caseId',
  'callId',
  'noteId',
  'macroId',
  'letterId',
  'decisionId',
  'listingId',
  'sellerId',
  'memberId',
  'number',
  'subject',
  'objections',
]
const aboutById = ['facts.getListing', 'facts.screenListing', 'seller.readFile', 'statement.print']

/** Whether what a request asks for is named in it, and belongs to somebody. */
function isAbout(command: Command): boolean {
  if (command.startsWith('facts.tell')) return false
  if (aboutById.includes(command)) return true
  return Object.keys(inputOf(command).properties ?? {}).some((key) => ids.includes(key))
}

function isChange(command: Command): boolean {
  const route = routeOf(command)
  return route ? route.method !== 'GET' : command.endsWith('.stream')
}

/** What is sent to be worked out and is kept nowhere. */
function isHarmless(command: Command): boolean {
  return [
    'procedures.check',
    'facts.screenListing',
    'screenings.stream',
    'desk.previewMeasure',
    'desk.previewBulk',
    'letters.suggest',
  ].includes(command)
}

/** What proves who one is: it hangs on the session alone, and belongs to nobody but whoever has it. */
function isOwnWayIn(command: Command): boolean {
  return command.startsWith('security.')
}

/** Where a no is not the table's: a code that is wrong, and a demo that is not there. */
function isAnsweredByOthers(command: Command): boolean {
  return command.startsWith('session.signIn') || command.startsWith('dev.')
}

/** Words of others that must not be read: what people of the marketplace may read is named one by one. */
function foreignTo(asker: Asker, stand: Stand, isAllowed: boolean): string[] {
  const { clay, otherMatter, rival, claim, report, reporter, trial, webhook, withheld } = secrets
  const { note, letter } = secrets
  const ofStaff = [trial, webhook, withheld]
  const ofColleagues = [...ofStaff, note, letter]
  switch (asker) {
    case 'owner':
    case 'staff':
      return [rival, claim, reporter, ...ofColleagues]
    case 'link':
    case 'representative':
      return [otherMatter, rival, claim, report, reporter, ...ofColleagues]
    case 'claim':
      return [
        clay,
        otherMatter,
        rival,
        ...ofColleagues,
        ...(stand === 'another’s' && !isAllowed ? [claim] : []),
      ]
    case 'reporter':
      return [
        clay,
        otherMatter,
        rival,
        claim,
        ...ofColleagues,
        ...(stand === 'another’s' && !isAllowed ? [report] : []),
      ]
    case 'marketplace':
      return [claim, ...ofColleagues]
    case 'nobody':
    case 'guest':
      return [clay, otherMatter, rival, claim, report, reporter, ...ofColleagues]
    case 'auditor':
      return []
    case 'administrator':
      return [withheld, reporter]
    case 'policy-manager':
      return [webhook, withheld, reporter]
    case 'support':
      return ofStaff
    default:
      return [trial, webhook]
  }
}

/** What a seller is called stands in the shop, and so on the page that asks what one means there. */
function isShownByShop(command: Command, word: string): boolean {
  return command === 'report.getPlace' && word === secrets.clay
}

function isOfPermission(refusal: string | null): boolean {
  return [
    'not_signed_in',
    'not_allowed',
    'not_your_desk',
    'not_your_kind',
    'own_measure',
    'own_policy',
    'second_person_needed',
    'not_yours_to_undo',
    'reads_only',
    'named_matters_only',
    'acting_ended',
  ].includes(refusal ?? '')
}

function refusalIn(body: string): string | null {
  try {
    return Problem.parse(JSON.parse(body)).refusal
  } catch {
    // What is no problem refuses nothing.
    return null
  }
}

/** A stream is answered line by line, also where each line is refused. */
function isAllErrors(command: Command, body: string): boolean {
  return (
    command.endsWith('.stream') &&
    body.split('\n').every((line) => line === '' || line.includes('"error"'))
  )
}

/** Who would act, were everybody permitted everything. */
function standIn(who: Who, command: Command, { sellerId, claim, report }: Target): Who {
  const by: readonly Reader[] = permissions[command].by
  const all = { roles: [...roles], desks: ['performance', 'executive', 'identity'] }
  if (by.some((reader) => roles.some((role) => role === reader)) && who.kind !== 'seller') {
    const staff: StaffReader = {
      kind: 'staff',
      id: 'stf_none',
      name: 'Nobody',
      email: 'no@body.example',
      ...all,
    }
    return who.kind === 'staff' ? { ...who, ...all } : staff
  }
  if (by.includes('owner') || by.includes('link'))
    return { kind: 'seller', sellerId, by: 'nobody@body.example', matter: null }
  if (by.includes('claim')) return { kind: 'claim', claimId: claim.id }
  if (by.includes('reporter')) return { kind: 'reporter', complaintId: report.id }
  if (by.includes('marketplace')) return { kind: 'marketplace', keyId: 'key_none' }
  return { kind: 'staff', id: 'stf_none', name: 'Nobody', email: 'no@body.example', ...all }
}
