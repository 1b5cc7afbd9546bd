/** What a form posted, field by field; a field that did not come is empty. */
import type { FastifyRequest } from 'fastify'

/** Reads these fields of a posted form. */
export function readPosted<Name extends string>(
  request: FastifyRequest,
  names: readonly Name[],
): Record<Name, string> {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  const entries = names.map((name) => [name, form.get(name) ?? ''])
  return Object.fromEntries(entries) as Record<Name, string> // one entry for each of the names
}
