/** The pages: built files as they are, and the same first page for every address of theirs. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Door } from './door.ts'
import { html, pageOf } from './html.ts'
import { problemOf, sendProblem } from './problem.ts'

/** What a page may load: ours alone, and pictures and papers from the files' origin. Styles may stand in the page, scripts may not. */
export function policyFor({ files }: { files: string | null }): string {
  const shown = files === null ? '' : ` ${files}`
  return [
    "default-src 'self'",
    "script-src 'self'",
    // No text becomes markup or script unless the pages' one rule for it agrees: see web/trusted.ts.
    "require-trusted-types-for 'script'",
    'trusted-types default',
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${shown}`,
    `frame-src 'self'${shown}`,
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')
}

/** The same for pages that the server writes itself, which show no files. */
export const pagePolicy = policyFor({ files: null })

/** Sends a page that the server wrote. */
export function sendPage(
  reply: FastifyReply,
  page: string,
  { policy = pagePolicy, status = 200 } = {},
): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-security-policy': policy, 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(page)
}

/** Serves the built pages; what is neither theirs nor the API's does not exist. */
export async function servePages(server: FastifyInstance, door: Door): Promise<void> {
  const { webDir, filesUrl } = door.config
  const policy = policyFor({ files: filesUrl === null ? null : new URL(filesUrl).origin })
  await server.register(fastifyStatic, {
    root: join(webDir, 'assets'),
    prefix: '/assets/',
    serve: false,
    // The names hold a hash of what is inside.
    immutable: true,
    maxAge: '365d',
    index: false,
    setHeaders(response) {
      void response.header('content-security-policy', "default-src 'none'")
    },
  })
  server.get<{ Params: { '*': string } }>(
    '/assets/*',
    { config: { command: 'pages.read' } },
    (request, reply) => reply.sendFile(request.params['*']),
  )
  server.setNotFoundHandler((request, reply) => {
    const isPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !isApi(request) &&
      wantsPage(request)
    const known = isPage ? knownAddress(door.config.publicUrl, request) : null
    if (known !== null) void reply.header('cache-control', 'no-store').redirect(known)
    else if (isPage) void sendFirstPage(reply, webDir, policy)
    else void sendProblem(reply, problemOf({ ok: false, refusal: 'not_found' }))
  })
}

/** This machine goes by its name: cookies and passkeys of `localhost` are not there under its number. Null where one is right. */
function knownAddress(publicUrl: string, { headers, url }: FastifyRequest): string | null {
  const { hostname, port } = new URL(publicUrl)
  const isByNumber = headers.host === `127.0.0.1:${port}`
  return hostname === 'localhost' && isByNumber ? new URL(publicUrl).origin + url : null
}

function isApi({ url }: FastifyRequest): boolean {
  return /^\/(v1|api|dev|assets|problems)(\/|$|\?)/.test(url)
}

/** A browser opening an address, and not one of its pages looking for a picture. */
function wantsPage({ url, headers }: FastifyRequest): boolean {
  const path = url.split('?')[0] ?? ''
  return (
    !/\.(js|css|map|png|jpg|svg|ico|json|txt|xml|php)$/i.test(path) &&
    (headers.accept === undefined || /text\/html|\*\/\*/.test(headers.accept))
  )
}

async function sendFirstPage(
  reply: FastifyReply,
  webDir: string,
  policy: string,
): Promise<FastifyReply> {
  const page = await readFile(join(webDir, 'index.html'), 'utf8').catch(() => null)
  if (page !== null) return sendPage(reply, page, { policy })
  const body = html`<h1>The pages are not built yet.</h1>
    <p>
      The API works: see <a href="/docs">/docs</a>. <code>npm run build</code> builds the pages.
    </p>`
  return sendPage(reply, pageOf({ title: 'Recourse', body }), { status: 503 })
}
