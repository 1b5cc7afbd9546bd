import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { randomInt } from 'node:crypto'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { EmbeddedPostgres } from '../../src/store/embedded.ts'
import { place, startProgram, storyPolicies, type Program } from './program.ts'

/** How often everything is killed in each half; `npm run test:faults` does the other journey 50 times. */
const kills = Math.min(Number(process.env['KILLS'] ?? 1), 10)

const many = 4_000
/** One in forty is taken off sale. */
const isMask = (place: number) => place % 40 === 0
const lines = Array.from({ length: many }, (_, place) =>
  JSON.stringify({
    id: `told${place}`,
    sellerId: `seller${place % 50}`,
    title: isMask(place) ? `Clay face mask with a protective filter ${place}` : `Bowl ${place}`,
  }),
)

interface Answer {
  id: string
  result: string
  version: number
}

/** Tells all of them as one stream and hands over each answer as it comes, until the end or until it is cut off. */
async function tellAll(program: Program, hear: (answer: Answer) => void): Promise<void> {
  const key = await readFile(join(program.data, 'bazaar-key'), 'utf8')
  try {
    const answer = await fetch(`${program.recourse}/v1/listings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: lines.join('\n'),
    })
    let rest = ''
    for await (const chunk of answer.body ?? []) {
      const whole = (rest + Buffer.from(chunk).toString()).split('\n')
      rest = whole.pop() ?? ''
      for (const line of whole) hear(JSON.parse(line) as Answer) // as the contract has it
    }
  } catch {
    // Cut off: what was heard is all that was acknowledged.
  }
}

/** Asks the program's own database, as its owner. */
async function ask<Row>(program: Program, question: string): Promise<Row[]> {
  const url = await EmbeddedPostgres.running(program.data, 'recourse')
  if (url === null) throw new Error('the database does not answer')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(question)
    return rows as Row[] // as each question names them
  } finally {
    await client.end()
  }
}

async function count(program: Program, question: string): Promise<number> {
  const [row] = await ask<{ count: string }>(program, question)
  return Number(row?.count)
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test(
  'killed while listings stream in and while a changed policy screens them anew, nothing is lost or done twice',
  { timeout: kills * 120_000 + 240_000 },
  async () => {
    const here = await place()
    const heard = new Set<string>()
    let program = await startProgram(here)
    try {
      for (let round = 0; round < kills; round++) {
        const before = heard.size
        const flight = tellAll(program, ({ id }) => heard.add(id))
        const enough = before + randomInt(many / kills)
        for (let n = 0; heard.size < enough && n < 2_000; n++) await pause(5)
        await program.killAll()
        await flight
        program = await startProgram(here)
      }
      const acknowledged = new Set(heard)
      const answers = new Map<string, Answer>()
      await tellAll(program, (answer) => answers.set(answer.id, answer))
      expect(answers.size).toBe(many)
      for (const { id, result, version } of answers.values()) {
        expect(version, `${id} was told one text`).toBe(1)
        if (acknowledged.has(id)) expect(result, `${id} was acknowledged`).toBe('unchanged')
      }
      await screened(program)

      const changed = join(dirname(here.data), 'policies')
      await adoptable(changed)
      for (let round = 0; round < kills; round++) {
        await program.killAll()
        program = await startProgram({ ...here, env: { RECOURSE_POLICIES: changed } })
        await pause(randomInt(400))
      }
      await screenedAnew(program)
      console.log(
        `killed ${2 * kills} times; ${acknowledged.size} of ${many} acknowledged before the last time they were told`,
      )
    } finally {
      await program.stop()
      await here.remove()
    }
  },
)

/** The policies of the story under the next number. */
async function adoptable(folder: string): Promise<void> {
  await mkdir(folder)
  await cp(storyPolicies, folder, { recursive: true })
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^version: 1$/m, 'version: 2'))
  }
}

async function screened(program: Program): Promise<void> {
  await expect
    .poll(() => count(program, 'select count(*) from waiting_versions'), { timeout: 60_000 })
    .toBe(0)
  // Each version stands in one batch, and each mask was taken off sale once.
  expect(
    await count(
      program,
      'select sum(screened) as count from screening_batches where rescreening_id is null',
    ),
  ).toBe(await count(program, 'select count(*) from listing_versions'))
  await onceEach(program)
}

async function screenedAnew(program: Program): Promise<void> {
  const running = 'select count(*) from rescreenings where ended_at is null'
  await expect.poll(() => count(program, running), { timeout: 60_000 }).toBe(0)
  const rescreenings = await ask<{ policy: string; found: number; told: string; counted: string }>(
    program,
    `select r.policy, r.found,
       (select count(*) from screening_batches b join listing_versions v on b.arrivals @> v.arrival
         where b.rescreening_id = r.id and v.listing_id like 'told%') as told,
       (select sum(p.review + p.deactivate) from batch_policies p join screening_batches b on b.id = p.batch_id
         where b.rescreening_id = r.id) as counted
     from rescreenings r where r.version = 2 and not r.is_cut_short`,
  )
  expect(rescreenings.length).toBeGreaterThan(0)
  for (const { policy, found, told, counted } of rescreenings)
    expect([Number(told), Number(counted)], `${policy} read each once`).toEqual([many, found])
  await onceEach(program)
}

async function onceEach(program: Program): Promise<void> {
  const masks = lines.filter((_, place) => isMask(place)).length
  const [{ measures, listings } = { measures: '', listings: '' }] = await ask<{
    measures: string
    listings: string
  }>(
    program,
    `select count(*) as measures, count(distinct subject_id) as listings
     from decisions where kind = 'impose' and subject_id like 'told%'`,
  )
  expect([Number(measures), Number(listings)]).toEqual([masks, masks])
  const twice = `select count(*) from (
    select from findings where replaced_at is null
    group by listing_id, listing_version, policy having count(*) > 1) doubled`
  expect(await count(program, twice)).toBe(0)
}
