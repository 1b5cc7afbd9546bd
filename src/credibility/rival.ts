/** A rival is a seller that some share something rare with while they complain about another. */
import type { Batch } from './batch.ts'
import type { ComplaintRecord } from './record.ts'

/** How the voices of a scene may be linked to sellers that they do not complain about. */
export interface Linking {
  /** By thing: what sharing it with a seller is worth. */
  worthOf: ReadonlyMap<number, number>
  /** By place in the scene: the most that a link is worth. */
  most: Float64Array
  /** How many sellers anybody here is linked to. */
  sellers: number
}

/** The sellers that have a thing, by what they are to a seller complained about. */
interface Owners {
  alike: number[]
  unknown: number[]
  others: number[]
}

/** Rivals sell the same; a seller of other goods gains nothing. */
const ALIKE = 0.5
const OTHER = -2
const LEAST_WEIGHT = 1

/** Sellers of the same categories are kin; who owns a thing is looked up once for all of them. */
export type OwnersOf = (thing: number, seller: number) => Owners

export function openOwners({ things, sellers, record }: Batch): OwnersOf {
  const known = new Map<number, Owners>()
  return (thing, seller) => {
    const key = thing * sellers.count + (sellers.kinOf[seller] ?? 0)
    let owners = known.get(key)
    if (owners !== undefined) return owners
    owners = { alike: [], unknown: [], others: [] }
    known.set(key, owners)
    for (const owner of things.sellersOf[thing] ?? [])
      owners[kinship(record, owner, sellers.names[seller] ?? 0)].push(owner)
    return owners
  }
}

function kinship({ knownSellers }: ComplaintRecord, owner: number, target: number): keyof Owners {
  const [ours, theirs] = [knownSellers.get(owner)?.categories, knownSellers.get(target)?.categories]
  if (!ours?.size || !theirs?.size) return 'unknown'
  for (const category of ours) if (theirs.has(category)) return 'alike'
  return 'others'
}

/** Sellers that a thing links a voice to, and what that is worth. */
export interface Link {
  sellers: readonly number[]
  weight: number
}

/** All that a thing links a voice about one seller to. */
export function linksTo({ alike, unknown, others }: Owners, worth: number, target: number): Link[] {
  const links: Link[] = []
  const take = (owners: readonly number[], weight: number) => {
    if (weight < LEAST_WEIGHT) return
    const sellers = owners.includes(target) ? owners.filter((seller) => seller !== target) : owners
    if (sellers.length > 0) links.push({ sellers, weight })
  }
  take(alike, worth + ALIKE)
  take(unknown, worth)
  take(others, worth + OTHER)
  return links
}

/** What the best of those links is worth; 0 where there is none. */
export function strongestLink(
  { alike, unknown, others }: Owners,
  worth: number,
  target: number,
): number {
  const has = (owners: readonly number[]) =>
    owners.length > 1 || (owners.length === 1 && owners[0] !== target)
  const weight = has(alike) ? worth + ALIKE : has(unknown) ? worth : has(others) ? worth + OTHER : 0
  return weight < LEAST_WEIGHT ? 0 : weight
}
