/** The mail hook takes a message that the marketplace's own mail server took, whole, as `message/rfc822`. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { largestMail, takeHandedMail } from '../operations/mail.ts'
import { isIP } from 'node:net'
import type { Api } from './api.ts'
import type { Door } from './door.ts'
import { refuseRequest, valueOf } from './problem.ts'

/** Serves `POST /v1/mail?to=…&from=…&ip=…&helo=…`; answered once the message is kept for good. */
export function serveMailHook(server: FastifyInstance, door: Door, api: Api): void {
  server.addContentTypeParser(
    'message/rfc822',
    { parseAs: 'buffer', bodyLimit: largestMail },
    (_request, bytes, done) => done(null, bytes),
  )
  server.post(
    '/v1/mail',
    { config: { command: 'mail.receive' }, bodyLimit: largestMail },
    async (request, reply) => {
      const { who } = await api.ask(request, reply)
      const { mail } = door.config
      if (mail === null) refuseRequest('mail_off')
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { isNew } = valueOf(
        await takeHandedMail(door.app, who, mail.setting, { raw, ...envelopeOf(request, raw) }),
      )
      mail.onKept()
      return reply.code(202).header('cache-control', 'no-store').send({ isNew })
    },
  )
}

/** The envelope as the address tells it; without `to`, the addresses that the head of the message names. */
function envelopeOf({ query }: FastifyRequest, raw: Buffer) {
  // As fastify reads an address: each name once or often.
  const given = query as Record<string, string | string[]>
  const told = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  )
  const ip = told.get('ip')
  if (ip !== null && isIP(ip) === 0)
    refuseRequest('invalid_request', undefined, [{ path: 'ip', message: 'is no IP address' }])
  const to = told.getAll('to')
  return {
    to: to.length > 0 ? to : addressesIn(raw),
    envelopeFrom: told.get('from') ?? senderIn(raw),
    clientIp: ip,
    helo: told.get('helo')?.slice(0, 255) ?? null,
  }
}

const heads = 64 * 1024

function addressesIn(raw: Buffer): string[] {
  const head = headOf(raw)
  const lines = [...head.matchAll(/^(?:to|cc|delivered-to|x-original-to|envelope-to):([^\n]*)/gim)]
  return lines.flatMap(([, line = '']) => line.match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [])
}

function senderIn(raw: Buffer): string {
  return /^return-path:[ \t]*<?([^\s<>]*)>?/im.exec(headOf(raw))?.[1] ?? ''
}

/** The head of a message, each header on one line. */
function headOf(raw: Buffer): string {
  const text = raw.toString('latin1', 0, heads).replaceAll(/\r\n?/g, '\n')
  const end = text.indexOf('\n\n')
  return text.slice(0, end < 0 ? undefined : end).replaceAll(/\n[ \t]+/g, ' ')
}
