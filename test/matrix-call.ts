/** How each command of the table of permissions is asked for: a request that is in order, whoever sends it. */
import { z } from 'zod'
import { contract } from '../src/contract/contract.ts'
import type { Command } from '../src/core/permission.ts'
import { ringMember } from './matrix-things.ts'
import type { Target } from './matrix-world.ts'

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers?: Record<string, string>
  payload?: string
}

/** What there is one of in the whole world. */
interface Named {
  webhookId: string
  trialId: string
  ringId: string
  guest: { id: string }
}

interface Route {
  method: Call['method']
  path: string
  input: z.ZodType | undefined
}

/** Where the contract has a command; null for one beside it. */
export function routeOf(command: Command): Route | null {
  const [noun = '', name = ''] = command.split('.')
  const nouns: Record<
    string,
    Record<string, { '~orpc': { route: object; inputSchema?: unknown } }>
  > = contract
  const found = nouns[noun]?.[name]?.['~orpc']
  if (!found) return null
  const { method, path } = z
    .object({ method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']), path: z.string() })
    .parse(found.route)
  return { method, path, input: found.inputSchema as z.ZodType | undefined } // every schema of ours is one of zod
}

const Shape = z.object({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  minLength: z.number().optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
})

const inputs = new Map<Command, z.infer<typeof Shape>>()

/** What a request of the contract may carry; of several forms, the first. */
export function inputOf(command: Command): z.infer<typeof Shape> {
  const known = inputs.get(command) ?? readInput(command)
  inputs.set(command, known)
  return known
}

function readInput(command: Command): z.infer<typeof Shape> {
  const input = routeOf(command)?.input
  if (input === undefined) return {}
  const shape = Shape.parse(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }))
  return shape.anyOf ? Shape.parse(shape.anyOf[0]) : shape
}

/** Something of this shape that says nothing. */
function filled(schema: unknown): unknown {
  const shape = Shape.parse(schema)
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.anyOf) return filled(shape.anyOf[0])
  switch (shape.type) {
    case 'string':
      return 'x'.repeat(Math.max(1, shape.minLength ?? 0))
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    case 'array':
      return shape.minItems ? [filled(shape.items)] : []
    default:
      return Object.fromEntries(
        (shape.required ?? []).map((name) => [name, filled(shape.properties?.[name])]),
      )
  }
}

/** A request of the contract about this target, whose every field can be read. */
export function callOf(command: Command, target: Target, world: Named): Call {
  const route = routeOf(command)
  if (!route) throw new Error(`nobody knows how ${command} is called`)
  if (command === 'seller.uploadFile') return upload('/v1/files')
  if (command === 'report.addFile') return upload(`/v1/reports/${target.report.number}/files`)
  if (command === 'letters.scan') return upload('/v1/desk/letters/scans')
  if (command === 'recovery.addFile') return upload(`/v1/claims/${target.claim.number}/files`)
  const values = valuesFor(command, target, world)
  const body: Record<string, unknown> = {}
  const { properties = {}, required = [] } = inputOf(command)
  for (const [name, schema] of Object.entries(properties)) {
    if (values[name] !== undefined) body[name] = values[name]
    else if (required.includes(name)) body[name] = filled(schema)
  }
  if (command === 'dev.moveClock') body['to'] = 'next-deadline'
  const inPath = new Set<string>()
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    inPath.add(name)
    return encodeURIComponent(z.coerce.string().parse(values[name] ?? body[name] ?? ''))
  })
  const said = Object.entries(body).filter(([name]) => !inPath.has(name))
  if (route.method === 'GET' || route.method === 'DELETE') {
    const query = new URLSearchParams(
      said.map(([name, value]): [string, string] => [name, z.coerce.string().parse(value)]),
    )
    return { method: route.method, url: `${path}?${query.toString()}` }
  }
  return {
    method: route.method,
    url: path,
    headers: {
      'content-type': 'application/json',
      ...(command === 'recovery.disputeClaim' ? { 'x-recourse-claim-link': 'none.none' } : {}),
    },
    payload: JSON.stringify(Object.fromEntries(said)),
  }
}

/** What a request says under each name. */
function valuesFor(command: Command, target: Target, world: Named): Record<string, unknown> {
  const { caseId, sellerId, listingId, objectionId } = target
  const decisionId =
    command === 'desk.undoMeasure'
      ? target.freshId
      : command === 'desk.hastenClosing'
        ? target.closingId
        : target.decisionId
  const isProcedure = command.startsWith('procedures.')
  const told = command.startsWith('facts.tell')
  return {
    caseId,
    sellerId: told ? 'told' : sellerId,
    listingId,
    decisionId,
    fileId: target.fileId,
    callId: target.callId,
    caseIds: [caseId],
    action: { do: 'release' },
    noteId: target.noteId,
    letterId: target.letterId,
    sender: { kind: 'seller', name: 'Words', answerTo: 'Words' },
    receivedOn: '2026-11-23',
    on: '2026-11-23',
    outcome: command === 'letters.recordOutcome' ? 'stands' : undefined,
    follows: true,
    macroId: target.macroId,
    desk: command === 'macros.add' ? target.desk : undefined,
    reached: true,
    said: 'Words.',
    startsAt: '2026-11-24T09:00:00Z',
    deliveryId: 'none',
    at: '2026-11-23T09:00:00Z',
    amount: command === 'facts.tellOrder' ? 1 : undefined,
    webhookId: world.webhookId,
    memberId: target.memberId,
    part: { role: 'staff' },
    url: 'https://192.0.2.1/',
    number: command.startsWith('report.') ? target.report.number : target.claim.number,
    where: 'plain',
    finding: 'refuted',
    words: 'Words.',
    reporterId: command.startsWith('rings.') ? ringMember : 'told',
    ringId: world.ringId,
    id: isProcedure
      ? 'none'
      : command.startsWith('policies.')
        ? world.trialId
        : told
          ? 'told'
          : listingId,
    name: command === 'facts.tellSeller' ? 'Told' : 'masks',
    version: 1,
    level: 'shadow',
    text: 'Words.',
    reason: 'Words.',
    reasons: 'Words.',
    question: 'Words?',
    title: 'Mask',
    to: 'legal',
    objections: [{ decisionId, track: 'dispute', text: 'Words.' }],
    answers: [{ objectionId, power: 'deny', reasons: 'Words.' }],
    conclusion: 'acted',
    subject: { kind: 'listing', id: listingId },
    measure: 'listing.demote',
    policy: 'masks',
    endsAt: null,
    search: 'Mask',
    source: command === 'policies.startTrial' ? undefined : 'procedure: [',
    account: 'nobody',
    happened: 'Words.',
    address: 'a@b.example',
    kind: command.startsWith('templates.')
      ? 'statement'
      : command === 'report.file' || command === 'facts.tellComplaint'
        ? 'other'
        : command === 'facts.tellSecurityEvent'
          ? 'sign-in'
          : 'email',
    language: 'de',
    hears: true,
    email: 'new@body.example',
    staffId: world.guest.id,
    currency: 'EUR',
    available: 1,
    disputed: 0,
    destinations: [],
    says: 'no',
    identity: 'not-seen',
    code: 'none',
    token: 'none',
    destinationId: 'none',
    answer: command === 'recovery.provePasskey' ? shownPasskey : undefined,
  }
}

/** A request beside the contract. */
export function callBeside(methods: string | string[], url: string, target: Target): Call {
  const path = url
    .replace(':decisionId', target.decisionId)
    .replace(':caseId', target.caseId)
    .replace('/api/auth/*', '/api/auth/get-session')
    .replace(/:\w+|\*$/, 'none')
  if ([methods].flat().includes('GET')) return { method: 'GET', url: path }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', url: path, headers, payload: 'token=none' }
}

/** Lines, as they are told in numbers. */
export function stream(url: string, payload: string): Call {
  return { method: 'POST', url, headers: { 'content-type': 'application/x-ndjson' }, payload }
}

/** A passkey that nobody has. */
const shownPasskey = {
  id: 'none',
  rawId: 'none',
  response: { clientDataJSON: 'none', authenticatorData: 'none', signature: 'none' },
}

function upload(url: string): Call {
  const payload = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n%%EOF\r\n--x--\r\n`
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload,
  }
}
