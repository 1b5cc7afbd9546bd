/** Checks how far the domain in From stands behind a message: SPF, DKIM and DMARC (RFC 7208, 6376, 7489). */
import { resolve as resolveDns } from 'node:dns/promises'
import type { authenticate, DNSResolver } from 'mailauth'
import type { Authentication } from '../core/mail.ts'

export type { DNSResolver }

/** Asks the real DNS. */
export const realDns: DNSResolver = async (domain, type) => {
  const found = await resolveDns(domain, type)
  return found as string[][] // mailauth asks for kinds of records that are lists
}

export interface CheckedMail {
  raw: Buffer
  /** The one address in From, as it was read. */
  from: readonly string[]
  envelopeFrom: string
  clientIp: string | null
  helo: string | null
}

/** More signatures than these are none of an honest server's, and each would be asked for in the DNS. */
const mostSignatures = 10

/** Stands where nobody knows from where a message came: an address of documentation, which nobody sends from. */
const nowhere = '192.0.2.255'

const unchecked: Authentication = {
  result: 'unchecked',
  spf: 'none',
  dkim: 'none',
  dmarc: 'none',
}

/** What the DNS says of a message; `unchecked` where it could not be asked in time. */
export async function checkMail(
  { raw, from, envelopeFrom, clientIp, helo }: CheckedMail,
  { resolver, withinMs = 15_000 }: { resolver: DNSResolver; withinMs?: number },
): Promise<Authentication> {
  const [address, ...others] = from
  if (address === undefined || others.length > 0) return { ...unchecked, result: 'none' }
  const head = raw.toString('latin1', 0, 512 * 1024)
  if ((head.match(/^dkim-signature:/gim)?.length ?? 0) > mostSignatures) return unchecked
  // Only a server that takes mail waits for the library.
  const library = await import('mailauth')
  let late: NodeJS.Timeout | undefined
  try {
    const checking = library.authenticate(raw, {
      ip: clientIp ?? nowhere,
      ...(helo === null ? {} : { helo }),
      sender: envelopeFrom,
      mta: 'recourse.invalid',
      resolver,
      disableArc: true,
      disableBimi: true,
    })
    const tooLate = new Promise<null>((resolve) => {
      late = setTimeout(() => resolve(null), withinMs)
    })
    const found = await Promise.race([checking, tooLate])
    if (found === null) return unchecked
    return judge(found, { address, isFromSomewhere: clientIp !== null })
  } catch {
    // Whatever the checker stumbles over, nobody has shown who sent it.
    return unchecked
  } finally {
    clearTimeout(late)
  }
}

type Found = Awaited<ReturnType<typeof authenticate>>

function judge(
  { spf, dkim, dmarc }: Found,
  { address, isFromSomewhere }: { address: string; isFromSomewhere: boolean },
): Authentication {
  const spfResult = spf && isFromSomewhere ? spf.status.result : 'none'
  const passing = dkim.results.filter(({ status }) => status.result === 'pass')
  const said = {
    spf: spfResult,
    dkim: passing.length > 0 ? 'pass' : (dkim.results[0]?.status.result ?? 'none'),
    dmarc: dmarc ? dmarc.status.result : 'none',
  }
  // Two readers that do not see the same sender were meant to.
  const [seen, ...more] = dkim.headerFrom
  if (seen?.toLowerCase() !== address || more.length > 0) return { ...said, result: 'none' }
  if (said.dmarc === 'pass') return { ...said, result: 'pass' }
  // Half of what could have shown it was not there to be asked.
  if (said.dmarc === 'fail') return { ...said, result: isFromSomewhere ? 'fail' : 'unchecked' }
  if ([said.dmarc, said.spf, said.dkim].some((result) => /^temperr/.test(result)))
    return { ...said, result: 'unchecked' }
  // A domain without DMARC: its own word by SPF or DKIM counts as well.
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const isOwn = (signed: string | undefined) =>
    signed !== undefined && (signed === domain || signed.endsWith(`.${domain}`))
  const isShown =
    passing.some(({ signingDomain }) => isOwn(signingDomain?.toLowerCase())) ||
    (spf && spfResult === 'pass' && isOwn(spf.domain?.toLowerCase()))
  return { ...said, result: isShown ? 'pass' : 'none' }
}
