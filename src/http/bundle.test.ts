import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { photo } from '../../test/journeys/browser.ts'
import { authority, board, letterOf } from '../../test/letters.ts'
import { served, type Served } from '../../test/served.ts'
import { valueOf } from '../../test/world.ts'
import { bundleName } from '../core/bundle.ts'
import { fileAppeal } from '../operations/appeal.ts'
import { keepFile } from '../operations/file.ts'
import { recordLetter } from '../operations/letter.ts'
import { noteOnCase } from '../operations/note.ts'
import { addStaff } from '../operations/staff.ts'
import { readCaseEvents } from '../store/event.ts'
import { zipOf, type ZipEntry } from './zip.ts'

let s: Served
let caseId = ''
let letterId = ''
const cookies = new Map<string, { cookie: string; origin: string }>()

const get = (role: string, query = '') =>
  fetch(`${s.url}/v1/desk/cases/${caseId}/bundle${query}`, { headers: cookies.get(role) ?? {} })

async function unzipped(role: string, query = '') {
  const answer = await get(role, query)
  expect(answer.status).toBe(200)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return { bytes, files: unzipSync(bytes) }
}

beforeAll(async () => {
  s = await served()
  for (const role of ['legal', 'executive', 'auditor', 'support', 'reviewer'] as const) {
    const email = `${role}@marketplace.example`
    await addStaff(s.app, { email, name: `${role} Person`, roles: [role], desks: ['legal'] })
    cookies.set(role, await s.signIn(email))
  }
  const { seller, decisionId } = await s.removedListing()
  const kept = async (name: string) =>
    valueOf(await keepFile(s.app, seller, { name, mediaType: 'image/png', bytes: photo })).id
  const fileIds = [await kept('../../etc/Etikett <b>.exe'), await kept('label.png')]
  caseId = valueOf(
    await fileAppeal(
      s.app,
      seller,
      {
        objections: [
          { decisionId, track: 'dispute', text: 'It is clay. <script>1</script>', remedy: null },
        ],
        fileIds,
      },
      null,
    ),
  ).caseId
  const lena = await s.reviewer('Lena')
  valueOf(await noteOnCase(s.app, lena, { caseId, text: 'Between us.' }, null))
  const letter = { caseId, wants: 'file' as const, dueOn: '2026-11-30' }
  const recorded = await recordLetter(
    s.app,
    lena,
    letterOf({ ...letter, sender: board, sellerHears: true, text: 'Please send your file.' }),
    null,
  )
  letterId = valueOf(recorded).letterId
  const secret = letterOf({ sender: authority, caseId, text: 'We look into a theft ring.' })
  valueOf(await recordLetter(s.app, lena, secret, null))
}, 60_000)
afterAll(async () => s[Symbol.asyncDispose]())

test('the file of a case has its statement, thread and evidence, says what is not in it, and runs nothing', async () => {
  const { files } = await unzipped('legal', `?letter=${letterId}`)
  const names = Object.keys(files)
  expect(names).toEqual([
    'index.html',
    'case.json',
    expect.stringMatching(/^statements\/\d+-D-\d+\.pdf$/),
    'files/001-etc_Etikett_b__exe.png',
    'files/002-label.png',
  ])
  const index = strFromU8(files['index.html'] ?? new Uint8Array())
  expect(index).toContain('Please send your file.')
  expect(index).toContain('It is clay. &lt;script&gt;')
  expect(index).not.toContain('<script')
  expect(index).toContain("default-src 'none'")
  expect(index).toContain('Notes that people of the marketplace write to each other')
  expect(strFromU8((files[names[2] ?? ''] ?? new Uint8Array()).slice(0, 5))).toBe('%PDF-')
  const data: unknown = JSON.parse(strFromU8(files['case.json'] ?? new Uint8Array()))
  expect(data).toMatchObject({
    letters: [{ from: { name: board.name } }],
    files: [
      {
        name: '../../etc/Etikett <b>.exe',
        sha256: createHash('sha256').update(photo).digest('hex'),
      },
      { name: 'label.png' },
    ],
  })
  for (const words of ['Between us.', 'theft ring', authority.name, 'Lena Person'])
    expect(index + JSON.stringify(data)).not.toContain(words)
})

test('the same state gives the same bytes, and who got it and when is on record', async () => {
  const first = await unzipped('legal', `?letter=${letterId}`)
  const again = await unzipped('executive', `?letter=${letterId}`)
  expect(Buffer.compare(first.bytes, again.bytes)).toBe(0)
  await unzipped('auditor')
  const events = await s.inside((tx) => readCaseEvents(tx, caseId))
  const bundled = events.filter(({ kind }) => kind === 'case.bundled')
  expect(bundled.at(-1)?.detail).toMatchObject({ byName: 'auditor Person', to: null })
  expect(bundled.at(-2)?.detail).toMatchObject({
    byName: 'executive Person',
    to: `${board.name}, a dispute settlement body`,
    letter: letterId,
  })
  // Of nobody's: behind the seller's wall it is not there.
  expect(bundled.every(({ sellerId }) => sellerId === null)).toBe(true)
})

test('nobody but legal, the executive office and auditors takes it out', async () => {
  expect((await get('support')).status).toBe(403)
  expect((await get('reviewer')).status).toBe(403)
  const seller = { headers: await s.signIn('clay@sellers.example') }
  expect((await fetch(`${s.url}/v1/desk/cases/${caseId}/bundle`, seller)).status).toBe(404)
  expect((await get('legal', '?letter=let_other')).status).toBe(404)
})

test('no name leads out of the folder, is kept by a system for itself, or lies about its bytes', () => {
  const names = ['../../x', 'C:\\con', '..', 'a/b\\c.png', 'pdf.pdf.html', 'é.JPG', '\u202egnp.exe']
  for (const name of names)
    for (const type of ['image/png', 'text/html', 'application/x-msdownload']) {
      const safe = bundleName(name, type, 7)
      expect(safe).toMatch(/^007-[A-Za-z0-9_-][A-Za-z0-9._-]*\.(png|bin)$/)
      expect(safe).not.toContain('..')
    }
  expect(bundleName('é.JPG', 'image/jpeg', 1)).toBe('001-e.jpg')
})

test('an archive of many large files is written a file at a time', async () => {
  let read = 0
  const size = 4 * 1024 * 1024
  async function* entries(): AsyncGenerator<ZipEntry> {
    for (let place = 0; place < 20; place++) {
      read += size
      yield { name: `${place}.bin`, bytes: new Uint8Array(size).fill(place), isPacked: true }
      await Promise.resolve()
    }
  }
  let written = 0
  let most = 0
  for await (const piece of zipOf(entries())) {
    written += piece.length
    most = Math.max(most, read - written)
  }
  expect(written).toBeGreaterThan(20 * size)
  expect(most).toBeLessThan(2 * size)
})
