/** The data folder: marked as ours before anything goes in, and erased only when it is. */
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CannotOpen } from './cannot-open.ts'
import { DataFolder } from './data-folder.ts'

const address = 'http://127.0.0.1:4870'
let place: string

beforeEach(async () => {
  place = await mkdtemp(path.join(tmpdir(), 'recourse-data-'))
})

afterEach(async () => {
  await rm(place, { recursive: true })
})

test('a folder that does not exist yet is made, closed to the eyes of others', async () => {
  await using folder = await DataFolder.open(path.join(place, 'a/b'), { address })
  expect((await stat(folder.path)).mode & 0o777).toBe(0o711)
})

test('an open folder is refused to the next, and free when it was closed', async () => {
  const folder = await DataFolder.open(path.join(place, 'data'), { address })
  const again = () => DataFolder.open(path.join(place, 'data'), { address: 'elsewhere' })
  await expect(again()).rejects.toThrow(CannotOpen)
  await expect(again()).rejects.toThrow(`process ${process.pid}, since`)
  await folder.close()
  await using next = await again()
  expect(next.path).toBe(folder.path)
})

test('it is one folder, by whichever way one comes to it', async () => {
  await using folder = await DataFolder.open(path.join(place, 'data'), { address })
  await mkdir(path.join(place, 'other'))
  const roundabout = path.join(place, 'other/../data')
  await expect(DataFolder.open(roundabout, { address })).rejects.toThrow(folder.path)
})

test('a folder with other things in it is left as it is', async () => {
  await writeFile(path.join(place, 'letter.txt'), 'dear')
  await expect(DataFolder.open(place, { address })).rejects.toThrow('nothing in it is touched')
  expect(await readdir(place)).toEqual(['letter.txt'])
})

test('a file in its place is named', async () => {
  const file = path.join(place, 'data')
  await writeFile(file, '')
  await expect(DataFolder.open(file, { address })).rejects.toThrow('there is a file in its place')
})

test('erasing leaves nothing but the folder, which stays ours', async () => {
  await using folder = await DataFolder.open(path.join(place, 'data'), { address })
  const before = await folder.secrets()
  expect(await folder.secrets()).toEqual(before)
  await mkdir(path.join(folder.path, 'files/deep'), { recursive: true })
  await folder.erase()
  expect((await readdir(folder.path)).sort()).toEqual(['claims', 'recourse.json'])
  expect(await folder.secrets()).not.toEqual(before)
  await expect(DataFolder.open(folder.path, { address })).rejects.toThrow('already runs')
})
