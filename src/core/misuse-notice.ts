/** Notices to a reporter of what was imposed on them, and of what is set aside: why, for how long, and how to contest it. */
import { toReporter } from './complaint-notice.ts'
import { complaintNumber, type Complaint } from './complaint.ts'
import type { ReporterMeasureKind } from './misuse.ts'
import type { Worded } from './notice.ts'
import { sayTime, sayZone } from './saying.ts'

interface Told {
  /** At which it was taken. */
  complaint: Pick<Complaint, 'id' | 'number'>
  /** The first name of the person who decided it. */
  by: string
  deskTitle: string
  reasons: string
  /** The desk that looks again if the reporter asks; null where none does. */
  secondLook: string | null
  timeZone: string
}

/** A warning, with what follows if it goes on. */
export function misuseWarned(told: Told & { longestDays: number }): Worded {
  const { complaint, by, deskTitle, reasons, longestDays } = told
  const number = complaintNumber(complaint)
  return toReporter(complaint, {
    kind: 'message',
    subject: `A warning: several of your complaints were manifestly unfounded, the last answered as ${number}`,
    opening: `${by} of ${deskTitle} warns you. Nothing else happens now, and your complaints are read as before.`,
    sections: [
      { heading: `Why ${by} warns you`, paragraphs: [reasons], written: [0] },
      {
        heading: 'What follows if it goes on',
        paragraphs: [
          `If more of what you send is manifestly unfounded, a person may set your complaints aside for a time, at first for at most ${longestDays} days (DSA Art. 23). Whoever is mistaken now and then has nothing to fear, however often they complain.`,
        ],
      },
      contesting(told),
    ],
  })
}

/** What is complained of next waits until a day. */
export function misuseSetAside(told: Told & { until: Date }): Worded {
  const { complaint, by, deskTitle, reasons, until, timeZone } = told
  const day = sayTime(until, timeZone, { withYear: true })
  return toReporter(complaint, {
    kind: 'message',
    subject: `Your complaints are set aside until ${day}`,
    opening: `${by} of ${deskTitle} sets aside what you complain of until ${day}. You were warned before.`,
    sections: [
      { heading: `Why ${by} does`, paragraphs: [reasons], written: [0] },
      {
        heading: 'What happens with what you send until then',
        paragraphs: [
          `It is kept, gets a number, and is read from ${day} on. Until a person has read it, it weighs on nobody. Where you say that something is unsafe, a person reads it within hours all the same.`,
          sayZone(timeZone),
        ],
      },
      contesting(told),
    ],
  })
}

/** It counts no more, from now on. */
export function misuseLifted(
  told: Pick<Told, 'complaint' | 'by' | 'deskTitle' | 'reasons'> & { kind: ReporterMeasureKind },
): Worded {
  const { complaint, by, deskTitle, reasons, kind } = told
  const what =
    kind === 'warning' ? 'The warning is taken back' : 'Your complaints are set aside no more'
  return toReporter(complaint, {
    kind: 'message',
    subject: what,
    opening: `${what}. ${by} of ${deskTitle} looked at it.${kind === 'warning' ? '' : ' What you sent meanwhile is read now, and counts as if nothing had been.'}`,
    sections: [{ heading: `What ${by} writes`, paragraphs: [reasons], written: [0] }],
  })
}

/** The receipt of a complaint that waits. */
export function complaintSetAside({
  complaint,
  until,
  contestedAt,
  timeZone,
}: {
  complaint: Pick<Complaint, 'id' | 'number'>
  until: Date
  /** The complaint at which it was decided. */
  contestedAt: number
  timeZone: string
}): Worded {
  const number = complaintNumber(complaint)
  const day = sayTime(until, timeZone, { withYear: true })
  return toReporter(complaint, {
    kind: 'case-received',
    subject: `Your complaint ${number} is here. It is set aside until ${day} and read then`,
    opening: `Your complaint ${number} is here, and nothing of it can be lost. Your complaints are set aside until ${day}, so it is read after that.`,
    sections: [
      {
        heading: 'If you think that this is wrong',
        paragraphs: [
          `We told you why with your complaint ${complaintNumber({ number: contestedAt })}. Open that with its number and code and ask for another look: a person does who has not decided it before.`,
          sayZone(timeZone),
        ],
      },
    ],
  })
}

function contesting({ complaint, secondLook }: Told): Worded['body']['sections'][number] {
  const number = complaintNumber(complaint)
  return {
    heading: 'If you think that this is wrong',
    paragraphs: [
      secondLook === null
        ? 'A dispute body or a court can look at it (DSA Art. 21).'
        : `Ask ${secondLook} to look again, on the page of your complaint ${number}: a person does who has not decided it before, and looks at that complaint and at this. It costs nothing. If they do not find the complaint manifestly unfounded again, this is lifted at once.`,
    ],
  }
}
