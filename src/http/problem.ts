/** A problem is how a refusal leaves by HTTP (RFC 9457): a stable type, words for people, and nothing from inside. */
import { ORPCError } from '@orpc/server'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { problemType, type Problem } from '../contract/problem.ts'
import { refusals, type Refusal, type Refused } from '../core/refusal.ts'

/** What broke is ours to know: the reader learns that nothing half-done remains. */
const unexpected: Problem = {
  type: '/problems/unexpected',
  title: 'Something broke on our side. Nothing half-done remains; try again in a moment.',
  status: 500,
  refusal: 'unexpected',
}

type Issues = NonNullable<Problem['issues']>

/** Carries a refusal out of a handler to the one place that answers problems. */
export class RefusalError extends Error {
  readonly refused: Refused
  readonly issues: Issues | undefined
  constructor(refused: Refused, issues?: Issues) {
    super(refused.refusal)
    this.refused = refused
    this.issues = issues
  }
}

/** Ends a request with a refusal. */
export function refuseRequest(refusal: Refusal, detail?: string, issues?: Issues): never {
  throw new RefusalError(
    { ok: false, refusal, ...(detail === undefined ? {} : { detail }) },
    issues,
  )
}

/** The value of an operation, or its refusal thrown to whoever answers. */
export function valueOf<T>(result: { ok: true; value: T } | Refused): T {
  if (!result.ok) throw new RefusalError(result)
  return result.value
}

/** A refusal as it crosses the wire. */
export function problemOf({ refusal, detail, errors, gaps }: Refused, issues?: Issues): Problem {
  const { status, words } = refusals[refusal]
  return {
    type: problemType(refusal),
    title: words,
    status,
    ...(detail === undefined ? {} : { detail }),
    refusal,
    ...(issues === undefined ? {} : { issues }),
    ...(errors === undefined
      ? {}
      : { errors: errors.map(({ line, column, message }) => ({ line, column, message })) }),
    ...(gaps === undefined ? {} : { gaps: [...gaps] }),
  }
}

const Issue = z.object({
  message: z.string(),
  path: z
    .array(
      z.union([
        z.string(),
        z.number(),
        z.object({ key: z.union([z.string(), z.number()]) }).transform(({ key }) => key),
      ]),
    )
    .default([]),
})

/** Where a request's shape is wrong, as far as a schema said. */
export function issuesOf(issues: unknown): Issues {
  const parsed = z.array(Issue).safeParse(issues)
  if (!parsed.success) return []
  return parsed.data.slice(0, 20).map(({ path, message }) => ({ path: pathWords(path), message }))
}

function pathWords(path: (string | number)[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`,
    )
    .join('')
}

/** What a thrown thing is for the reader. Null when it is a bug of ours, which is `unexpected` and has to be logged. */
export function problemFrom(error: unknown): Problem | null {
  if (error instanceof RefusalError) return problemOf(error.refused, error.issues)
  if (isOfDatabase(error)) return problemOf({ ok: false, refusal: 'not_allowed' })
  if (error instanceof ORPCError) return problemFromOrpc(error)
  return problemFromFastify(error)
}

/** Whether the database refused what operations let through: row-level security says so as `insufficient_privilege`. */
export function isOfDatabase(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && cause.code === '42501') return true
  return false
}

/** A request whose shape is wrong, under a name that says what it was; any other error as it is. */
export function refusedAs(refusal: Refusal, error: unknown): unknown {
  const problem = error instanceof ORPCError ? problemFromOrpc(error) : null
  return problem?.refusal === 'invalid_request'
    ? new RefusalError({ ok: false, refusal }, problem.issues)
    : error
}

function problemFromOrpc(error: Error & { code: unknown; data: unknown }): Problem | null {
  if (error.cause instanceof RefusalError) return problemOf(error.cause.refused, error.cause.issues)
  if (error.code !== 'BAD_REQUEST') return null
  const issues = z.object({ issues: z.unknown() }).safeParse(error.data)
  return problemOf({ ok: false, refusal: 'invalid_request' }, issuesOf(issues.data?.issues))
}

const FromFastify = z.object({ code: z.string().optional(), statusCode: z.int().optional() })

function problemFromFastify(error: unknown): Problem | null {
  const { code = '', statusCode = 500 } = FromFastify.safeParse(error).data ?? {}
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || statusCode === 415)
    return problemOf({ ok: false, refusal: 'unsupported_media' })
  if (statusCode === 413) return problemOf({ ok: false, refusal: 'too_large' })
  if (statusCode >= 400 && statusCode < 500)
    return problemOf({ ok: false, refusal: 'invalid_request' })
  return null
}

/** The problem to answer for any thrown thing. */
export function problemOrUnexpected(error: unknown): Problem {
  return problemFrom(error) ?? unexpected
}

/** Answers with a problem. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}
