/** What each figure counts, in one sentence: for the page, the table and the documentation alike. */

interface FigureWords {
  unit: 'cases' | 'measures' | 'appeals' | 'share' | 'milliseconds' | 'mails' | 'calls' | 'orders'
  says: string
}

/** By the name under which the figure stands in the table of `/v1/figures.csv`, in its order. */
export const figureWords = {
  'now.open': {
    unit: 'cases',
    says: 'Cases that are at a desk at this moment, of every kind.',
  },
  'now.withoutClock': {
    unit: 'cases',
    says: 'Open cases for which nothing would happen by itself: no clock runs for them, it should have rung five minutes ago, or they are at no desk of their procedure. Counted from the rows of cases and clocks.',
  },
  'now.overdue': {
    unit: 'cases',
    says: 'Open cases at a desk that let its time pass, or that nobody answered before every clock had run out.',
  },
  'now.beyondPerson': {
    unit: 'cases',
    says: 'Open cases that no desk which may decide has had for longer than promised.',
  },
  'now.beyondAnswer': {
    unit: 'cases',
    says: 'Open cases that have waited for their answer for longer than promised.',
  },
  'now.longest': {
    unit: 'milliseconds',
    says: 'How long the open case that waits longest has waited, without the time in which a question waited for the seller.',
  },
  'now.notYetBack': {
    unit: 'measures',
    says: 'Subjects of measures that were given back and are not yet seen back in the shop.',
  },
  'now.mailsHeld': {
    unit: 'mails',
    says: 'Mails that belong to no case yet and wait for a person to say where they belong.',
  },
  'now.mailsLate': {
    unit: 'mails',
    says: 'Of these, mails that have waited for longer than their sender was promised.',
  },
  'measures.taken': {
    unit: 'measures',
    says: 'Measures that were imposed in the period; what was taken back within its minute, before anybody heard of it, is not among them.',
  },
  'measures.contested': {
    unit: 'measures',
    says: 'Of the measures taken, those that their seller contested.',
  },
  'measures.overturned': {
    unit: 'measures',
    says: 'Of the measures taken, those that were lifted or narrowed since because a person or a machine looked again: not by a clock that ran out, and not because the seller mended what was wrong.',
  },
  'measures.overturnedShare': {
    unit: 'share',
    says: 'Measures overturned, of those taken, with the range in which the share lies with 95 in 100 (Wilson).',
  },
  'appeals.filed': {
    unit: 'appeals',
    says: 'Appeals that were filed in the period; lifted, narrowed, stands, withdrawn and open add up to it.',
  },
  'appeals.lifted': {
    unit: 'appeals',
    says: 'Appeals after which the measure is gone. An appeal against several counts by its least favourable outcome.',
  },
  'appeals.narrowed': {
    unit: 'appeals',
    says: 'Appeals after which a milder measure is left.',
  },
  'appeals.stands': {
    unit: 'appeals',
    says: 'Appeals after which a measure stands, as far as it was decided until now.',
  },
  'appeals.withdrawn': {
    unit: 'appeals',
    says: 'Appeals that the seller took back.',
  },
  'appeals.open': {
    unit: 'appeals',
    says: 'Appeals that are not decided yet.',
  },
  'appeals.byMachine': {
    unit: 'appeals',
    says: 'Of those lifted or narrowed, those in which a machine said yes; a machine never says no.',
  },
  'appeals.byClock': {
    unit: 'appeals',
    says: 'Of those lifted or narrowed, those in which nobody answered in time and the seller was given what was asked.',
  },
  'appeals.byPerson': {
    unit: 'appeals',
    says: 'Of those lifted or narrowed, those in which a person said so.',
  },
  'appeals.secondLooks': {
    unit: 'appeals',
    says: 'Appeals in which the seller asked for a second look by another desk.',
  },
  'appeals.secondLooksChanged': {
    unit: 'appeals',
    says: 'Of these, those in which the second look lifted or narrowed the measure.',
  },
  'appeals.secondLooksOpen': {
    unit: 'appeals',
    says: 'Of these, those in which the second look is not over yet.',
  },
  'appeals.oneLook': {
    unit: 'cases',
    says: 'Cases denied in the period after one look and not two: a desk was late, and the one that would have looked again stood in for it.',
  },
  'waits.person': {
    unit: 'milliseconds',
    says: 'How long it took until the case was at a desk of people who may decide it, or over; of cases answered in the period, without the time in which a question waited for the seller.',
  },
  'waits.takenUp': {
    unit: 'milliseconds',
    says: 'How long it took until somebody at such a desk took the case up, or it was over.',
  },
  'waits.answer': {
    unit: 'milliseconds',
    says: 'How long it took until the answer, a second look included, from when the case was last opened.',
  },
  'calls.booked': {
    unit: 'calls',
    says: 'Calls of the period that sellers booked and did not take back.',
  },
  'calls.notMade': {
    unit: 'calls',
    says: 'Of these, calls that nobody of ours made.',
  },
  'sales.orders': {
    unit: 'orders',
    says: 'Orders placed in the period, as the marketplace tells them, without those that were called off.',
  },
  'sales.bySellers': {
    unit: 'share',
    says: 'Of these, the share that third-party sellers sold and not the marketplace itself.',
  },
  'sales.byValue': {
    unit: 'share',
    says: 'The same share of what was paid, by currency.',
  },
} as const satisfies Record<string, FigureWords>

export type FigureName = keyof typeof figureWords

/** The one sentence on what a figure counts. */
export function sayFigure(name: FigureName): string {
  return figureWords[name].says
}
