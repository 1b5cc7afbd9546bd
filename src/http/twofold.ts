/** A twofold request is one that whoever stands before us may read in another way than we do. The parser refuses most; these are left. */
import type { FastifyRequest } from 'fastify'
import { refuseRequest } from './problem.ts'

/** Refuses a request without a version of HTTP, and one that names several hosts. */
export function refuseTwofold({ raw }: FastifyRequest): void {
  if (raw.httpVersion !== '1.1' && raw.httpVersion !== '1.0')
    refuseRequest('invalid_request', 'Requests are read as HTTP/1.1.')
  const hosts = raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host')
  if (hosts.length > 1) refuseRequest('invalid_request', 'A request names one host.')
}
