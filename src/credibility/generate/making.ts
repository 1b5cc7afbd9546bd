/** What a made marketplace is made of: people, shops, rings, and the truth about each complaint, which no line tells. */
import type { Chance } from './chance.ts'
import type { Kind } from './speech.ts'

/** How a rival hides. */
export const cunnings = [
  'careless',
  'separate devices',
  'bought orders',
  'slow drip',
  'aged accounts',
  'copied wording',
  'mixed true complaints',
] as const
export type Cunning = (typeof cunnings)[number]

export interface Person {
  id: string
  createdAt: number
  orders: number
  devices: string[]
  ipPrefixes: string[]
  paymentHashes: string[]
  addressHashes: string[]
}

export interface Shop {
  id: string
  createdAt: number
  category: string
  devices: string[]
  ipPrefixes: string[]
  paymentHashes: string[]
  addressHashes: string[]
}

/** What nobody but the maker knows of a complaint. */
export interface Truth {
  isFalse: boolean
  /** The ring that its reporter is of; null for honest people. */
  ring: string | null
  group: 'customer' | 'bad seller' | 'recall' | 'serial' | 'household' | 'ring'
}

export interface MadeRing {
  name: string
  cunning: Cunning
  /** Without what gives this cunning away first. */
  isBare: boolean
  members: string[]
}

export interface Marketplace {
  lines: string[]
  truth: Map<string, Truth>
  honest: Set<string>
  rings: MadeRing[]
}

/** What is put into a marketplace while it is made. */
export interface Making {
  chance: Chance
  shops: Shop[]
  /** The first and the last moment. */
  from: number
  to: number
  newId: (prefix: string) => string
  network: () => string
  /** A text of some honest customer, to copy. */
  honestTexts: string[]
  file(of: {
    person: Person
    shop: Shop
    at: number
    kind: Kind
    text: string
    truth: Truth
    bought: 'delivered' | 'ordered' | 'none' | 'claimed'
    orderedAt?: number
  }): void
}
