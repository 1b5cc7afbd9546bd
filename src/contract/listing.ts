/** Facts that the marketplace tells us: sellers, contacts and listings, one by one or as NDJSON. */
import { z } from 'zod'
import { AttributeValue } from '../core/listing.ts'
import { Verdict } from '../core/finding.ts'
import { State } from '../core/state-owed.ts'
import { refuses, route } from './problem.ts'

/** PostgreSQL text holds no NUL, and half a surrogate pair is no character. */
const readable = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text),
      'holds a NUL or half a character',
    )
const id = readable(200).refine(
  (text) => text !== '' && !hasControl(text),
  'an id of 1 to 200 characters without control characters',
)
const at = z.iso.datetime({ offset: true })

function hasControl(text: string): boolean {
  return [...text].some((character) => (character.codePointAt(0) ?? 0) < 0x20)
}

export const SellerFact = z.object({
  id,
  name: readable(200).optional(),
  locale: readable(35).optional(),
  timeZone: readable(64).optional(),
  createdAt: at.optional(),
  updatedAt: at.optional(),
})
export type SellerFact = z.infer<typeof SellerFact>

export const ContactFact = z.object({
  id,
  sellerId: id,
  kind: z.literal('email'),
  address: z.email().max(254),
  verifiedAt: at.nullable().optional(),
  removedAt: at.nullable().optional(),
  updatedAt: at.optional(),
})
export type ContactFact = z.infer<typeof ContactFact>

export const ListingFact = z.object({
  id,
  sellerId: id,
  title: readable(2_000).refine((title) => title.trim() !== '', 'a title that says something'),
  description: readable(100_000).default(''),
  bullets: z.array(readable(5_000)).max(50).default([]),
  brand: readable(500).default(''),
  category: readable(500).default(''),
  attributes: z.record(readable(200), AttributeValue).default({}),
  updatedAt: at.optional(),
})
export type ListingFact = z.infer<typeof ListingFact>

/** `stored` made something new, `unchanged` said what we knew, `older` was overtaken by a newer fact. */
export const FactAnswer = z.object({
  id: z.string(),
  result: z.enum(['stored', 'unchanged', 'older']),
  /** The version of the listing that now holds; absent for other facts. */
  version: z.int().optional(),
})
export type FactAnswer = z.infer<typeof FactAnswer>

const fact = route.errors(refuses('key_reused', 'key_in_use', 'unsupported_media', 'too_large'))

export const tellSeller = fact
  .route({
    method: 'POST',
    path: '/v1/sellers',
    tags: ['Facts'],
    summary: 'Tell a seller',
    description:
      'One JSON object, or application/x-ndjson with an answer per line. Needs a marketplace key.',
  })
  .input(SellerFact)
  .output(FactAnswer)

export const tellContact = fact
  .route({
    method: 'POST',
    path: '/v1/contacts',
    tags: ['Facts'],
    summary: 'Tell a contact of a seller',
    description:
      'An address at which the seller reads notices and signs in. `removedAt` takes it away.',
  })
  .input(ContactFact)
  .output(FactAnswer)

export const tellListing = fact
  .errors(refuses('seller_mismatch'))
  .route({
    method: 'POST',
    path: '/v1/listings',
    tags: ['Facts'],
    summary: 'Tell a listing, new or edited',
    description:
      'Stored before it is answered, screened right after. An older `updatedAt` never replaces a newer one. A seller not yet told is created from its id.',
  })
  .input(ListingFact)
  .output(FactAnswer)

/** What we hold about one listing, for the marketplace. */
export const ListingForMarketplace = z.object({
  id: z.string(),
  sellerId: z.string(),
  version: z.int(),
  screenedAt: z.iso.datetime().nullable(),
  verdict: Verdict.nullable(),
  owed: z.object({ sequence: z.int(), state: State }),
})

export const getListing = route
  .route({
    method: 'GET',
    path: '/v1/listings/{id}',
    tags: ['Facts'],
    summary: 'Read what we hold about a listing',
    description: 'Its last version, verdict and the state owed. Needs a marketplace key.',
  })
  .input(z.object({ id: z.string() }))
  .output(ListingForMarketplace)
