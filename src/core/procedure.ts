/** A procedure says how a seller gets from a measure to an answer from a person: ways in, desks, clocks, consequences. */
import { z } from 'zod'

export const Power = z.enum(['grant', 'narrow', 'deny', 'answer', 'ask'])
export type Power = z.infer<typeof Power>

const kebabName = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name in kebab-case, such as small-shop')
/** Names inside the document are its own; the running system gives a meaning to some channels only. */
const name = z.string().regex(/^\S(.*\S)?$/, 'a name without spaces around it')

/** A desk holds cases for `within`; then `late` happens by itself. */
export const Desk = z.strictObject({
  /** What people call it, e.g. "Seller Performance". */
  title: z.string().min(1).optional(),
  staff: z.enum(['people', 'machine']),
  /** A desk without powers can only hold cases and pass them on. */
  may: z.array(Power).default([]),
  /** Milliseconds; read from an ISO 8601 duration. */
  within: z.number().positive().optional(),
  /** A desk's name, or what happens to the measure. */
  late: z.string().optional(),
  review: z.string().optional(),
  forward: z.array(z.string()).optional(),
})
export type Desk = z.infer<typeof Desk>

/** A procedure after reading: every duration is in milliseconds. */
export const Procedure = z.strictObject({
  procedure: kebabName,
  title: z.string().min(1),
  officer: z.string().min(1),
  promise: z.strictObject({ person: z.number().positive(), answer: z.number().positive() }),
  limits: z
    .strictObject({
      forwards: z.int().min(0).default(0),
      asks: z.int().min(0).default(0),
      'ask-wait': z.number().positive().optional(),
    })
    .default({ forwards: 0, asks: 0 }),
  measures: z.record(
    name,
    z.strictObject({
      takes: z.array(z.enum(['account', 'mailbox'])).default([]),
      'may-take': z.array(z.enum(['account', 'mailbox'])).default([]),
      'lift-by-clock': z.boolean().default(true),
    }),
  ),
  channels: z.record(
    name,
    z.strictObject({ needs: z.array(z.enum(['account', 'mailbox'])).default([]) }),
  ),
  desks: z.record(name, Desk),
  routes: z.array(
    z.strictObject({ for: z.array(z.string()).min(1), by: z.array(name).min(1), to: name }),
  ),
})
export type Procedure = z.infer<typeof Procedure>

/** What happens when a desk is late, seen from one desk of one procedure. */
export type Lateness = { does: 'hand-over'; desk: string } | { does: 'lift' } | { does: 'narrow' }

/** The desk that a measure or matter goes to by this channel: the first route that names both, or null. */
export function routeTo(procedure: Procedure, matter: string, channel: string): string | null {
  const route = procedure.routes.find(
    (candidate) =>
      candidate.by.includes(channel) && candidate.for.some((pattern) => matches(pattern, matter)),
  )
  return route?.to ?? null
}

/** What a desk's lateness does, or null when the document gives it no clock or no consequence. */
export function latenessOf(procedure: Procedure, desk: string): Lateness | null {
  const late = procedure.desks[desk]?.late
  if (late === undefined) return null
  if (late === 'lift' || late === 'narrow') return { does: late }
  return { does: 'hand-over', desk: late }
}

/** Whether a desk has this power. */
export function hasPower(procedure: Procedure, desk: string, power: Power): boolean {
  return procedure.desks[desk]?.may.includes(power) ?? false
}

/** The desk that takes the second look at this desk's denials; a desk that names itself names none. */
export function reviewDeskOf(procedure: Procedure, desk: string): string | null {
  const review = procedure.desks[desk]?.review
  return review === undefined || review === desk ? null : review
}

/** What people call a desk. */
export function deskTitle(procedure: Procedure, desk: string): string {
  return (
    procedure.desks[desk]?.title ??
    desk.charAt(0).toUpperCase() + desk.slice(1).replaceAll('-', ' ')
  )
}

function matches(pattern: string, matter: string): boolean {
  if (pattern === '*') return true
  if (pattern.endsWith('.*')) return matter.startsWith(pattern.slice(0, -1))
  return pattern === matter
}
