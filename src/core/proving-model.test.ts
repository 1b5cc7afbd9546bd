/** Every set of what an owner and a thief may have, run through the claim's own rules: who holds the account in the end. */
import { expect, test } from 'vitest'
import {
  everySet,
  readsFor,
  runClaim,
  subsets,
  things,
  timings,
  type Holdings,
  type Reader,
} from '../../test/claim-model.ts'
import { claimProofKinds } from './claim-proof.ts'

interface Count {
  sets: number
  runs: number
  thiefWins: number
  thiefWinsWhereOwnerIsReachable: number
  ownerCanProve: number
  ownerStaysOut: number
  ownerWithPapersAlone: number
}

function countAll(sets: Iterable<Holdings>, otherClaims: boolean): Count {
  const count: Count = {
    sets: 0,
    runs: 0,
    thiefWins: 0,
    thiefWinsWhereOwnerIsReachable: 0,
    ownerCanProve: 0,
    ownerStaysOut: 0,
    ownerWithPapersAlone: 0,
  }
  for (const set of sets) {
    const isReachable = readsFor('owner', set).length > 0
    const others =
      readsFor('owner', set).length + set.owner.filter((thing) => thing !== 'document').length
    const hasPapers = set.owner.includes('document')
    const canProve = hasPapers && others > 0
    count.sets += 1
    if (canProve) count.ownerCanProve += 1
    if (hasPapers && others === 0) count.ownerWithPapersAlone += 1
    let isStolen = false
    let isLockedOut = false
    for (const timing of timings) {
      count.runs += 2
      if (runClaim({ who: 'thief', set, timing, otherClaims })) isStolen = true
      if (canProve && !runClaim({ who: 'owner', set, timing, otherClaims })) isLockedOut = true
    }
    if (isStolen) count.thiefWins += 1
    if (isStolen && isReachable) count.thiefWinsWhereOwnerIsReachable += 1
    if (isLockedOut) count.ownerStaysOut += 1
  }
  return count
}

const print = (title: string, count: Count) => {
  const rows = Object.entries({ ...count }).map(
    ([name, value]) => `${name} ${value.toLocaleString('en')}`,
  )
  console.log(`${title}: ${rows.join(', ')}`)
}

test('every kind of proof is in the model', () => {
  expect(new Set<string>([...things, 'contact'])).toEqual(new Set<string>(claimProofKinds))
})

test.each([
  ['the owner reads mail and does nothing else', false],
  ['the owner, shut out as well, makes a claim of their own', true],
])('of all sets, insiders and timings, where %s', (title, otherClaims) => {
  const count = countAll(everySet(), otherClaims)
  print(title, count)
  expect(count.sets).toBe(4 * 4 * 16 * 16 * 3)
  expect(count.thiefWinsWhereOwnerIsReachable).toBe(0)
  expect(count.ownerStaysOut).toBe(0)
  // The model can lose: without it the two zeros would say nothing.
  expect(count.thiefWins).toBeGreaterThan(0)
  expect(count.ownerCanProve).toBeGreaterThan(0)
})

test('the 4,096 sets without an insider: what is left to a thief is an owner who reads nothing', () => {
  const yesNo = [false, true]
  const sets: Holdings[] = []
  for (const firstOwner of yesNo)
    for (const secondOwner of yesNo)
      for (const firstThief of yesNo)
        for (const secondThief of yesNo)
          for (const owner of subsets)
            for (const thief of subsets)
              sets.push({
                contacts: [readerOf(firstOwner, firstThief), readerOf(secondOwner, secondThief)],
                owner,
                thief,
                insider: 'none',
              })
  const count = countAll(sets, true)
  print('4,096 sets', count)
  expect(count.sets).toBe(4_096)
  expect(count.thiefWinsWhereOwnerIsReachable).toBe(0)
  expect(count.ownerStaysOut).toBe(0)
  expect(count.thiefWins).toBeLessThanOrEqual(160)
})

function readerOf(owner: boolean, thief: boolean): Reader {
  return owner ? (thief ? 'both' : 'owner') : thief ? 'thief' : 'nobody'
}
