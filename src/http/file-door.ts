/** The door that files leave by: an origin of its own, without cookies, where nothing of theirs can reach a page. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { readFile } from '../operations/file.ts'
import { bearerOf, readPass } from '../operations/file-pass.ts'
import type { HttpConfig } from './config.ts'
import type { Door } from './door.ts'
import { shownType } from './file-kind.ts'
import { problemOf, RefusalError, refuseRequest, sendProblem, valueOf } from './problem.ts'

/** A pass is longer than a named part of a path may be. */
const route = '/files/*'

/** Where a file opens for whoever holds its pass. */
export function fileAddress({ filesUrl, publicUrl }: HttpConfig, token: string): string {
  return `${(filesUrl ?? publicUrl).replace(/\/+$/, '')}/files/${token}`
}

/** Lets the files' host serve files and nothing else, and no other host serve any. */
export function keepOriginsApart(server: FastifyInstance, filesUrl: string | null): void {
  if (filesUrl === null) return
  const { host } = new URL(filesUrl)
  server.addHook('onRequest', async (request, reply) => {
    // What the network says of itself, not what somebody in between says that it was.
    const isFilesHost = request.headers.host?.toLowerCase() === host
    if (isFilesHost === (request.routeOptions.url === route)) return
    return sendProblem(reply, problemOf({ ok: false, refusal: 'not_found' }))
  })
}

/** Adds the way out for files. */
export function serveFiles(server: FastifyInstance, door: Door): void {
  server.get<{ Params: { '*': string } }>(
    route,
    { config: { command: 'files.open' } },
    async (request, reply) => {
      const { app, config } = door
      const pass = readPass(config.secret, request.params['*'], app.now())
      if (!pass.ok) throw new RefusalError(pass)
      if (pass.hasRunOut) {
        // A tab that was left open finds its own way to a new address.
        if (request.headers['sec-fetch-dest'] === 'document')
          return reply
            .header('cache-control', 'no-store')
            .redirect(wayBack(config, pass.fileId), 303)
        refuseRequest('file_address_expired')
      }
      const file = valueOf(await readFile(app, await bearerOf(app, pass.reader), pass.fileId))
      const type = config.filesUrl === null ? null : await shownType(file)
      return sendInert(reply, { file, type, config })
    },
  )
}

/** The page that asks for a new address, for who may have one. */
function wayBack({ publicUrl }: HttpConfig, fileId: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/evidence/${encodeURIComponent(fileId)}`
}

function sendInert(
  reply: FastifyReply,
  {
    file,
    type,
    config,
  }: { file: { name: string; bytes: Buffer }; type: string | null; config: HttpConfig },
): FastifyReply {
  return reply
    .headers({
      'content-type': type ?? 'application/octet-stream',
      'content-disposition': disposition(type === null ? 'attachment' : 'inline', file.name),
      'content-security-policy': policyOf(type, config),
      'cache-control': 'private, no-store',
      // Pages of another origin show it; its address is what keeps it.
      'cross-origin-resource-policy': 'cross-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
    .send(file.bytes)
}

/**
 * Nothing is loaded and nothing runs. Browsers draw a picture or a paper within a page of their own, with styles in it;
 * a sandbox would keep Chromium from opening a PDF at all, and a PDF's own scripts run in its reader, not on an origin.
 */
function policyOf(type: string | null, { publicUrl, filesUrl }: HttpConfig): string {
  const shown =
    type === 'application/pdf'
      ? ["object-src 'self'", "style-src 'unsafe-inline'"]
      : ['sandbox', ...(type === null ? [] : ["img-src 'self'", "style-src 'unsafe-inline'"])]
  const frames = filesUrl === null ? ["'none'"] : pageOrigins(publicUrl)
  return ["default-src 'none'", ...shown, `frame-ancestors ${frames.join(' ')}`].join('; ')
}

/** Where our pages stand: on a machine of one's own also under its other name. */
function pageOrigins(publicUrl: string): string[] {
  const { origin, hostname, protocol, port } = new URL(publicUrl)
  const names =
    hostname === '127.0.0.1' || hostname === 'localhost' ? ['127.0.0.1', 'localhost'] : []
  return [
    ...new Set([origin, ...names.map((name) => new URL(`${protocol}//${name}:${port}`).origin)]),
  ]
}

/** The name for old and new readers of the header (RFC 6266, RFC 8187). */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
