/** Tests of the sentence that the seller's home opens with. */
import { describe, expect, it } from 'vitest'
import type { CaseSummary } from '../../contract/case.ts'
import { homeSentence } from './home-words.ts'

const now = new Date('2026-11-12T09:20:00Z')
const zone = 'Europe/Paris'

function openCase(
  over: Partial<CaseSummary['holding']> = {},
  state: CaseSummary['state'] = 'open',
): CaseSummary {
  return {
    id: 'cas_1',
    number: 'A-1001',
    kind: 'appeal',
    title: 'Appeal',
    ask: null,
    state,
    outcome: null,
    openedAt: '2026-11-12T08:00:00Z',
    holding: {
      state: 'running',
      who: 'Seller Performance, a person',
      whoDetail: '',
      startedAt: '2026-11-12T08:00:00Z',
      dueAt: '2026-11-14T08:00:00Z',
      ifLate: '',
      ifLateDetail: '',
      ...over,
    },
  }
}

const account = { signIn: true, sell: true, addListings: true }

const inForce = {
  measure: 'listing.deactivate',
  subject: { kind: 'listing', id: 'l1', title: 'Kaolin mask' },
  terms: null,
  status: 'in-force',
  since: '2026-11-11T08:00:00Z',
  allowed: ['appeal'],
} satisfies Parameters<typeof homeSentence>[0]['measures'][number]

const suspended = {
  ...inForce,
  measure: 'account.suspend',
  subject: { kind: 'account', id: 'clay', title: 'Clay & Clover' },
} as const

describe('the sentence of the home', () => {
  it('says that nothing needs the seller when nothing does', () => {
    const listings = { total: 214, offSale: 0, outOfSearch: 0 }
    expect(homeSentence({ listings, account, cases: [], measures: [] }, now, zone)).toBe(
      'All your 214 listings are on sale, and nothing needs you.',
    )
  })

  it('names what was taken, the way back, and what goes on', () => {
    const listings = { total: 216, offSale: 2, outOfSearch: 0 }
    expect(homeSentence({ listings, account, cases: [], measures: [inForce] }, now, zone)).toBe(
      'Two listings are off sale, and you can appeal. The other 214 are on sale.',
    )
  })

  it('names who has the one open appeal and until when', () => {
    const listings = { total: 3, offSale: 1, outOfSearch: 1 }
    expect(
      homeSentence({ listings, account, cases: [openCase()], measures: [inForce] }, now, zone),
    ).toBe(
      'One listing is off sale and one is out of search, and Seller Performance answers your appeal by Saturday 09:00 (in 47 hours). The other one is on sale.',
    )
  })

  it('admits that the marketplace is late', () => {
    const listings = { total: 1, offSale: 1, outOfSearch: 0 }
    expect(
      homeSentence(
        { listings, account, cases: [openCase({ state: 'overdue' })], measures: [inForce] },
        now,
        zone,
      ),
    ).toBe(
      'One listing is off sale, and we are late with the answer that Seller Performance owes you.',
    )
  })

  it('puts a question that waits for the seller before everything else', () => {
    const asked = {
      ...openCase(),
      state: 'asking',
      ask: {
        question: 'What is in it?',
        by: 'Milan',
        at: '2026-11-12T08:00:00Z',
        until: '2026-11-26T08:00:00Z',
      },
    } as const
    const listings = { total: 3, offSale: 1, outOfSearch: 0 }
    expect(
      homeSentence(
        { listings, account, cases: [openCase(), asked], measures: [inForce] },
        now,
        zone,
      ),
    ).toBe(
      'One listing is off sale, and Milan has a question for you about your appeal. The other two are on sale.',
    )
  })

  it('says that nothing is for sale while the account is suspended', () => {
    const listings = { total: 3, offSale: 0, outOfSearch: 0 }
    const shut = { ...account, sell: false, addListings: false }
    expect(
      homeSentence({ listings, account: shut, cases: [], measures: [suspended] }, now, zone),
    ).toBe(
      'Your account is suspended, and you can appeal. Nothing of yours is for sale meanwhile; orders already placed go on.',
    )
  })

  it('says from when a closing counts, beside what goes on until then', () => {
    const closing = {
      ...suspended,
      measure: 'account.close',
      since: '2026-12-12T08:00:00Z',
    } as const
    const listings = { total: 3, offSale: 0, outOfSearch: 0 }
    expect(homeSentence({ listings, account, cases: [], measures: [closing] }, now, zone)).toBe(
      'Your account will be closed from Saturday 12 December 09:00, and you can appeal. All your three listings are on sale.',
    )
  })

  it('calls a question a question', () => {
    const listings = { total: 3, offSale: 0, outOfSearch: 0 }
    const question = { ...openCase(), kind: 'question' } as const
    expect(homeSentence({ listings, account, cases: [question], measures: [] }, now, zone)).toBe(
      'All your three listings are on sale, and Seller Performance answers your question by Saturday 09:00 (in 47 hours).',
    )
  })
})
