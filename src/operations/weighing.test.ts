/** Scores in the running system: the same as the batch over the same lines, whatever came first. */
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { complaint, crowd, order, puppets, seller } from '../../test/complaints.ts'
import { complaintsAbout, factsFrom, linesHeld } from '../../test/told-complaints.ts'
import { marketplace, world, type World } from '../../test/world.ts'
import { runCommand } from '../cli/commands.ts'
import { listRings } from '../store/ring.ts'
import { openCalls, scoresOf } from '../store/weighing.ts'
import { tellComplaints } from './complaint.ts'
import { judgeFacts } from './judge-facts.ts'
import { keepJudged, scoreAsFound, weighSome } from './weighing.ts'

let w: World
beforeEach(async () => {
  w = await world()
})
afterEach(() => w[Symbol.asyncDispose]())

const rival = seller({ id: 'rival', categories: ['tools'], devices: ['shared'] })
const scene = [
  ...crowd(10),
  seller({ id: 'victim', categories: ['tools'] }),
  rival,
  ...puppets(5, (at) => ({ devices: [at < 3 ? 'shared' : `own-${at}`] })),
  order({ id: 'o-true', sellerId: 'victim', reporterId: 'r-true' }),
  complaint({ id: 'true', sellerId: 'victim', orderId: 'o-true', text: 'The blade is chipped.' }),
]

async function tell(lines: readonly string[]) {
  const told = await tellComplaints(w.app, marketplace, lines.map(factsFrom))
  for (const one of told) if (!one.ok) throw new Error(`tell: ${one.refusal}`)
}

const weigh = () => weighSome(w.app)

/** What `recourse complaints score` makes of the lines that are held. */
async function batch(): Promise<string> {
  const lines = await w.inside(linesHeld)
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const reading = text(stdout)
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  await runCommand(['complaints', 'score'], {
    stdin: Readable.from([Buffer.from(input)], { objectMode: false }),
    stdout,
    stderr,
    env: {},
  })
  stdout.end()
  return reading
}

/** What is kept, as the batch writes it. */
function kept(): Promise<string> {
  return w.inside(async (tx) => {
    const complaints = await tx
      .selectFrom('complaints')
      .select(['id', 'told_id'])
      .orderBy('at')
      .orderBy('id')
      .execute()
    const scores = await scoresOf(
      tx,
      complaints.map(({ id }) => id),
    )
    const rings = new Map((await listRings(tx, ['open'], 100)).map((ring) => [ring.id, ring]))
    return complaints
      .map((one) => {
        const score = scores.get(one.id)
        if (score === undefined) throw new Error(`${one.id} has no score`)
        const { credibility, counts, ringId, reasons } = score
        const ring = ringId === null ? null : rings.get(ringId)?.report.name
        return `${JSON.stringify({ id: one.told_id, credibility, counts, ring, reasons })}\n`
      })
      .join('')
  })
}

/** Those that were weighed. */
const sellerOf = async (sellerId: string) =>
  (await w.inside((tx) => complaintsAbout(tx, sellerId))).filter(({ score }) => score !== null)

describe('scores as complaints arrive', () => {
  test('are the same to the byte as those of the batch, whatever came first', async () => {
    const orders = fc.sample(fc.shuffledSubarray(scene, { minLength: scene.length }), {
      numRuns: 2,
      seed: 9,
    })
    const all: string[] = []
    for (const lines of orders) {
      await w[Symbol.asyncDispose]()
      w = await world()
      // In several handfuls with a weighing after each, as they come in.
      for (let from = 0; from < lines.length; from += 13) {
        await tell(lines.slice(from, from + 13))
        await weigh()
      }
      const answers = await kept()
      expect(answers).toBe(await batch())
      all.push(answers.split('\n').toSorted().join('\n'))
    }
    expect(new Set(all).size).toBe(1)
    expect(all[0]).toContain('"ring":"ring-1"')
  })

  test('say of each complaint of a seller what it is worth, and in which ring it is', async () => {
    await tell(scene)
    await weigh()
    const scores = await sellerOf('victim')
    expect(scores).toHaveLength(6)
    const [ring] = await w.inside((tx) => listRings(tx, ['open'], 10))
    expect(ring?.report.members).toHaveLength(5)
    expect(scores.filter(({ counts }) => !counts).map(({ ringId }) => ringId)).toEqual(
      Array.from({ length: 5 }, () => ring?.id),
    )
    expect(scores.find(({ counts }) => counts)?.score?.credibility).toBeGreaterThan(0.8)
  })

  test('are weighed once for all that came, and not again before something comes', async () => {
    await tell(scene)
    expect(await weigh()).toBe(true)
    expect(await weigh()).toBe(false)
    await tell([rival])
    expect(await weigh()).toBe(true)
    const rows = await w.inside((tx) =>
      tx.selectFrom('complaint_scores').select('weighing').execute(),
    )
    // What is as before is not written again.
    expect(new Set(rows.map(({ weighing }) => weighing))).toEqual(new Set([1]))
  })

  test('are asked for by an order of who complained, and not by anybody else’s', async () => {
    await tell([complaint({ id: 'a', sellerId: 'victim' })])
    await weigh()
    await tell([order({ id: 'o-else', sellerId: 'victim', reporterId: 'nobody' })])
    expect(await w.inside(openCalls)).toEqual([])
    await tell([order({ id: 'o-a', sellerId: 'victim', reporterId: 'r-a' })])
    expect(await weigh()).toBe(true)
    expect((await sellerOf('victim'))[0]?.score?.credibility).toBeGreaterThan(0.9)
  })

  test('of two at once are kept of the first, and what came meanwhile is weighed next', async () => {
    await tell(scene)
    const late = await judgeFacts(w.app)
    if (late === null) throw new Error('nothing called for a weighing')
    await tell([complaint({ id: 'late', sellerId: 'victim', text: 'It came late.' })])
    await weigh()
    await tell([complaint({ id: 'later', sellerId: 'victim', text: 'It came later.' })])
    await keepJudged(w.app, late, { tookMs: 0 })
    expect(await sellerOf('victim')).toHaveLength(7)
    expect(await weigh()).toBe(true)
    expect(await sellerOf('victim')).toHaveLength(8)
    expect(await kept()).toBe(await batch())
  })
})

describe('a doubted complaint', () => {
  const start = { signal: 'start', weight: 1.5, text: 'Where every complaint starts.' }
  const doubt = { signal: 'doubt', weight: -3, text: 'One of 5 who may act as one.' }
  const doubted = {
    ...{ id: 'c', credibility: 0.18, counts: false, ring: null },
    reasons: [start, doubt],
  }
  const weighed = { id: 'cmp', lineId: 'c', finding: null, ringFound: null }
  const anyRing = (apart: string[]) => new Map([['ring-1', { id: 'rng', apart: new Set(apart) }]])

  test('counts nothing while nobody has looked', () => {
    expect(scoreAsFound(doubted, weighed, anyRing([]))).toMatchObject({
      ...{ counts: false, ringId: null, credibility: 0.18 },
      reasons: [start, doubt],
    })
  })

  test('stands by itself once people find that it is of no ring, or take its reporter out of one', () => {
    const found = { ...weighed, ringFound: { ringId: 'rng', isOfRing: false } }
    for (const score of [
      scoreAsFound(doubted, found, anyRing([])),
      scoreAsFound(doubted, weighed, anyRing(['cmp'])),
    ]) {
      expect(score).toMatchObject({ counts: true, ringId: null })
      expect(score.reasons.map(({ signal }) => signal)).toEqual(['start', 'no-ring'])
    }
  })

  test('of a confirmed ring counts nothing', () => {
    const found = { ...weighed, ringFound: { ringId: 'rng', isOfRing: true } }
    expect(scoreAsFound(doubted, found, anyRing([]))).toMatchObject({
      counts: false,
      ringId: 'rng',
    })
  })
})
