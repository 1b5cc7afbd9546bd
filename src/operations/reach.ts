/** Reach is how far a request of ours may go to an address that somebody gave us: out into the public network, and nowhere inside. */
import { BlockList, isIP, isIPv6 } from 'node:net'
import { refuse } from '../core/refusal.ts'
import { done, type Result } from './result.ts'

export interface Reach {
  /** Also this very machine, without TLS: in the demo and in tests, where code says so. Never a setting of the environment. */
  thisMachine: boolean
  /** Ports beside 443 and 80 that whoever runs the server allows. */
  ports: readonly number[]
}

/** What production has. */
export const publicReach: Reach = { thisMachine: false, ports: [] }

const longestAddress = 2_000

/** Every range that is not a place in the public network (IANA special-purpose registries), and what translates into one. */
const ranges = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  // Multicast, what is reserved, and broadcast.
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Unspecified, loopback, and IPv4 written into IPv6 in the old way and as a mapping.
  '::/96',
  '::ffff:0:0/96',
  '::ffff:0:0:0/96',
  // NAT64, Teredo, ORCHID, benchmarking, documentation, 6to4, segment routing.
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '100:0:0:1::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
  '5f00::/16',
  // Unique local, link local, the old site local, and multicast.
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]

type Family = 'ipv4' | 'ipv6'

// A list for each family: one list of both takes every IPv4 address for one of ::ffff:0:0/96.
const inner: Record<Family, BlockList> = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const range of ranges) {
  const [network = '', bits = ''] = range.split('/')
  const family = familyOf(network)
  inner[family].addSubnet(network, Number(bits), family)
}
const loopback: Record<Family, BlockList> = { ipv4: new BlockList(), ipv6: new BlockList() }
loopback.ipv4.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.ipv6.addAddress('::1', 'ipv6')

/** Whether an address is one that we may connect to. What is no address at all is none. */
export function isWithin(address: string, { thisMachine }: Reach): boolean {
  // A zone names an interface of this machine.
  if (isIP(address) === 0 || address.includes('%')) return false
  const family = familyOf(address)
  return !inner[family].check(address, family) || (thisMachine && isLoopback(address))
}

/** Reads an address that somebody gave us, or says why it is none that we go to. Where its name leads is looked at when connecting. */
export function readTarget(given: string, reach: Reach): Result<URL> {
  const url = given.length <= longestAddress && URL.canParse(given) ? new URL(given) : null
  if (url === null) return refuse('webhook_address_refused', 'This is not an address.')
  const literal = hostOf(url)
  const isHere = reach.thisMachine && (url.hostname === 'localhost' || isLoopback(literal))
  if (url.protocol !== 'https:' && !(isHere && url.protocol === 'http:'))
    return refuse('webhook_address_refused', 'It has to begin with https://')
  if (url.username !== '' || url.password !== '')
    return refuse('webhook_address_refused', 'It may not hold a name or a password.')
  if (isIP(literal) !== 0 && !isWithin(literal, reach))
    return refuse('webhook_address_refused', 'It lies inside a network and not in the public one.')
  if (!isHere && !isPortOpen(portOf(url), reach))
    return refuse('webhook_address_refused', `Its port ${portOf(url)} is not one that we go to.`)
  return done(url)
}

/** The port that an address names, or the one that goes without saying. */
export function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** The host as a name or a bare IP address. */
export function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}

function isPortOpen(port: number, { ports }: Reach): boolean {
  return port === 443 || port === 80 || ports.includes(port)
}

function isLoopback(host: string): boolean {
  return isIP(host) !== 0 && loopback[familyOf(host)].check(host, familyOf(host))
}

function familyOf(address: string): Family {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}
