import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  complaintFindings,
  complaintKinds,
  findingFollows,
  kindInWords,
  matterOf,
  mayHold,
  noTraces,
  placesNamed,
  sameWords,
  substanceOf,
  type BeforeHold,
} from './complaint.ts'

describe('what one unverified complaint may do by itself', () => {
  const danger: BeforeHold = {
    kind: 'unsafe',
    isSaid: true,
    hasListing: true,
    holdsAnother: false,
    wasCleared: false,
    isOfRing: false,
    isSetAside: false,
  }
  const yesOrNo = [true, false]
  for (const kind of complaintKinds)
    test(`${kind}: ${kind === 'unsafe' ? 'holds the one listing, where nothing speaks against it' : 'holds nothing'}`, () => {
      for (const isSaid of yesOrNo)
        for (const hasListing of yesOrNo)
          for (const holdsAnother of yesOrNo)
            for (const wasCleared of yesOrNo)
              for (const isOfRing of yesOrNo)
                for (const isSetAside of yesOrNo) {
                  const known = { kind, isSaid, hasListing, holdsAnother, wasCleared }
                  const before = { ...known, isOfRing, isSetAside }
                  const isThatOne = JSON.stringify(before) === JSON.stringify(danger)
                  expect([before, mayHold(before)]).toEqual([before, isThatOne])
                }
    })

  test('a danger goes to the desk that looks within hours, everything else to the usual one', () => {
    for (const kind of complaintKinds)
      expect(matterOf(kind)).toBe(
        kind === 'unsafe' ? 'matter.complaint.safety' : 'matter.complaint',
      )
  })
})

describe('what follows from a finding', () => {
  for (const finding of complaintFindings)
    test(`${finding}: ${finding === 'confirmed' ? 'a hold stands and a person may impose' : 'a hold falls and nothing is imposed'}`, () => {
      const { hold, mayImpose } = findingFollows[finding]
      expect(hold).toBe(finding === 'confirmed' ? 'stands' : 'falls')
      expect(mayImpose).toBe(finding === 'confirmed')
    })
})

describe('the substance that the seller reads', () => {
  const ana = {
    id: 'buyer-4711',
    name: 'Ana Lopes-Ruiz',
    address: 'a.lopes@mail.example',
    orderId: 'O-99817',
    traces: { ...noTraces, devices: ['dev-canary'], ipPrefixes: ['203.0.113.0/24'] },
  }
  const read = (text: string) => substanceOf(text, ana)

  test('is the reporter’s words where nothing in them names anybody', () => {
    const words = 'The banana plush lost an eye after one day, at 14:30. It cost 24.90.'
    expect(read(words)).toBe(words)
  })

  test('leaves out what names the reporter, in whatever case it stands', () => {
    const text =
      'I am ana lopes-ruiz (A.LOPES@mail.example, +351 912 345 678), order O-99817, buyer-4711.'
    expect(read(text)).not.toMatch(/ana|lopes|ruiz|912|99817|4711/i)
  })

  test('leaves out other addresses and numbers, because they may be the reporter’s, too', () => {
    expect(
      read(
        'Write to me@home.example or see https://me.example/photo?x=1, card 4111 1111 1111 1111',
      ),
    ).toBe('Write to [left out] or see [left out] card [left out]')
  })

  test('no field of a reporter survives in it, whatever the field holds and wherever it stands', () => {
    const canary = fc.stringMatching(/^[A-Za-z0-9.$^*+()-]{4,20}$/).map((word) => `q${word}q`)
    fc.assert(
      fc.property(canary, fc.string(), fc.string(), (word, before, after) => {
        const text = `${before} ${word} ${after}`
        for (const naming of [
          { ...ana, id: word },
          { ...ana, name: word },
          { ...ana, address: `${word}@mail.example` },
          { ...ana, orderId: word },
          { ...ana, traces: { ...noTraces, devices: [word] } },
          { ...ana, traces: { ...noTraces, paymentHashes: [word] } },
          { ...ana, traces: { ...noTraces, addressHashes: [word] } },
        ])
          expect(substanceOf(text, naming)).not.toContain(word)
      }),
      { numRuns: 300 },
    )
  })

  test('comes quickly also from words made to be slow', () => {
    const start = performance.now()
    substanceOf('1 '.repeat(10_000), ana)
    substanceOf('@'.repeat(20_000), ana)
    substanceOf('a@'.repeat(10_000), ana)
    substanceOf('(1-'.repeat(6_000), ana)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

describe('what a complaint is about', () => {
  test('is found in an address of the shop, or where an id stands by itself', () => {
    expect(placesNamed('https://shop.example/listings/kaolin-mask?from=mail#top')[0]).toBe(
      'kaolin-mask',
    )
    expect(placesNamed('kaolin-mask')).toEqual(['kaolin-mask'])
    expect(placesNamed('It is “kaolin-mask”.')).toContain('kaolin-mask')
    expect(placesNamed('/items/%E2%82%AC1/')[0]).toBe('€1')
    expect(placesNamed('/items/100%/')[0]).toBe('100%')
    expect(placesNamed('')).toEqual([])
  })

  test('is the same complaint where the words are, however they are spaced', () => {
    const one = { reporterId: 'r', sellerId: 's', listingId: 'l', text: 'It broke.' }
    expect(sameWords({ ...one, text: '  it\nBROKE. ' })).toBe(sameWords(one))
    expect(sameWords({ ...one, listingId: null })).not.toBe(sameWords(one))
    expect(sameWords({ ...one, reporterId: 'q' })).not.toBe(sameWords(one))
  })

  test('a mail with a word of danger is read as one, and one without is anything', () => {
    expect(kindInWords('The plug gave me an electric shock!')).toBe('unsafe')
    expect(kindInWords('It is a fake.')).toBe('counterfeit')
    expect(kindInWords('It never arrived')).toBe('never-arrived')
    expect(kindInWords('I do not like it.')).toBe('other')
  })
})
