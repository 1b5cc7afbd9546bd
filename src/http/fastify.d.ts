/** What we note on a route and on a request beside what fastify does. */
import 'fastify'
import type { Command } from '../core/permission.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The route of the contract that answered, such as `seller.getHome`; for the metrics. */
    routeName: string | null
  }
  interface FastifyContextConfig {
    /** What the route does, by its name in the table of permissions; `contract` where the contract says it. */
    command?: Command | 'contract'
  }
}
