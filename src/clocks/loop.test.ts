import { describe, expect, test } from 'vitest'
import { stillWorld } from '../../test/surroundings.ts'
import type { World } from '../../test/world.ts'
import { later } from '../core/calendar.ts'
import { setClock, type Clock } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import { ensureSeller } from '../store/seller.ts'
import { startBackground, startClocks } from './loop.ts'

const set = (w: World, refs: string[], dueIn = 0) =>
  w.inside(async (tx) => {
    for (const [index, ref] of refs.entries())
      await setClock(tx, 'test', ref, later(w.app.now(), dueIn + index))
  })
const left = async (w: World) => {
  const rows = await w.inside((tx) =>
    tx.selectFrom('clocks').select('ref').where('kind', '=', 'test').orderBy('due_at').execute(),
  )
  return rows.map(({ ref }) => ref)
}

describe('a clock', () => {
  test('fires once its time has come, the longest due first, and not before', async () => {
    await using w = await stillWorld()
    await set(w, ['third', 'fourth'], 5_000)
    await set(w, ['first', 'second'], -5_000)
    const fired: string[] = []
    const loop = startClocks(w.app, async (_tx, clock) => void fired.push(clock.ref), {
      everyMs: 10,
    })
    await expect.poll(() => fired).toEqual(['first', 'second'])
    w.advance(4_999)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(fired).toEqual(['first', 'second'])
    w.advance(2)
    await expect.poll(() => fired).toEqual(['first', 'second', 'third', 'fourth'])
    await loop.stop()
    expect(await left(w)).toEqual([])
  })

  test('fires once, whoever else fires clocks at the same time', async () => {
    await using w = await stillWorld()
    const refs = Array.from({ length: 60 }, (_, index) => `c${index}`)
    await set(w, refs, -1_000)
    const fired: string[] = []
    const fire = async (tx: Tx, clock: Clock) => {
      await ensureSeller(tx, clock.ref, w.app.now(), w.app.now())
      fired.push(clock.ref)
    }
    const loops = [1, 2, 3, 4].map(() => startClocks(w.app, fire, { everyMs: 5 }))
    await expect.poll(() => left(w), { timeout: 10_000 }).toEqual([])
    await Promise.all(loops.map((loop) => loop.stop()))
    expect(fired.toSorted()).toEqual(refs.toSorted())
  })

  test('that throws leaves nothing half done, stays due, is logged and retried, and stops no other', async () => {
    await using w = await stillWorld()
    await set(w, ['bad', 'good', 'fine'], -1_000)
    const said: unknown[] = []
    const app = {
      ...w.app,
      log: (message: string, detail?: Record<string, unknown>) =>
        void said.push({ message, ...detail }),
    }
    const fired: string[] = []
    let isMended = false
    const loop = startClocks(
      app,
      async (tx, clock) => {
        await ensureSeller(tx, `by ${clock.ref}`, w.app.now(), w.app.now())
        if (clock.ref === 'bad' && !isMended) {
          throw new Error('out of order', { cause: new Error('no ink') })
        }
        fired.push(clock.ref)
      },
      { everyMs: 10 },
    )
    await expect.poll(() => fired).toEqual(['good', 'fine'])
    const error = expect.stringMatching(
      /^Error: out of order\n[^]*caused by Error: no ink\n/,
    ) as string
    expect(said).toMatchObject([{ kind: 'test', ref: 'bad', attempts: 1, error }])
    expect(await left(w)).toEqual(['bad'])
    const sellers = await w.inside((tx) =>
      tx.selectFrom('sellers').select('id').orderBy('id').execute(),
    )
    expect(sellers.map(({ id }) => id)).toEqual(['by fine', 'by good'])

    w.advance(1_000)
    await expect.poll(() => said.length).toBe(2)
    isMended = true
    w.advance(1_999)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(fired).toEqual(['good', 'fine'])
    w.advance(1)
    await expect.poll(() => fired).toEqual(['good', 'fine', 'bad'])
    await loop.stop()
    expect(await left(w)).toEqual([])
  })

  test('gives way to a command that works on the same matter, instead of making it fail', async () => {
    await using w = await stillWorld()
    await w.seller('clay')
    await set(w, ['clay'], -1_000)
    const said: string[] = []
    const app = { ...w.app, log: (message: string) => void said.push(message) }
    let fires = 0
    const lockSeller = (tx: Tx) =>
      tx.selectFrom('sellers').select('id').where('id', '=', 'clay').forUpdate().execute()
    let loop: ReturnType<typeof startClocks> | null = null
    // The command holds the seller and then sets the clock; the clock is held by the loop, which wants the seller.
    await transact(w.db, { inside: true }, async (tx) => {
      await lockSeller(tx)
      loop = startClocks(
        app,
        async (inLoop) => {
          fires += 1
          await lockSeller(inLoop)
        },
        { everyMs: 10 },
      )
      await expect.poll(() => fires).toBeGreaterThan(0)
      await setClock(tx, 'test', 'clay', later(w.app.now(), 60_000))
    })
    expect(await left(w)).toEqual(['clay'])
    w.advance(60_000)
    await expect.poll(() => left(w)).toEqual([])
    await loop!.stop()
    expect(said.filter((message) => message.includes('failed'))).toEqual([])
  })

  test('survives a database that is gone for a while', async () => {
    await using w = await stillWorld()
    await set(w, ['late'], -1_000)
    const said: string[] = []
    let isGone = true
    const broken = new Proxy(w.db, {
      get(target, name) {
        if (name !== 'transaction') return Reflect.get(target, name) as unknown
        if (isGone) throw new Error('connection refused')
        return () => target.transaction()
      },
    })
    const fired: string[] = []
    const app = { ...w.app, db: broken, log: (message: string) => void said.push(message) }
    const loop = startClocks(app, async (_tx, clock) => void fired.push(clock.ref), { everyMs: 10 })
    await expect.poll(() => said.length).toBeGreaterThan(0)
    isGone = false
    await expect.poll(() => fired, { timeout: 5_000 }).toEqual(['late'])
    await loop.stop()
  })
})

describe('background work', () => {
  test('goes on at once while there is more, looks again after a pause, and stops between two pieces', async () => {
    await using w = await stillWorld()
    let waiting = 5
    let running = 0
    let done = 0
    const loop = startBackground(
      w.app,
      async () => {
        running += 1
        expect(running).toBe(1)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running -= 1
        if (waiting === 0) return false
        waiting -= 1
        done += 1
        if (done === 3) throw new Error('one went wrong')
        return true
      },
      20,
    )
    await expect.poll(() => done).toBe(5)
    waiting = 2
    await expect.poll(() => done).toBe(7)
    waiting = 1_000
    await loop.stop()
    const atStop = done
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(done).toBe(atStop)
    expect(running).toBe(0)
  })
})
