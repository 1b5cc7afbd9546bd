/** A payout check asks the holder of an old bank account whether a claim on the shop's account is theirs: a cent with a word, and the word comes back. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Where the requests stand, and by which key the shop may read and answer them. */
export interface PayoutChecks {
  recourseUrl: string
  key: string
}

export interface PayoutCheck {
  /** The claim, such as R-7001. */
  number: string
  sellerId: string
  destinations: { id: string; label: string | null }[]
  askedAt: string
}

const longestAnswer = 10_000

/** The requests that wait; throws where Recourse cannot be asked. */
export async function listPayoutChecks({ recourseUrl, key }: PayoutChecks): Promise<PayoutCheck[]> {
  const answer = await fetch(`${recourseUrl}/v1/payout-requests`, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(longestAnswer),
  })
  if (!answer.ok) throw new Error(`ask for payout requests: ${answer.status}`)
  const { requests } = (await answer.json()) as { requests: PayoutCheck[] } // as its contract has it
  return requests
}

/** Says that the holder confirmed it; answers whether it was taken. */
export async function confirmPayoutCheck(
  { recourseUrl, key }: PayoutChecks,
  { number, destinationId }: { number: string; destinationId: string },
): Promise<boolean> {
  const path = `/v1/payout-requests/${encodeURIComponent(number)}/confirmation`
  const answer = await fetch(`${recourseUrl}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      // Pressed twice, it counts once.
      'idempotency-key': encodeURIComponent(`payout-check-${number}-${destinationId}`),
    },
    body: JSON.stringify({ destinationId }),
    signal: AbortSignal.timeout(longestAnswer),
  })
  // No such claim waits any more, or it has its proof: an answer. Anything else is a fault, of which the page tells.
  const isNo = answer.status === 404 || answer.status === 409
  if (!answer.ok && !isNo) throw new Error(`confirm ${number}: ${answer.status}`)
  return answer.ok
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The word that goes with the cent: worked out, so that nothing of it is kept, and another for each claim and account. */
export function wordOf(secret: string, number: string, destinationId: string): string {
  const bytes = createHmac('sha256', secret)
    .update(JSON.stringify(['payout check', number, destinationId]))
    .digest()
  return Array.from(bytes.subarray(0, 8), (byte) => letters[byte % letters.length]).join('')
}

/** Whether the holder said that word, however it was typed. */
export function isWord(said: string, word: string): boolean {
  const given = Buffer.from(said.toUpperCase().replaceAll(/[^A-Z]/g, ''))
  const expected = Buffer.from(word)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
