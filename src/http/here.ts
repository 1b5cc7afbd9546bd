/** Here is this very machine: the doors of the demo open to nobody else. */
import type { FastifyRequest } from 'fastify'
import type { Door } from './door.ts'
import { refuseRequest } from './problem.ts'

/** Refuses what does not come from this very machine to a server that listens to this machine alone. */
export function refuseOutside({ config }: Door, { socket, headers }: FastifyRequest): void {
  const ends = [
    config.host,
    socket.remoteAddress ?? '',
    socket.localAddress ?? '',
    hostOf(headers.host),
  ]
  // Whatever was passed on came from elsewhere, though the last step was made here.
  const isPassedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
  if (!config.demo || config.production || isPassedOn || !ends.every(isLoopbackHost))
    refuseRequest('development_only')
}

function hostOf(header: string | undefined): string {
  return URL.canParse(`http://${header ?? ''}`) ? new URL(`http://${header ?? ''}`).hostname : ''
}

/** Whether a host or an address is this very machine. */
export function isLoopbackHost(address: string): boolean {
  return (
    address === 'localhost' ||
    /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address) ||
    address === '::1' ||
    address === '[::1]'
  )
}
