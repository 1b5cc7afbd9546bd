/** The name of a gap says its kind and its place, so that it can be accepted and nothing else with it. */
import type { KnownGap } from '../core/known-gap.ts'
import type { Gap } from './gap.ts'
import { sayMending } from './words.ts'

/** `limbo:legal`, `no-way-in:account.secure:nothing`, `promise-answer:account.lock:mailbox:link`. */
export function nameGap({ code, desk, measure, means, channel }: Gap): string {
  const place =
    desk === null
      ? [
          ...(measure === null ? [] : [written(measure)]),
          ...(means === null ? [] : [means.length === 0 ? 'nothing' : means.join('+')]),
          ...(channel === null ? [] : [written(channel)]),
        ]
      : [written(desk)]
  return [code, ...place].join(':')
}

/** A gap with its name and how to mend it, as it is shown and kept. */
export function knownGap(gap: Gap): KnownGap {
  const { code, desk, measure, channel, worst, path, message } = gap
  return {
    name: nameGap(gap),
    code,
    desk,
    measure,
    means: gap.means && [...gap.means],
    channel,
    worst,
    path,
    message,
    mending: sayMending(gap),
  }
}

/** A name within a name: what separates names in lists and settings is written as in addresses. */
function written(name: string): string {
  return name.replace(
    /[%:,\s]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
