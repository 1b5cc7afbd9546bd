/** A tally counts what is answered of a run, by outcome and by policy, and says it to people and programs. */
import type { FindingCounts, ScreenedBlock } from '../screening/block.ts'
import { columns } from './eval-report.ts'

const outcomes = ['allow', 'review', 'deactivate'] as const

export type Tally = ReturnType<typeof openTally>

/** Starts counting, and the clock; the policies are those that apply, so that one without a finding is named too. */
export function openTally(policies: readonly string[]) {
  const startedAt = performance.now()
  const counts = { allow: 0, review: 0, deactivate: 0 }
  const byPolicy = new Map<string, FindingCounts>(
    policies.map((policy) => [policy, { review: 0, deactivate: 0 }]),
  )
  let begun = 0
  let bytes = 0
  let unread = 0
  const screened = () => counts.allow + counts.review + counts.deactivate
  const lines = () => screened() + unread
  const seconds = () => (performance.now() - startedAt) / 1000
  const perSecond = () => Math.round(screened() / Math.max(0.001, seconds()))
  return {
    /** A block of this many bytes is read, and will be answered. */
    begin: (blockBytes: number) => {
      begun += blockBytes
    },
    /** A block of this many bytes has been answered. */
    add: (block: ScreenedBlock, blockBytes: number) => {
      bytes += blockBytes
      unread += block.unread
      for (const outcome of outcomes) counts[outcome] += block.outcomes[outcome]
      for (const [policy, { review, deactivate }] of Object.entries(block.byPolicy)) {
        const sum = byPolicy.get(policy) ?? { review: 0, deactivate: 0 }
        byPolicy.set(policy, {
          review: sum.review + review,
          deactivate: sum.deactivate + deactivate,
        })
      }
    },
    /** How far the run is; of what has been read of the input, the part that is answered counts. */
    sayProgress: (shareRead: number | null): string => {
      const done = `${grouped(lines())} lines, ${sayBytes(bytes)}, ${grouped(perSecond())} a second`
      if (shareRead === null) return done
      const shareDone = begun === 0 ? 0 : (shareRead * bytes) / begun
      const left = sayTimeLeft(seconds(), shareDone)
      return `${done}, ${Math.floor(100 * shareDone)} % done${left === null ? '' : `, ${left}`}`
    },
    /** What came of the run. */
    saySummary: (): string => {
      const took = `in ${seconds().toFixed(1)} seconds, ${grouped(perSecond())} a second`
      return [
        `${grouped(screened())} listings screened ${took}:`,
        `${grouped(counts.allow)} allowed, ${grouped(counts.review)} for review, ${grouped(counts.deactivate)} deactivated.`,
        ...(byPolicy.size === 0 ? [] : ['', sayPolicies(byPolicy)]),
      ].join('\n')
    },
    /** The same for programs. */
    summary: () => ({
      screened: screened(),
      ...counts,
      unread,
      byPolicy: Object.fromEntries(byPolicy),
      seconds: Number(seconds().toFixed(3)),
      perSecond: perSecond(),
    }),
    /** The lines that have an error in their place; null when there is none. */
    sayUnread: (): string | null =>
      unread === 0
        ? null
        : `${grouped(unread)} of ${grouped(lines())} lines could not be read; the error of each stands in its place.`,
  }
}

function sayPolicies(byPolicy: ReadonlyMap<string, FindingCounts>): string {
  const rows = [...byPolicy].map(([policy, { review, deactivate }]) => [
    policy,
    grouped(review),
    grouped(deactivate),
  ])
  return columns([['policy', 'for review', 'deactivated'], ...rows])
}

/** In plain words, and no finer than anybody can know; null while there is too little to go by. */
export function sayTimeLeft(seconds: number, shareDone: number): string | null {
  if (seconds < 2 || shareDone < 0.01) return null
  const left = (seconds * (1 - shareDone)) / shareDone
  if (left < 5) return 'a few seconds left'
  if (left < 90)
    return `about ${left < 20 ? Math.round(left) : 10 * Math.round(left / 10)} seconds left`
  const minutes = left / 60
  return minutes < 90
    ? `about ${Math.round(minutes)} minutes left`
    : `about ${Math.round(minutes / 60)} hours left`
}

function sayBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}
