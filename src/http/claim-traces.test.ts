/** A sample of the traces of the model of recovery, over HTTP: who holds the account in the end is what the model says. */
import { expect, onTestFinished, test } from 'vitest'
import { everySet, runClaim, timings, type Side } from '../../test/claim-model.ts'
import { playTrace, specialists } from '../../test/claim-trace.ts'
import { withoutWaits } from '../../test/no-waits.ts'
import { served } from '../../test/served.ts'

/** `TRACES=60 npx vitest run src/http/claim-traces.test.ts` plays more of them, and twelve one of each kind. */
const wanted = Number(process.env['TRACES'] ?? 4)

type Trace = Omit<Side, 'otherClaims'>

/**
 * As many of each kind: whose claim it is, who wins, and when somebody objects. A passkey is shown by a browser and proves
 * as a saved code does, so that sets with one are left to the model.
 */
function sample(): { trace: Trace; wins: boolean }[] {
  const strata = new Map<string, { trace: Trace; wins: boolean }[]>()
  for (const set of everySet()) {
    if ([...set.owner, ...set.thief].includes('passkey')) continue
    for (const who of ['owner', 'thief'] as const)
      for (const timing of timings) {
        const trace = { who, set, timing }
        const wins = runClaim({ ...trace, otherClaims: false })
        const stratum = `${who} ${wins} ${timing}`
        const all = strata.get(stratum) ?? []
        all.push({ trace, wins })
        strata.set(stratum, all)
      }
  }
  expect(strata.size).toBe(12)
  const each = Math.max(1, Math.ceil(wanted / strata.size))
  const kinds = [...strata.values()]
  // Fewer than one of each: whoever claims and wins once with each of them, and each time of an objection.
  const played = kinds.filter(
    (_, kind) =>
      wanted >= kinds.length ||
      kind % timings.length === Math.floor(kind / timings.length) % timings.length,
  )
  return played
    .flatMap((all) =>
      // Spread over all, from a place in the middle of each part: sets that differ in what is held.
      Array.from({ length: each }, (_, n) => all[Math.floor(((n + 0.62) * all.length) / each)]),
    )
    .filter((one) => one !== undefined)
}

test(
  'whoever holds the account by the model holds it over HTTP',
  { timeout: 120_000 + wanted * 60_000 },
  async () => {
    await using s = await served()
    // The model knows no waits at the door; that there are some is told in claim-proof.test.ts.
    onTestFinished(withoutWaits())
    const people = await specialists(s)
    const before = process.cpuUsage()
    const traces = sample()
    expect(traces.length).toBeGreaterThanOrEqual(wanted < 12 ? 4 : 12)
    for (const [place, { trace, wins }] of traces.entries()) {
      const name = `shop${place}`
      const held = await playTrace(s, people, trace, name)
      expect({ ...trace, holds: held }).toEqual({ ...trace, holds: wins })
      // No trace is slowed by the ones before it: strangers come hours apart.
      s.advance(2 * 3_600_000)
    }
    const { user, system } = process.cpuUsage(before)
    const won = traces.filter(({ wins }) => wins).length
    console.log(
      `${traces.length} traces over HTTP, ${won} won as in the model, ${((user + system) / 1e6).toFixed(0)} s of CPU`,
    )
    expect(s.logged.filter(({ message }) => message.includes('broke'))).toEqual([])
  },
)
