/** Trials: what a policy that does not act would have done with the listings of the last month. */
import { later } from '../core/calendar.ts'
import type { Jurisdiction, Policy } from '../core/policy.ts'
import { refuse } from '../core/refusal.ts'
import { readPolicy as readDocument } from '../screening/policy.ts'
import { screen } from '../screening/screen.ts'
import type { CompiledPolicies } from '../screening/compile.ts'
import type { ListingVersion } from '../core/listing.ts'
import { transact, type Tx, type Wall } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { currentPolicy, readPolicy } from '../store/policy.ts'
import {
  advanceTrial,
  beginTrial,
  endTrial,
  listTrials as trialsOf,
  readTrial,
  stopRunning,
  takeTrial,
  versionsAfter,
  type Trial,
  type TrialFinding,
} from '../store/trial.ts'
import { reportOf, type TrialReport } from '../store/trial-report.ts'
import type { App } from './app.ts'
import { once } from './once.ts'
import { isPermitted, permit } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import { compileOnce } from './rules.ts'
import type { Who } from './who.ts'

export interface TrialView extends Trial {
  /** The document tried: handed in, or the version in force. */
  tried: Policy
  mayStop: boolean
}

export interface TrialReportView extends TrialView {
  report: TrialReport
}

const dayLong = 86_400_000

/** Begins a trial of a document, or of the version in force where none is given; answers its id. */
export async function startTrial(
  app: App,
  who: Who,
  { name, source, days }: { name: string; source: string | null; days: number },
  idempotency: Idempotency | null,
): Promise<Result<TrialView>> {
  const may = permit(app, who, 'policies.startTrial')
  if (!may.ok) return may
  const { reader } = may
  const read = source === null ? null : readCandidate(name, source)
  if (read !== null && !read.ok) return read
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      const inForce = await currentPolicy(tx, name)
      if (read === null && inForce === null) return refuse('not_found')
      const now = app.now()
      const id = app.newId('trl')
      await beginTrial(tx, {
        id,
        policy: name,
        document: read?.value ?? null,
        against: inForce?.policy.version ?? null,
        askedBy: reader.id,
        askedByName: reader.name,
        askedAt: now,
        since: later(now, -days * dayLong),
        until: now,
      })
      await recordEvents(tx, [
        {
          at: now,
          kind: 'policy.tried',
          sellerId: null,
          caseId: null,
          decisionId: null,
          by: reader.id,
          detail: { policy: name, trial: id, version: read?.value.version ?? null },
        },
      ])
      return done({ id })
    }),
  )
  const begun = await refusalOf(work)
  return begun.ok ? readOne(app, may.wall, who, { name, id: begun.value.id }) : begun
}

/** Stops a trial where it is; one that has ended stays as it is. */
export async function stopTrial(
  app: App,
  who: Who,
  { name, id }: { name: string; id: string },
): Promise<Result<TrialView>> {
  const may = permit(app, who, 'policies.stopTrial')
  if (!may.ok) return may
  const { reader } = may
  return transact(app.db, may.wall, async (tx): Promise<Result<TrialView>> => {
    const now = app.now()
    const isStopped = await stopRunning(tx, { policy: name, id }, now)
    if (isStopped)
      await recordEvents(tx, [
        {
          at: now,
          kind: 'policy.trial_stopped',
          sellerId: null,
          caseId: null,
          decisionId: null,
          by: reader.id,
          detail: { policy: name, trial: id },
        },
      ])
    const trial = await readTrial(tx, name, id)
    if (trial === null) return refuse('not_found')
    // It runs, and whoever asks does not see it so that they could stop it.
    if (!isStopped && trial.state === 'running') return refuse('not_allowed')
    return done(await viewOf(app, tx, who, trial))
  })
}

/** The trials of a policy, newest first. */
export async function listTrials(app: App, who: Who, name: string): Promise<Result<TrialView[]>> {
  const may = permit(app, who, 'policies.listTrials')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const trials = await trialsOf(tx, name)
    if (trials.length === 0 && (await currentPolicy(tx, name)) === null) return refuse('not_found')
    const views: TrialView[] = []
    for (const trial of trials) views.push(await viewOf(app, tx, who, trial))
    return done(views)
  })
}

/** A trial with the report of what it has come past so far. */
export async function readTrialReport(
  app: App,
  who: Who,
  { name, id }: { name: string; id: string },
): Promise<Result<TrialReportView>> {
  const may = permit(app, who, 'policies.getTrial')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const trial = await readTrial(tx, name, id)
    if (trial === null) return refuse('not_found')
    return done({ ...(await viewOf(app, tx, who, trial)), report: await reportOf(tx, trial) })
  })
}

const batch = 100

/** Does one step of the trial that has run longest; answers false when none runs. */
export function trySome(app: App, jurisdiction: Jurisdiction): Promise<boolean> {
  return transact(app.db, { inside: true }, async (tx) => {
    const trial = await takeTrial(tx)
    if (trial === null) return false
    const versions = await versionsAfter(tx, trial, batch)
    const last = versions.at(-1)
    if (last === undefined) {
      await endTrial(tx, trial.id, app.now())
      return true
    }
    const against = await inForceFor(tx, trial)
    const compiled = {
      tried: trial.document && compileOnce('trying', [trial.document], jurisdiction),
      before: against && compileOnce('trying-against', [against], jurisdiction),
    }
    await advanceTrial(tx, trial.id, {
      after: { receivedAt: last.receivedAt, listingId: last.listingId, version: last.version },
      screened: versions.length,
      findings: versions.flatMap((listing) => findingsOf(listing, compiled)),
    })
    return true
  })
}

/** What is kept of a listing version: nothing, where neither says anything. */
function findingsOf(
  listing: ListingVersion,
  compiled: { tried: CompiledPolicies | null; before: CompiledPolicies | null },
): TrialFinding[] {
  const foundBy = (policies: CompiledPolicies | null) =>
    policies && screen(policies, { id: listing.listingId, text: listing.text }).findings[0]
  const before = foundBy(compiled.before)
  // Without a document of its own the version in force is what is tried.
  const found = compiled.tried === null ? before : foundBy(compiled.tried)
  if (!found && !before) return []
  return [
    {
      listingId: listing.listingId,
      version: listing.version,
      sellerId: listing.sellerId,
      outcome: found?.outcome ?? 'allow',
      score: found?.score ?? null,
      evidence: found?.evidence ?? [],
      outcomeBefore: before?.outcome ?? 'allow',
      scoreBefore: before?.score ?? null,
    },
  ]
}

/** Reads a document that is to be tried; every mistake has its line and column. */
function readCandidate(name: string, source: string): Result<Policy> {
  const read = readDocument(source, `${name}.yaml`)
  const errors = read.ok
    ? read.policy.policy === name
      ? []
      : [
          {
            line: lineOf(source, /^policy\s*:/m),
            column: 1,
            message: `expected the name "${name}", found "${read.policy.policy}"`,
          },
        ]
    : read.errors
  if (read.ok && errors.length === 0) return done(read.policy)
  const [first] = errors
  const place = first && `Line ${first.line}, column ${first.column}: ${first.message}`
  return { ...refuse('policy_unreadable', place), errors }
}

function lineOf(source: string, pattern: RegExp): number {
  return source.slice(0, Math.max(0, source.search(pattern))).split('\n').length
}

function readOne(
  app: App,
  wall: Wall,
  who: Who,
  { name, id }: { name: string; id: string },
): Promise<Result<TrialView>> {
  return transact(app.db, wall, async (tx) => {
    const trial = await readTrial(tx, name, id)
    return trial === null ? refuse('not_found') : done(await viewOf(app, tx, who, trial))
  })
}

async function viewOf(app: App, tx: Tx, who: Who, trial: Trial): Promise<TrialView> {
  const tried = trial.document ?? (await inForceFor(tx, trial))
  if (tried === null) throw new Error(`read trial ${trial.id}: it has no document`)
  return { ...trial, tried, mayStop: isPermitted(app, who, 'policies.stopTrial') }
}

/** The version in force when the trial began, or null where there was none. */
async function inForceFor(tx: Tx, { id, policy, against }: Trial): Promise<Policy | null> {
  if (against === null) return null
  const adopted = await readPolicy(tx, policy, against)
  if (adopted === null) throw new Error(`read trial ${id}: ${policy} ${against} is not kept`)
  return adopted.policy
}
