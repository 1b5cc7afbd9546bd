/** Letters for tests: what is on one unless a test says otherwise. */

/** A letter of a seller, received on the day on which the clock of tests begins. */
export function letterOf<Changes extends { text: string }>(changes: Changes) {
  return {
    sender: {
      kind: 'seller' as const,
      name: 'Clay & co',
      answerTo: '1 Rua do Ouro, Lisbon',
    },
    receivedOn: '2026-11-23',
    ...changes,
  }
}

/** A body that settles disputes. */
export const board = {
  kind: 'body',
  name: 'Dispute Board of Lisbon',
  answerTo: 'cases@board.example',
} as const

export const authority = {
  kind: 'authority',
  name: 'Market Authority',
  answerTo: '2 Rua da Prata, Lisbon',
} as const

export const lawyer = {
  kind: 'representative',
  name: 'Ana Reis',
  answerTo: 'reis@law.example',
} as const
