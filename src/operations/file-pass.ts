/** A file pass opens one file for one reader for some minutes, without a cookie: it names both, signed by us. */
import { z } from 'zod'
import { later } from '../core/calendar.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { transact } from '../store/db.ts'
import { staffById } from '../store/staff.ts'
import type { App } from './app.ts'
import { done, type Result } from './result.ts'
import { actingMember, staffReader } from './session.ts'
import { readToken, signToken } from './signed-token.ts'
import type { Who } from './who.ts'

/** How long a pass opens its file: long enough to look, too short to be worth passing on. */
export const passValidFor = 5 * 60_000

const Reader = z.union([
  z.strictObject({ staff: z.string().min(1) }),
  z.strictObject({
    seller: z.string().min(1),
    by: z.string(),
    /** Whoever was let in, by id: what they may read is looked at anew. */
    member: z.string().min(1).optional(),
    /** By a link, only this matter is open. */
    matter: z
      .strictObject({ decisionId: z.string().nullable(), caseId: z.string().nullable() })
      .nullable(),
  }),
])

/** Seconds since 1970 for the end, as links have it. */
const Content = z.strictObject({ f: z.string().min(1), r: Reader, e: z.int() })

export interface FilePass {
  token: string
  until: Date
}

/** Makes a pass for a reader who may read the file; whether they may was asked before, and is asked again when it is shown. */
export function makePass(
  who: Who,
  { fileId, secret, now }: { fileId: string; secret: string; now: Date },
): Result<FilePass> {
  const reader = readerOf(who)
  if (reader === null) return refuse('not_found')
  const seconds = Math.floor(later(now, passValidFor).getTime() / 1000)
  const content: z.infer<typeof Content> = { f: fileId, r: reader, e: seconds }
  return done({ token: signToken(secret, 'file', content), until: new Date(seconds * 1000) })
}

/** What a pass says: the file, and whether its minutes are over. */
export type PassRead =
  { ok: true; fileId: string; reader: z.infer<typeof Reader>; hasRunOut: boolean } | Refused

/** Reads a pass, or `link_invalid` when it is not one of ours. */
export function readPass(secret: string, token: string, now: Date): PassRead {
  const opened = readToken(secret, 'file', token)
  if (!opened.ok) return opened
  const content = Content.safeParse(opened.value)
  if (!content.success) return refuse('link_invalid')
  const { f: fileId, r: reader, e: seconds } = content.data
  return { ok: true, fileId, reader, hasRunOut: now.getTime() >= seconds * 1000 }
}

/** Who shows a pass, as they are now: a person who has left since reads nothing any more. */
export async function bearerOf(app: App, reader: z.infer<typeof Reader>): Promise<Who> {
  if (!('staff' in reader)) {
    const { seller: sellerId, by, matter, member: id } = reader
    if (id === undefined) return { kind: 'seller', sellerId, by, matter }
    const member = await actingMember(app, { id, sellerId })
    return member === null ? { kind: 'nobody' } : { kind: 'seller', sellerId, by, matter, member }
  }
  const person = await transact(app.db, { entrance: true }, (tx) => staffById(tx, reader.staff))
  return person === null ? { kind: 'nobody' } : staffReader(person)
}

function readerOf(who: Who): z.infer<typeof Reader> | null {
  switch (who.kind) {
    case 'staff':
      return { staff: who.id }
    case 'seller':
      return {
        seller: who.sellerId,
        by: who.by,
        matter: who.matter,
        ...(who.member && { member: who.member.id }),
      }
    case 'claim':
    case 'reporter':
    case 'marketplace':
    case 'nobody':
      return null
  }
}
