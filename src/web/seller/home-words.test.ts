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
    title: 'Appeal',
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

const inForce = { status: 'in-force' } as const

describe('the sentence of the home', () => {
  it('says that nothing needs the seller when nothing does', () => {
    const listings = { total: 214, offSale: 0, outOfSearch: 0 }
    expect(homeSentence({ listings, cases: [], measures: [] }, now, zone)).toBe(
      'All your 214 listings are on sale, and nothing needs you.',
    )
  })

  it('names what was taken, the way back, and what goes on', () => {
    const listings = { total: 216, offSale: 2, outOfSearch: 0 }
    expect(homeSentence({ listings, cases: [], measures: [inForce] }, now, zone)).toBe(
      'Two listings are off sale, and you can appeal. The other 214 are on sale.',
    )
  })

  it('names who has the one open appeal and until when', () => {
    const listings = { total: 3, offSale: 1, outOfSearch: 1 }
    expect(homeSentence({ listings, cases: [openCase()], measures: [inForce] }, now, zone)).toBe(
      'One listing is off sale and one is out of search, and Seller Performance answers your appeal by Saturday 09:00 (in 47 hours). The other one is on sale.',
    )
  })

  it('admits that the marketplace is late', () => {
    const listings = { total: 1, offSale: 1, outOfSearch: 0 }
    expect(
      homeSentence(
        { listings, cases: [openCase({ state: 'overdue' })], measures: [inForce] },
        now,
        zone,
      ),
    ).toBe(
      'One listing is off sale, and we are late with the answer that Seller Performance owes you.',
    )
  })
})
