/** A cursor says where the next page begins; readers hand it back as it is. */
import { z } from 'zod'
import { refuseRequest } from './problem.ts'
import { isReadable } from './readable.ts'

const Place = z.tuple([z.iso.datetime(), z.string().max(200).refine(isReadable)])

export interface Place {
  foundAt: Date
  id: string
}

/** Writes a place as a cursor. */
export function writeCursor({ foundAt, id }: Place): string {
  return Buffer.from(JSON.stringify([foundAt.toISOString(), id])).toString('base64url')
}

/** Reads a cursor that we wrote; any other is refused. */
export function readCursor(cursor: string): Place {
  const place = Place.safeParse(parsed(cursor))
  if (!place.success)
    refuseRequest('invalid_request', 'This cursor is not one of ours.', [
      { path: 'cursor', message: 'use nextCursor as it was answered' },
    ])
  const [foundAt, id] = place.data
  return { foundAt: new Date(foundAt), id }
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    // What is no JSON is no place either.
    return null
  }
}
