/** The HTTP server: one door for pages, people and the marketplace. */
import fastify, { type FastifyInstance, type FastifyRequest, type RouteOptions } from 'fastify'
import type { App } from '../operations/app.ts'
import { factorsSetOf } from '../operations/factor.ts'
import { noteSignIn } from '../operations/person.ts'
import { isKnownAddress, linkUse, readAddress } from '../operations/session.ts'
import { logBug, openApi, type Api } from './api.ts'
import { jsonOf, readBodies } from './body.ts'
import type { HttpConfig } from './config.ts'
import { serveBundle } from './bundle.ts'
import { serveDev } from './dev.ts'
import { serveDocs } from './docs.ts'
import type { Door } from './door.ts'
import { serveExport } from './export.ts'
import { answerFacts, nounAt } from './fact-stream.ts'
import { serveFigures } from './figure-table.ts'
import { keepOriginsApart, serveFiles } from './file-door.ts'
import { readForm, takes } from './files.ts'
import { serveHealth } from './health.ts'
import { serveMailHook } from './mail-hook.ts'
import { createMetrics } from './metrics.ts'
import { atPace, createPace, paceKey } from './pace.ts'
import { servePages } from './pages.ts'
import { permit } from '../operations/permit.ts'
import {
  RefusalError,
  problemFrom,
  problemOrUnexpected,
  refuseRequest,
  sendProblem,
} from './problem.ts'
import { createRateLimit } from './rate-limit.ts'
import { answerScreenings } from './screening-stream.ts'
import { createSlowLane } from './slow-lane.ts'
import { openSignIn } from './sign-in.ts'
import { serveSession } from './sign-in-door.ts'
import { serveHandOver } from './hand-over.ts'
import { serveSignInPage } from './sign-in-page.ts'
import { serveSingleSignOn } from './single-sign-on.ts'
import { serveStatementDocument } from './statement-document.ts'
import { serveStatementPrint } from './statement-print.ts'
import { serveTemplates } from './template-page.ts'
import { refuseTwofold } from './twofold.ts'

export type { DemoPerson, HttpConfig } from './config.ts'
export { migrateAuth } from './sign-in.ts'

export interface HttpServer {
  /** Where it answers on this machine, e.g. `http://127.0.0.1:4870`. */
  url: string
  /** Lets what is under way finish and takes nothing new. */
  close(): Promise<void>
}

const minutes = 60_000

/** A server with all its routes that listens nowhere yet. */
export interface PreparedServer {
  server: FastifyInstance
  close(): Promise<void>
}

/** Puts a server together; each route is shown to `watch` as it is added. */
export async function prepareServer(
  app: App,
  config: HttpConfig,
  watch: (route: RouteOptions) => void = () => undefined,
): Promise<PreparedServer> {
  const log = (message: string, detail?: Record<string, unknown>) => app.log(message, detail)
  const { staffLinks, issuer } = config
  const linkUseNow = (address: string) =>
    linkUse(app, address, { staffLinks, hasIssuer: issuer !== null })
  const door: Door = {
    app,
    config,
    signIn: openSignIn({
      config,
      isKnown: (address) => isKnownAddress(app, address),
      linkUse: linkUseNow,
      hasSecondStep: async (address) => (await factorsSetOf(app, address.toLowerCase())).hasTotp,
      onSignedIn: (address) => noteSignIn(app, address),
      log,
    }),
    linkUse: linkUseNow,
    isStaff: async (address) => (await readAddress(app, address)).staff !== null,
    trying: new Set(),
    metrics: createMetrics(new Date()),
    slow: {
      claims: createSlowLane({ free: 3, first: 500, most: 10_000, within: 60 * minutes }),
      // A household may have several things to say; a flood from one place, or to one address, slows itself down.
      reports: createSlowLane({ free: 5, first: 250, most: 10_000, within: 60 * minutes }),
      codes: createSlowLane({ free: 3, first: 500, most: 10_000, within: 60 * minutes }),
      // Six digits could be guessed by many tries beside each other, so these go one after the other.
      factors: createSlowLane({
        free: 3,
        first: 500,
        most: 30_000,
        within: 60 * minutes,
        inTurn: true,
      }),
    },
    pace: createPace(),
    limits: {
      mailToAddress: createRateLimit({ most: 10, within: 15 * minutes }),
      mailFromIp: createRateLimit({ most: 60, within: 15 * minutes }),
    },
  }
  const server = fastify({
    logger: false,
    // Whoever stands in front of us stands on this machine; nobody else may say for whom they speak.
    trustProxy: 'loopback',
    forceCloseConnections: 'idle',
    // A stream of facts may take hours, but not stand still.
    connectionTimeout: 2 * minutes,
    requestTimeout: 0,
    frameworkErrors: (error, _request, reply) =>
      void sendProblem(reply, problemOrUnexpected(error)),
  })
  const close = async () => {
    await server.close()
    await door.signIn.close()
  }
  server.addHook('onRoute', watch)
  try {
    await prepare(server, door)
    await server.ready()
  } catch (error) {
    await close()
    throw error
  }
  return { server, close }
}

/** Opens the server; it answers once this is done. */
export async function startServer(app: App, config: HttpConfig): Promise<HttpServer> {
  const prepared = await prepareServer(app, config)
  const { server } = prepared
  try {
    await server.listen({ host: config.host, port: config.port })
  } catch (error) {
    await prepared.close()
    throw error
  }
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    async close() {
      // A stream of facts may go on for hours: what is not done by then is not answered, and told again.
      const cut = setTimeout(() => server.server.closeAllConnections(), 5_000)
      // What was answering falls idle a moment later, and node looks for idle ones once.
      const look = setInterval(() => server.server.closeIdleConnections(), 20)
      await prepared.close()
      clearInterval(look)
      clearTimeout(cut)
    },
  }
}

async function prepare(server: FastifyInstance, door: Door): Promise<void> {
  const { config, metrics } = door
  server.decorateRequest('routeName', null)
  server.setErrorHandler((error, request, reply) => {
    if (problemFrom(error) === null)
      logBug(door, error, {
        doing: `${request.method} ${request.routeOptions.url ?? 'an unknown address'}`,
      })
    return sendProblem(reply, problemOrUnexpected(error))
  })
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      // Links of notices carry their token in the address.
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      ...(config.publicUrl.startsWith('https:')
        ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
        : {}),
    })
  })
  server.addHook('onRequest', async (request) => refuseTwofold(request))
  keepOriginsApart(server, config.filesUrl)
  server.addHook('onResponse', async (request, reply) => {
    const { url = 'pages', config } = request.routeOptions
    const route = request.routeName ?? config.command ?? `${request.method} ${url}`
    metrics.count({ route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 })
  })
  await readBodies(server)
  const api = openApi(door)
  serveHealth(server, door)
  serveSession(server, door)
  serveSignInPage(server, door.app.marketplace)
  await serveHandOver(server, door)
  serveSingleSignOn(server, door)
  serveFiles(server, door)
  serveExport(server, door, api)
  serveBundle(server, door, api)
  serveFigures(server, door)
  serveStatementPrint(server, door, api)
  serveStatementDocument(server, door, api)
  serveTemplates(server, door, api)
  serveDev(server, door)
  serveDocs(server, door)
  serveMailHook(server, door, api)
  serveContract(server, door, api)
  await servePages(server, door)
}

function serveContract(server: FastifyInstance, door: Door, api: Api): void {
  server.route({
    method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
    url: '/v1/*',
    config: { command: 'contract' },
    async handler(request, reply) {
      if (isNdjson(request)) {
        const path = request.url.split('?')[0] ?? ''
        const noun = nounAt(path)
        const isScreening = path === '/v1/screenings'
        if ((noun === null && !isScreening) || request.method !== 'POST')
          refuseRequest('unsupported_media')
        const { who } = await api.ask(request, reply)
        if (noun === null) return answerScreenings(door, { who, request, reply })
        request.routeName = 'facts.stream'
        const may = permit(door.app, who, 'facts.stream')
        if (!may.ok) throw new RefusalError(may)
        return answerFacts(door, { who, noun, request, reply })
      }
      if (request.isMultipart()) {
        const taken = takes(request.url.split('?')[0] ?? '')
        if (taken === null) refuseRequest('unsupported_media')
        const { who } = await api.ask(request, reply)
        // Waited for before the bytes are taken, so that a flood of uploads fills its own pipe and not our memory.
        return atPace(door.pace, paceKey(who, request.ip), async () =>
          api.answer(request, reply, await readForm(door, api, { request, reply, command: taken })),
        )
      }
      if (request.body !== undefined && jsonOf(request) === null) refuseRequest('unsupported_media')
      return api.answer(request, reply)
    },
  })
}

function isNdjson({ headers }: FastifyRequest): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/x-ndjson'
}
