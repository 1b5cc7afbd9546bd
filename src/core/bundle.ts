/** A bundle is the whole file of a case for somebody outside: what is in it, under names that are safe anywhere, and what is not, and why. */
import type { Case } from './case.ts'
import { isHeard, type Letter } from './letter.ts'

/** Whether a case has a file for anybody outside: a claim says who owns an account, and a check is ours alone. */
export function isBundled({ kind }: Pick<Case, 'kind'>): boolean {
  return kind !== 'recovery' && kind !== 'check' && kind !== 'repair'
}

/** What people of the marketplace do among themselves, and what was sent to others, is none of it. */
const inner: readonly string[] = [
  'case.taken',
  'case.released',
  'case.given',
  'case.undone',
  'case.linked',
  'case.bundled',
  'case.letter_answered',
]

/** Whether an event of a case belongs into its bundle for the sender of a letter, or for nobody in particular. */
export function belongsInBundle(
  { kind, detail }: { kind: string; detail: Record<string, unknown> },
  letterId: string | null,
): boolean {
  if (inner.includes(kind)) return false
  return detail['isKept'] !== true || (letterId !== null && detail['letter'] === letterId)
}

/** Whether a letter does: what its sender keeps from the seller goes to that sender alone. */
export function letterBelongs(letter: Letter, letterId: string | null): boolean {
  return isHeard(letter) || letter.id === letterId
}

/** What is in no bundle, with the reason, as it stands in its index. */
export function withheldWords({ hasMethod }: { hasMethod: boolean }): string[] {
  return [
    'Notes that people of the marketplace write to each other: they are how an answer is found, and no part of it.',
    'Addresses and telephone numbers at which the seller is reached, and full names of people of the marketplace: the matter is understood without them.',
    ...(hasMethod
      ? [
          'How a suspicion was detected: telling it would show others how not to be seen. What was found, under which rule, and whether software took part, is told in the statement (DSA Art. 17(3)).',
        ]
      : []),
  ]
}

/** What opens as a picture or a paper; whatever else somebody sent gets an ending that nothing opens by itself. */
const endings = new Map([
  ['image/jpeg', ['jpg', 'jpeg']],
  ['image/png', ['png']],
  ['image/webp', ['webp']],
  ['image/gif', ['gif']],
  ['image/heic', ['heic']],
  ['image/heif', ['heif', 'heic']],
  ['application/pdf', ['pdf']],
])

/**
 * A name for a file within a bundle: of letters that every system knows, without folders, and with an ending that is
 * true of its bytes. Its place stands first, so that no two are alike and none is a name that a system keeps for itself.
 */
export function bundleName(name: string, mediaType: string, place: number): string {
  const known = endings.get(mediaType)
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._-]+|[._-]+$/g, '')
  const dot = plain.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot + 1)] : [plain, '']
  const isTrue = known?.includes(ending.toLowerCase()) ?? false
  const kept = (isTrue ? stem : plain.replaceAll('.', '_')).slice(0, 60) || 'file'
  return `${String(place).padStart(3, '0')}-${kept}.${isTrue ? ending.toLowerCase() : (known?.[0] ?? 'bin')}`
}
