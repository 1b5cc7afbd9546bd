import { expect, test } from 'vitest'
import { takeBackNote, takeBackUntil, writeNote, type Note } from './note.ts'

const start = new Date('2026-11-23T09:00:00Z')
const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000)

function written(text = 'He called twice.'): Note {
  const result = writeNote({ id: 'n1', caseId: 'c1', by: 'sofia', text }, start)
  if (!result.ok) throw new Error(result.refusal)
  return result.note
}

test('a note without a word is none', () => {
  const empty = writeNote({ id: 'n1', caseId: 'c1', by: 'sofia', text: ' \n' }, start)
  expect(empty).toMatchObject({ refusal: 'note_missing' })
})

test('its author takes a note back for a minute, and then its words are gone', () => {
  const note = written()
  expect(takeBackUntil(note, 'sofia', at(59))).toEqual(at(60))
  const taken = takeBackNote(note, 'sofia', at(59))
  expect(taken).toMatchObject({ note: { text: null, takenBackAt: at(59) } })
  expect(takeBackNote(note, 'sofia', at(60))).toMatchObject({ refusal: 'note_stays' })
  if (taken.ok)
    expect(takeBackNote(taken.note, 'sofia', at(59))).toMatchObject({ refusal: 'note_stays' })
})

test('nobody takes a colleague’s note back', () => {
  expect(takeBackUntil(written(), 'milan', at(1))).toBeNull()
  expect(takeBackNote(written(), 'milan', at(1))).toMatchObject({ refusal: 'note_stays' })
})
