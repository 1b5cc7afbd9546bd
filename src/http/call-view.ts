/** Calls on the wire, for whoever booked them and for the desks that make them. */
import type { CallSlots, DeskCall } from '../contract/call.ts'
import type { CallForReader } from '../contract/case.ts'
import type { Call } from '../core/call.ts'
import { caseNoun, caseNumber } from '../core/case.ts'
import { shortTitle } from '../core/saying.ts'
import type * as operations from '../operations/call.ts'
import { at } from './measure-view.ts'

/** A call as its seller and its desk see it. */
export function callView({ id, startsAt, endsAt, number, state }: Call): CallForReader {
  return { id, startsAt: at(startsAt), endsAt: at(endsAt), number, state }
}

/** The times that can be picked. */
export function slotsView({ hours, slots, booked }: operations.CallSlots): CallSlots {
  const span = ({ startsAt, endsAt }: (typeof slots)[number]) => ({
    startsAt: at(startsAt),
    endsAt: at(endsAt),
  })
  return {
    minutes: hours.minutes,
    timeZone: hours['time-zone'],
    slots: slots.map(span),
    booked: booked && { ...span(booked), id: booked.id, caseId: booked.caseId },
  }
}

/** What a desk has to call. */
export function deskCallView({
  call,
  case: held,
  deskTitle,
  matter,
  missedBefore,
}: operations.DeskCall): DeskCall {
  return {
    ...callView(call),
    caseId: held.id,
    caseNumber: caseNumber(held),
    kind: held.kind,
    sellerName: matter.sellerName,
    deskTitle,
    about: matter.title ?? (matter.text === null ? caseNoun(held.kind) : shortTitle(matter.text)),
    missedBefore,
  }
}
