/** A listing in which nothing is said, for tests to say something in. */
import type { ListingText } from '../src/core/listing.ts'

export const blank: ListingText = {
  title: '',
  description: '',
  bullets: [],
  brand: '',
  category: '',
  attributes: {},
}
