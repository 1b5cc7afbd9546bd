/** The statement of reasons as a PDF to keep, beside the printable page and with the same words. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { readStatement } from '../operations/statement.ts'
import { makeStatementDocument, type StatementDocument } from '../operations/statement-document.ts'
import type { Api } from './api.ts'
import type { Door } from './door.ts'
import { atPace, paceKey } from './pace.ts'
import { refuseRequest, valueOf } from './problem.ts'
import { isReadable } from './readable.ts'

/** Adds it. Drawing costs more than reading, so whoever asks for many gets them at their own pace. */
export function serveStatementDocument(server: FastifyInstance, door: Door, api: Api): void {
  server.get<{ Params: { decisionId: string } }>(
    '/v1/statements/:decisionId/document',
    { config: { command: 'statement.print' } },
    async (request, reply) => {
      const { who } = await api.ask(request, reply)
      const { decisionId } = request.params
      if (!isReadable(decisionId)) refuseRequest('not_found')
      const read = await readStatement(door.app, who, decisionId, 'statement.print')
      const { measure, seller } = valueOf(read)
      const { publicUrl } = door.config
      const document = await atPace(door.pace, paceKey(who, request.ip), () =>
        makeStatementDocument(measure.statement, {
          marketplace: door.app.marketplace,
          timeZone: seller.timeZone,
          address: `${publicUrl.replace(/\/+$/, '')}/measures/${encodeURIComponent(decisionId)}`,
        }),
      )
      return sendDocument(reply, document)
    },
  )
}

/** Sends a PDF as a file to keep; it is nobody's to cache, and runs nothing. */
export function sendDocument(reply: FastifyReply, { name, bytes }: StatementDocument) {
  return reply
    .headers({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
    .send(bytes)
}
