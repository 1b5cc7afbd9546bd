/** What is on a letter, as it is typed, and what is still missing of it. */
import type { Client } from '../../contract/client.ts'
import type { FileForReader } from '../../contract/case.ts'
import type { LetterSender, LetterWish } from '../../core/letter.ts'

export interface LetterDraft {
  kind: LetterSender
  name: string
  answerTo: string
  reference: string
  writtenOn: string
  receivedOn: string
  wants: LetterWish | ''
  dueOn: string
  text: string
  files: FileForReader[]
  showsAuthority: boolean
  /** Null until the person says: then what is usual for the sender. */
  sellerHears: boolean | null
  sellerId: string
  /** `case:ID` or `decision:ID`; empty where it is about the seller alone. */
  about: string
}

export function emptyLetter(today: string, sellerId: string): LetterDraft {
  return {
    kind: 'seller',
    name: '',
    answerTo: '',
    reference: '',
    writtenOn: '',
    receivedOn: today,
    wants: '',
    dueOn: '',
    text: '',
    files: [],
    showsAuthority: false,
    sellerHears: null,
    sellerId,
    about: '',
  }
}

/** Whether the seller may hear of it: a body writes for both sides to read, an authority for us. */
export function hears({ kind, sellerHears }: LetterDraft): boolean {
  if (kind === 'seller' || kind === 'representative') return true
  return sellerHears ?? kind === 'body'
}

export interface Missing {
  field: keyof LetterDraft
  words: string
}

/** What is missing, field by field. */
export function missingFromLetter(draft: LetterDraft, today: string): Missing[] {
  const missing: Missing[] = []
  const need = (field: keyof LetterDraft, isThere: boolean, words: string) => {
    if (!isThere) missing.push({ field, words })
  }
  need('name', draft.name.trim() !== '', 'Say who wrote it.')
  need('answerTo', draft.answerTo.trim() !== '', 'Say where an answer goes.')
  need('receivedOn', draft.receivedOn !== '', 'Say when it was received: that day counts.')
  need(
    'receivedOn',
    draft.receivedOn === '' || draft.receivedOn <= today,
    'It cannot have been received after today.',
  )
  need(
    'writtenOn',
    draft.writtenOn === '' || draft.writtenOn <= draft.receivedOn,
    'It was written before it was received.',
  )
  need('dueOn', draft.wants === '' || draft.dueOn !== '', 'Say by which day they want it.')
  need('text', draft.text.trim() !== '', 'Copy what the letter says.')
  need('sellerId', draft.sellerId !== '', 'Choose the seller whom it is about.')
  return missing
}

/** The letter as it is sent. */
export function letterFrom(draft: LetterDraft): Parameters<Client['letters']['record']>[0] {
  const { kind, name, answerTo, reference, writtenOn, wants, dueOn, sellerId, about } = draft
  const [of, id = ''] = about.split(':')
  return {
    sender: { kind, name: name.trim(), answerTo: answerTo.trim() },
    text: draft.text.trim(),
    receivedOn: draft.receivedOn,
    ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
    ...(writtenOn === '' ? {} : { writtenOn }),
    ...(wants === '' ? {} : { wants, dueOn }),
    ...(sellerId === '' ? {} : { sellerId }),
    ...(of === 'case' ? { caseId: id } : {}),
    ...(of === 'decision' ? { decisionId: id } : {}),
    fileIds: draft.files.map((file) => file.id),
    showsAuthority: kind === 'representative' && draft.showsAuthority,
    sellerHears: hears(draft),
  }
}

/** What will become of it, before it is recorded. */
export function willBecome(
  draft: LetterDraft,
  { isContestable }: { isContestable: boolean },
): string {
  if (draft.sellerId === '')
    return 'What becomes of it stands here as soon as the seller is chosen whom it is about.'
  const [of] = draft.about.split(':')
  const speaks =
    draft.kind === 'seller' || (draft.kind === 'representative' && draft.showsAuthority)
  if (of === 'case')
    return speaks
      ? 'It goes into that case as the seller’s words. If it was received before the case was opened, the case counts from that day.'
      : 'It goes into that case, beside what the seller says there.'
  if (of === 'decision' && draft.kind === 'body' && hears(draft))
    return 'It goes into the appeal that is open against this decision, or opens one with the body’s words, so that what the body decides can be carried out.'
  if (of === 'decision' && speaks && isContestable)
    return 'It goes into the appeal that is open against this decision, or opens one with these words.'
  if (speaks)
    return 'It becomes a case of its own at the desk that letters go to, and the seller hears that it is here.'
  return `It becomes a matter between us and whoever wrote. ${hears(draft) ? 'The seller hears by a notice what it says.' : 'The seller sees nothing of it.'}`
}

export const senderNames = {
  seller: 'The seller',
  representative: 'A lawyer or representative of the seller',
  authority: 'An authority',
  body: 'An out-of-court dispute settlement body',
} as const satisfies Record<LetterSender, string>
