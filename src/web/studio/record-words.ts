/** The record of a policy in words: how often it was right as far as people have said, and how far it has read anew. */
import type { PolicyForStudio, PolicyRecord, Rescreening } from '../../contract/policy.ts'
import type { Share } from '../../core/likely-range.ts'

/** Of fewer decisions no share is spoken of as if it were known. */
const FEW = 20

/** "91 of 100"; never rounded to certainty. */
export function ofHundred(share: number): string {
  if (share > 0.995 && share < 1) return 'over 99 of 100'
  if (share < 0.005 && share > 0) return 'under 1 of 100'
  return `${Math.round(share * 100)} of 100`
}

/** The sentence the page opens with. */
export function precisionTitle({
  precision,
  scores,
  weeks,
}: Pick<PolicyRecord, 'precision' | 'scores' | 'weeks'>): string {
  const { count: right, of, share } = precision
  const time = `the last ${weeks.length} weeks`
  if (share === null) {
    if (scores.length === 0) return `Not measured yet: it has found nothing in ${time}.`
    const found = scores.length === 1 ? 'the one listing' : `any of the ${amount(scores.length)}`
    return `Not measured yet: nobody has decided about ${found} it found.`
  }
  if (of < FEW) {
    const decisions = of === 1 ? 'the one decision there is' : `${right} of ${of} decisions`
    if (of === 1) return `${right === 1 ? 'Right' : 'Wrong'} in ${decisions}: too few to tell.`
    return `Right in ${right === of ? `all ${of} decisions` : decisions}: too few to tell.`
  }
  if (right === of) return `Right in all ${amount(of)} decisions.`
  if (right === 0) return `Wrong in all ${amount(of)} decisions.`
  return `Right in ${ofHundred(share)} decisions.`
}

/** What the title rests on, and what it does not say. */
export function precisionWords({
  precision,
  precisionToAct,
  weeks,
}: Pick<PolicyRecord, 'precision' | 'precisionToAct' | 'weeks'>): string {
  if (precision.of === 0)
    return 'It is counted from what people decide about its findings, in checks and on appeal. Until they do, nobody knows how often it is right.'
  const counted = `In the last ${weeks.length} weeks people decided about ${amount(precision.of)} of its findings and found ${amount(precision.count)} right. ${rangeWords(precision)}`
  const act =
    precisionToAct.of > 0
      ? ` Of those on which it would act by itself ${precisionToAct.count} of ${precisionToAct.of} were right.`
      : ''
  return `${counted}${act} These are the findings that people came to look at, not a drawn sample.`
}

/** "In the long run it is right in 85 to 95 of 100, with 95 in 100 confidence." */
export function rangeWords({ low, high }: Pick<Share, 'low' | 'high'>): string {
  const [from, to] = [Math.floor(low * 100), Math.ceil(high * 100)]
  return `In the long run it is right in ${from === to ? from : `${from} to ${to}`} of 100, as far as so many can tell (95 in 100 sure).`
}

/** "It has screened 1,240 listing texts so far, first or anew, and spoke up at 12." */
export function screenedWords({
  versions,
  review,
  deactivate,
}: PolicyForStudio['screened']): string {
  if (versions === 0) return 'It has not screened anything yet.'
  const flagged = review + deactivate
  const texts = versions === 1 ? 'one listing text' : `${amount(versions)} listing texts`
  const passed =
    flagged === 0
      ? versions === 1
        ? 'let it pass'
        : 'let all of them pass'
      : `spoke up at ${amount(flagged)}`
  return `It has screened ${texts} so far, first or anew, and ${passed}.`
}

/** How far the listings on sale were read anew, in one sentence. */
export function rescreeningWords(held: Rescreening): string {
  const { version, because, listings, screened } = held
  const why = because === 'version' ? `for version ${version}` : 'because its level left Off'
  if (held.endedAt === null)
    return `It reads every listing on sale anew, ${why}: ${amount(screened)} of ${amount(listings)} so far. ${followedWords(held)}`
  if (held.isCutShort)
    return `It stopped reading anew, ${why}, after ${amount(screened)} of ${amount(listings)} listings. ${followedWords(held)}`
  return `It read ${listingsWords(screened)} anew, ${why}. ${followedWords(held)}`
}

function followedWords({ found, acted, asked, lifted }: Rescreening): string {
  if (found + acted + asked + lifted === 0) return 'It found nothing.'
  const followed = [
    acted > 0 ? `acted on ${amount(acted)}` : null,
    asked > 0 ? `asked a person about ${amount(asked)}` : null,
    lifted > 0 ? `took back ${amount(lifted)} of its measures` : null,
  ].filter((words) => words !== null)
  const last = followed.pop()
  const list = followed.length > 0 ? `${followed.join(', ')} and ${last}` : last
  return `It found ${amount(found)}${list === undefined ? '; nothing followed' : `, ${list}`}.`
}

/** "one listing", "1,240 listings". */
export function listingsWords(count: number): string {
  return count === 1 ? 'one listing' : `${amount(count)} listings`
}

/** "1,240". */
export function amount(count: number): string {
  return count.toLocaleString('en')
}
