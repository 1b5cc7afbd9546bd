/** A sending is one notice at one address: taken, refused, given back later, or to be tried again. */

export const sendingStates = ['delivered', 'trying', 'refused', 'came-back'] as const
export type SendingState = (typeof sendingStates)[number]

/** What is known of one address. */
export interface SendingDates {
  acceptedAt: Date | null
  /** When it was given back, or refused for good. */
  bouncedAt: Date | null
  /** When it is tried again; null where nothing is left to try. */
  nextAt: Date | null
}

/** Works out how a notice stands at an address. A mail server that took it delivered it, as far as anybody can know. */
export function sendingState({ acceptedAt, bouncedAt, nextAt }: SendingDates): SendingState {
  if (nextAt !== null) return 'trying'
  if (bouncedAt === null) return 'delivered'
  return acceptedAt === null ? 'refused' : 'came-back'
}

/** How a notice stands with all for whom it is: `unreached` once every address of its seller refused it or gave it back. */
export const noticeReaches = ['on-its-way', 'told', 'unreached'] as const
export type NoticeReach = (typeof noticeReaches)[number]
