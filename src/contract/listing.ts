/** Facts that the marketplace tells us: sellers, contacts and listings, one by one or as NDJSON. */
import { z } from 'zod'
import { AttributeValue, listingLimits } from '../core/listing.ts'
import { Verdict } from '../core/finding.ts'
import { Language } from '../core/language.ts'
import { State } from '../core/state-owed.ts'
import { refuses, route } from './problem.ts'

/** PostgreSQL text holds no NUL, and half a surrogate pair is no character. */
export const readable = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text),
      'holds a NUL or half a character',
    )
export const id = readable(listingLimits.id).refine(
  // An address with one of the two for its last part leads elsewhere.
  (text) => text !== '' && text !== '.' && text !== '..' && !hasControl(text),
  'an id of 1 to 200 characters without control characters, and neither . nor ..',
)
export const at = z.iso.datetime({ offset: true })

function hasControl(text: string): boolean {
  return [...text].some((character) => (character.codePointAt(0) ?? 0) < 0x20)
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    // Intl says no by throwing; the answer is simply no.
    return false
  }
}

export const SellerFact = z.object({
  id,
  name: readable(200).optional(),
  locale: readable(35).optional(),
  /** In which notices to the seller are written; English where nobody says. The seller can choose another. */
  language: Language.optional(),
  timeZone: readable(64).refine(isTimeZone, 'a time zone such as Europe/Lisbon').optional(),
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
  title: readable(listingLimits.title).refine(
    (title) => title.trim() !== '',
    'a title that says something',
  ),
  description: readable(listingLimits.description).default(''),
  bullets: z.array(readable(listingLimits.bullet)).max(listingLimits.bullets).default([]),
  brand: readable(listingLimits.brand).default(''),
  category: readable(listingLimits.category).default(''),
  attributes: z
    .record(readable(listingLimits.attributeName), AttributeValue)
    .refine(
      (attributes) => Object.keys(attributes).length <= listingLimits.attributes,
      `at most ${listingLimits.attributes} attributes`,
    )
    .default({}),
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

export const fact = route.errors(
  refuses('key_reused', 'key_in_use', 'unsupported_media', 'too_large'),
)

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
