/** What we note on a request beside what fastify does. */
import 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** The route of the contract that answered, such as `seller.getHome`; for the metrics. */
    routeName: string | null
  }
}
