/** The addresses at which mail comes in: one for each channel of the procedure that is no other door. */
import type { Procedure } from './procedure.ts'

/** Doors of the running system that are no addresses. */
const otherDoors = ['button', 'link', 'contact', 'recovery', 'report', 'letter', 'system']

/** The channel, and the address, at which anybody may complain of what is sold. */
export const complaintsAt = 'complaints'

/** The local part of a channel's address; `email` is `appeals`. */
export function localPartOf(channel: string): string {
  return channel === 'email' ? 'appeals' : channel
}

/** Whether a channel is an address. */
export function isMailChannel(channel: string): boolean {
  return !otherDoors.includes(channel)
}

/** Who wrote, as events name whoever wrote by mail: an address is not yet a person that we know. */
export function byMail(address: string): string {
  return `mail from ${address}`
}

/** The address of whoever wrote by mail; null for who wrote otherwise. */
export function mailedFrom(by: string | null): string | null {
  return by?.startsWith('mail from ') ? by.slice('mail from '.length) : null
}

/** The channels of a procedure that are addresses. */
export function mailChannels(procedure: Pick<Procedure, 'channels'>): string[] {
  return Object.keys(procedure.channels).filter(isMailChannel)
}

/** Where bounces of our own mail come back to. */
export const bouncesAt = 'bounces'

export interface Mailbox {
  /** Null where only bounces come. */
  channel: string | null
  /** What stands behind the plus; empty for none. */
  tag: string
}

/** What an address of ours is, or null for one that is none. Letter case means nothing, as everywhere in mail. */
export function mailboxAt(
  address: string,
  { procedure, domain }: { procedure: Pick<Procedure, 'channels'>; domain: string },
): Mailbox | null {
  const at = address.lastIndexOf('@')
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null
  const [name = '', ...rest] = address.slice(0, Math.max(at, 0)).toLowerCase().split('+')
  const tag = rest.join('+')
  if (name === bouncesAt) return { channel: null, tag }
  const channels = mailChannels(procedure)
  const channel = channels.find((one) => localPartOf(one).toLowerCase() === name)
  if (channel !== undefined) return { channel, tag }
  // RFC 5321 and RFC 2142: these are there wherever mail is.
  const first = channels.includes('support') ? 'support' : channels[0]
  return (name === 'postmaster' || name === 'abuse') && first !== undefined
    ? { channel: first, tag: '' }
    : null
}
