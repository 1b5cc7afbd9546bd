/** Notices as examples: every kind in every language, with values that are made up, as staff look at them before anybody gets one. */
import type { ListingText } from './listing.ts'
import { alarmNotice, type Alarm } from './alarm.ts'
import {
  askedNotice,
  callNotice,
  caseReceived,
  handedOver,
  messageNotice,
  outcomeNotice,
  overdueNotice,
  overdueToSender,
  turnedNotice,
  type HoldingWords,
} from './case-notice.ts'
import {
  complaintAnswered,
  complaintAsked,
  complaintFound,
  complaintMoved,
  complaintOverdue,
  complaintReceived,
} from './complaint-notice.ts'
import { factorNotice } from './factor-notice.ts'
import type { Evidence } from './finding.ts'
import type { Threshold } from './health-rules.ts'
import { healthAsked } from './health-words.ts'
import type { Language } from './language.ts'
import {
  letterAnswer,
  letterDueSoon,
  letterOverdue,
  letterReceived,
  letterTold,
} from './letter-notice.ts'
import {
  filedAfterNotice,
  filedNotice,
  heldNotice,
  mailOverdueNotice,
  settledNotice,
} from './mail-notice.ts'
import { measures, type Measure } from './measure.ts'
import { complaintSetAside, misuseLifted, misuseSetAside, misuseWarned } from './misuse-notice.ts'
import type { MemberPart } from './member.ts'
import { memberInvitation, memberNotice } from './member-notice.ts'
import {
  hastenedNotice,
  liftedNotice,
  noticeKinds,
  statementNotice,
  type NoticeKind,
  type Worded,
} from './notice.ts'
import { enrolmentNotice, invitationNotice } from './person-notice.ts'
import {
  accountClaimed,
  bindingLetter,
  claimAgreed,
  claimOutcome,
  claimRestored,
  proofLetter,
} from './recovery-notice.ts'
import { repairNotice } from './repair-notice.ts'
import { notBackOfficer, notYetBackNotice, restoredNotice } from './restoration-notice.ts'
import { sayMoney, sayTime } from './saying.ts'
import { openStates } from './state-owed.ts'
import type { Statement } from './statement.ts'
import { memberWaitsNotice, witnessNotice } from './unreached.ts'
import { wordsIn } from './words.ts'

/** Who reads it: sellers in their language, everybody else in English. */
export type SampleReader = 'seller' | 'other'

export interface Sample {
  kind: NoticeKind
  /** What this one shows, beside others of its kind. */
  about: string
  reader: SampleReader
  worded: Worded
}

const timeZone = 'Europe/Berlin'
const at = new Date('2026-11-24T13:00:00Z')
const marketplace = 'The Bazaar'
const listing = { kind: 'listing', title: 'Kaolin face mask' } as const
const account = { kind: 'account', title: 'Lind & Co' } as const
const person = { by: 'Milan', deskTitle: 'Seller Performance' }

/** Every kind that there is, in the order of the table. */
export function samplesOf(language: Language): Sample[] {
  const samples = [...toSellers(language), ...toOthers()]
  return noticeKinds.flatMap((kind) => samples.filter((sample) => sample.kind === kind))
}

function toSellers(language: Language): Sample[] {
  const words = wordsIn(language)
  const holding: HoldingWords = {
    kind: 'appeal',
    number: 'A-7004',
    caseId: 'cas_example',
    deskTitle: 'Seller Performance',
    dueAt: at,
    ifLate: words.lateness.sentence(
      words.lateness.handOver('Executive office'),
      words.lateness.thenEnds(
        words.lateness.lifts['listing.deactivate'],
        sayTime(new Date('2026-11-27T13:00:00Z'), timeZone, { language }),
      ),
    ),
    timeZone,
    language,
    about: [words.saying.about(listing)],
  }
  const complaint = {
    ...person,
    number: 'K-7012',
    caseId: 'cas_example',
    title: listing.title,
    timeZone,
    language,
    kind: 'not-as-described' as const,
    substance: 'The powder is grey, and the page shows it white.',
    question: 'Of which batch is it?',
    until: at,
    reasons: 'The page says that the colour differs from batch to batch.',
  }
  const question: HoldingWords = { ...holding, kind: 'question', number: 'Q-7005', about: [] }
  const where = { decisionId: 'dec_example', caseId: null, language }
  const statement = (measure: Measure, byMachine = false) =>
    statementOf({ measure, byMachine, language })
  const seconds = 16
  const money = statement('payout.hold')
  const part: MemberPart = {
    role: 'representative',
    matters: { decisions: ['dec_example'], cases: [] },
    mayWrite: true,
    until: new Date('2026-12-31T22:59:59Z'),
  }
  const change = { sellerName: 'Lind & Co', at, timeZone, language }
  const detail = { member: 'mbr_example', email: 'helper@law.example', before: null }
  const told = { name: 'Hanna Weber', part }
  const news = { address: 'j@lind.example', at, timeZone, language }
  const to = (about: string, worded: Worded): Sample => ({
    kind: worded.kind,
    about,
    reader: 'seller',
    worded,
  })
  return [
    to(
      'of a dispute body',
      letterTold({
        sender: { kind: 'body', name: 'Dispute Board of Lisbon' },
        text: 'A complaint about your decision D-1004 was brought to us. Please send us your file.',
        about: words.saying.aboutSome([words.saying.about(listing)], 0),
        number: 'A-7004',
        where: { decisionId: null, caseId: 'cas_example' },
        language,
      }),
    ),
    to(
      'of a lawyer without an authority',
      letterTold({
        sender: { kind: 'representative', name: 'Ana Reis' },
        text: 'I act for Lind & Co and ask you to explain the measure.',
        about: '',
        number: null,
        where: null,
        language,
      }),
    ),
    to(
      'of complaints that are more than usual',
      healthAsked(manyComplaints, standsSo(at), language),
    ),
    to('by a rule', statementNotice(statement('listing.deactivate', true))),
    to('by a person', statementNotice(statement('account.suspend'))),
    to('about money', statementNotice(money)),
    to(
      'agreed by a second person',
      hastenedNotice({
        statement: statement('account.close'),
        exception: 'legal_obligation',
        agreedBy: 'Aiko',
        at,
        timeZone,
        language,
      }),
    ),
    to('of an appeal', caseReceived(holding)),
    to('of a question', caseReceived(question)),
    to('of a mail in an open case', filedNotice(holding)),
    to('of a complaint about the seller', complaintAsked({ ...complaint, waits: true })),
    to('of a complaint that was looked into', complaintFound({ ...complaint, finding: 'refuted' })),
    to('of a letter in an open case', filedNotice(holding, 'letter')),
    to(
      'of a mail after the decision',
      filedAfterNotice({ ...holding, contest: { deskTitle: 'Executive office', until: at } }),
    ),
    to(
      'by lateness',
      handedOver({ ...holding, handOver: { why: 'late', fromDeskTitle: 'Triage' } }),
    ),
    to(
      'by choice',
      handedOver({
        ...holding,
        handOver: {
          why: 'forward',
          fromDeskTitle: 'Support',
          by: 'Ines',
          reason: 'This needs somebody who may lift the measure.',
          promisedBy: new Date('2026-12-01T13:00:00Z'),
        },
      }),
    ),
    to(
      'for a second look',
      handedOver({ ...holding, handOver: { why: 'second-look', fromDeskTitle: 'Performance' } }),
    ),
    to(
      'open again',
      handedOver({ ...holding, handOver: { why: 'again', fromDeskTitle: 'Performance' } }),
    ),
    to(
      'a question that is an appeal',
      turnedNotice({ ...holding, question: 'Q-7005', by: 'Ines', promisedBy: at, isNew: true }),
    ),
    to(
      'of a desk',
      askedNotice({ ...holding, ...person, question: 'Which of the two packs is it?', until: at }),
    ),
    ...(['booked', 'missed', 'lapsed'] as const).map((became) =>
      to('', callNotice({ ...question, startsAt: at, to: '+49 30 1234567', became })),
    ),
    to(
      'in a case that goes on',
      messageNotice({
        ...holding,
        ...person,
        text: 'We have your photo and look at it.',
        writeAgainUntil: null,
      }),
    ),
    to(
      'to a question',
      messageNotice({
        ...question,
        ...person,
        text: 'The money is paid out on Friday.',
        writeAgainUntil: new Date('2026-12-08T13:00:00Z'),
      }),
    ),
    to(
      'two points, one lifted',
      outcomeNotice({
        kind: 'appeal',
        caseNumber: 'A-7004',
        caseId: 'cas_example',
        objections: [
          {
            subject: listing,
            outcome: 'measure_lifted',
            answer: 'It is a cosmetic and protects nobody.',
            answeredBy: 'Milan',
          },
          {
            subject: account,
            outcome: 'measure_stands',
            answer: 'The parcels have not arrived.',
            answeredBy: 'Milan',
          },
        ],
        secondLook: { deskTitle: 'Executive office', contestBy: null },
        timeZone,
        language,
      }),
    ),
    to(
      'by a clock',
      outcomeNotice({
        kind: 'appeal',
        caseNumber: 'A-7004',
        caseId: 'cas_example',
        objections: [
          {
            subject: listing,
            outcome: 'measure_lifted',
            answer: wordsIn('en').own.late(),
            answeredBy: null,
          },
        ],
        secondLook: null,
        timeZone,
        language,
      }),
    ),
    to(
      'after a hand-over, one stays',
      repairNotice({
        cause: 'takeover',
        judged: [
          {
            ...{ decisionId: 'dec_example', number: 'D-1004', subject: listing },
            outcome: 'measure_lifted',
            answer: 'A stranger listed it.',
            answeredBy: 'Milan',
          },
          {
            ...{ decisionId: 'dec_other', number: 'D-1005', subject: account },
            outcome: 'measure_stands',
            answer: 'The parcels were late before the stranger came.',
            answeredBy: 'Milan',
          },
        ],
        waiting: 1,
        language,
      }),
    ),
    to(
      'after false complaints',
      repairNotice({
        cause: 'ring',
        judged: [
          {
            ...{ decisionId: 'dec_example', number: 'D-1004', subject: listing },
            outcome: 'measure_narrowed',
            answer: 'One complaint is true, the rest are not.',
            answeredBy: 'Milan',
          },
        ],
        waiting: 0,
        language,
      }),
    ),
    to(
      'because its time is over',
      liftedNotice({ statement: statement('account.suspend'), reasons: null, language }),
    ),
    to(
      'because the text passes',
      liftedNotice({
        statement: statement('listing.deactivate', true),
        reasons: wordsIn('en').own.textPasses('2'),
        language,
      }),
    ),
    to(
      'a listing',
      restoredNotice({ subject: listing, shows: openStates.listing, seconds, ...where }),
    ),
    to(
      'an account that still cannot be signed in to',
      restoredNotice({
        subject: account,
        shows: { signIn: false, sell: true, addListings: true },
        seconds,
        ...where,
      }),
    ),
    to(
      'money',
      restoredNotice({
        subject: { kind: 'payouts', title: 'Lind & Co' },
        shows: { held: { amount: 1240.5, until: at.toISOString() }, onlyTo: null },
        seconds,
        ...where,
      }),
    ),
    to('to the seller', notYetBackNotice({ subject: listing, since: at, timeZone, ...where })),
    to('to the sender', overdueToSender({ ...question, overdueSince: at })),
    to(
      'to an address of before',
      witnessNotice({
        marketplace,
        sellerName: 'Lind & Co',
        removedAt: at,
        writtenAt: at,
        timeZone,
        language,
      }),
    ),
    to(
      'to a member',
      memberWaitsNotice({
        marketplace,
        sellerName: 'Lind & Co',
        writtenAt: at,
        timeZone,
        language,
      }),
    ),
    to(
      'to every address of the account',
      accountClaimed({
        claim: { number: 7006 },
        caseId: 'cas_example',
        news: { stage: 'filed', deskTitle: 'Identity', dueAt: at },
        timeZone,
        language,
      }),
    ),
    to(
      'once it is handed over',
      accountClaimed({
        claim: { number: 7006 },
        caseId: 'cas_example',
        news: { stage: 'handed-over', until: at },
        timeZone,
        language,
      }),
    ),
    to(
      'to an address that was known for long',
      proofLetter({
        claim: { number: 7006 },
        letterId: 'let_example',
        until: at,
        timeZone,
        language,
      }),
    ),
    to(
      'a passkey',
      factorNotice({ ...news, change: { kind: 'passkey_added', name: 'Phone' }, reader: 'seller' }),
    ),
    to(
      'wrong codes',
      factorNotice({ ...news, change: { kind: 'codes_wrong', tries: 10 }, reader: 'member' }),
    ),
    to(
      'by a seller',
      memberInvitation({
        by: 'j@lind.example',
        marketplace,
        address: 'helper@law.example',
        sellerName: 'Lind & Co',
        timeZone,
        language,
        ...told,
      }),
    ),
    to(
      'let in',
      memberNotice({
        event: { kind: 'member.invited', by: 'j@lind.example', detail: { ...detail, after: told } },
        ...change,
      }),
    ),
    to(
      'removed',
      memberNotice({
        event: {
          kind: 'member.removed',
          by: 'j@lind.example',
          detail: { ...detail, before: told, after: null },
        },
        ...change,
      }),
    ),
  ]
}

/** A complaint from its receipt to the answer, as its reporter gets it. */
function toReporters(): Worded[] {
  const holding = {
    complaint: { id: 'cmp_example', number: 7012 },
    deskTitle: 'Seller Performance',
    dueAt: at,
    ifLate: 'If nobody has answered by then, the executive office gets it by itself.',
    timeZone,
  }
  const misuse = {
    ...holding,
    by: 'Milan',
    reasons: 'Four complaints about lamps that you never bought, in the same words.',
    secondLook: 'Executive office',
  }
  return [
    complaintReceived({ ...holding, promisedBy: at }),
    complaintMoved({ ...holding, fromDeskTitle: 'Product safety', why: 'late' }),
    complaintOverdue({ ...holding, overdueSince: at }),
    complaintAnswered({
      ...holding,
      finding: 'undetermined',
      by: 'Milan',
      words:
        'We asked the seller and looked at the photos, and could not tell of which batch it is.',
      secondLook: 'Executive office',
    }),
    misuseWarned({ ...misuse, longestDays: 14 }),
    misuseSetAside({ ...misuse, until: at }),
    complaintSetAside({ ...holding, until: at, contestedAt: 7012 }),
    misuseLifted({ ...misuse, kind: 'set-aside', reasons: 'The photos were not looked at.' }),
  ]
}

function toOthers(): Sample[] {
  const held = { number: 'M-1001', deskTitle: 'Support', dueAt: at, timeZone }
  const invited = {
    by: 'Ada',
    marketplace,
    name: 'Milan',
    address: 'milan@marketplace.example',
    roles: ['reviewer'] as const,
    desks: ['Seller Performance'],
  }
  const claim = { number: 7006 }
  const letter = { number: 'A-7004', reference: 'DBL 2026/117', receivedOn: '2026-11-20', timeZone }
  const deadline = {
    sender: { kind: 'body', name: 'Dispute Board of Lisbon', answerTo: 'cases@board.example' },
    wants: 'file',
    deskTitle: 'Legal department',
    dueAt: at,
    timeZone,
  } as const
  const alarm: Alarm = {
    id: 'alm_example',
    raisedAt: at,
    clocks: 3,
    since: at,
    toldAt: at,
    endedAt: null,
  }
  const to = (about: string, worded: Worded): Sample => ({
    kind: worded.kind,
    about,
    reader: 'other',
    worded,
  })
  return [
    to(
      'to the officer',
      overdueNotice({
        kind: 'question',
        caseNumber: 'Q-7005',
        deskTitle: 'Support',
        overdueSince: at,
        dueAt: at,
        timeZone,
      }),
    ),
    to('to the sender', letterReceived({ ...letter, deskTitle: 'Legal department', dueAt: at })),
    to(
      'to the sender, with the answer',
      letterAnswer({
        ...letter,
        by: 'Inês',
        deskTitle: 'Legal department',
        text: 'You find our file of the case enclosed.',
        withFile: true,
      }),
    ),
    to('to the desk', letterDueSoon({ ...deadline, number: 'A-7004' })),
    to('to the officer, of a letter', letterOverdue({ ...deadline, number: 'A-7004' })),
    to('to the officer, of a mail', mailOverdueNotice({ ...held, overdueSince: at })),
    to(
      'to the officer',
      notBackOfficer({
        subject: { ...listing, id: 'lst-1' },
        sequence: 4,
        since: at,
        error: null,
        timeZone,
      }),
    ),
    to(
      'to the officer',
      alarmNotice(alarm, 'raised', {
        first: [{ kind: 'case.due', ref: 'cas_example', dueAt: at }],
        now: new Date(at.getTime() + 60_000),
        timeZone,
      }),
    ),
    to(
      'to a claimant',
      claimOutcome({
        claim,
        outcome: 'yes',
        by: 'Aiko',
        deskTitle: 'Identity',
        reasons: 'The invoice shows it.',
        secondLook: null,
      }),
    ),
    to('to a claimant', claimRestored(claim)),
    ...toReporters().map((worded) => to('to whoever complained', worded)),
    to(
      'to a claimant, once two say yes',
      claimAgreed({ claim, handOverAt: at, caseId: 'cas_example', timeZone }),
    ),
    to(
      'to a claimant, once it is theirs',
      bindingLetter({ claim, letterId: 'let_example', until: at, timeZone }),
    ),
    to('to a person of staff', invitationNotice(invited)),
    to('to a person of staff, anew', enrolmentNotice(invited)),
    to('to a sender whom nobody knows', heldNotice(held)),
    to(
      'to a sender whom nobody knows',
      settledNotice({ number: 'M-1001', by: 'Ines', reason: null }),
    ),
  ]
}

const text: ListingText = {
  title: 'Kaolin face mask',
  description: 'A clay mask for dry skin, 100 ml.',
  bullets: [],
  brand: 'Lind',
  category: 'Cosmetics',
  attributes: {},
}
const evidence: Evidence[] = [
  { field: 'title', start: 12, end: 16, text: 'mask', signal: 'names a mask', weight: 3.1 },
  { field: 'description', start: 7, end: 11, text: 'mask', signal: 'names a mask', weight: 0.4 },
]

function statementOf({
  measure,
  byMachine,
  language,
}: {
  measure: Measure
  byMachine: boolean
  language: Language
}): Statement {
  const words = wordsIn(language)
  const { subject } = measures[measure]
  const amount = subject === 'payouts' ? { amount: 300, currency: 'EUR', onlyTo: null } : null
  const titled = { kind: subject, title: subject === 'listing' ? text.title : account.title }
  return {
    decisionId: 'dec_example',
    language,
    number: 'D-1004',
    kind: 'impose',
    seller: { id: 'lind', name: 'Lind & Co' },
    subject: { ...titled, id: 'example' },
    measure: {
      name: measure,
      tag: words.measure.tag(measure),
      effect:
        amount === null
          ? words.measure.effect(measure)
          : words.measure.effectOf(
              sayMoney(amount.amount, amount.currency, language),
              words.measure.effect(measure),
            ),
    },
    terms: amount,
    scope: words.reasons.scope,
    duration: {
      until: null,
      words: byMachine ? words.reasons.untilTextPasses : words.reasons.untilLifted,
    },
    takenAt: at.toISOString(),
    effectiveAt: at.toISOString(),
    facts: byMachine
      ? {
          narrative: words.reasons.matched(
            'Protective masks',
            words.reasons.quoted('mask'),
            words.reasons.inHundred(92),
            words.reasons.mayAct(words.reasons.inHundred(90)),
          ),
          listingVersion: 1,
          text,
          evidence,
          score: 0.92,
          threshold: 0.9,
        }
      : {
          narrative: 'Forty parcels of last week never arrived.',
          listingVersion: null,
          text: null,
          evidence: [],
          score: null,
          threshold: null,
        },
    ground: {
      policy: 'masks',
      version: 3,
      title: 'Protective masks',
      text: 'Masks that claim to protect from illness are sold by approved sellers only.',
    },
    automation: {
      detection: byMachine,
      decision: byMachine,
      words: byMachine
        ? `${words.reasons.foundByCheck} ${words.reasons.decidedByMachine}`
        : `${words.reasons.foundByPerson} ${words.reasons.decidedByPerson('Milan')}`,
      withheld: null,
    },
    wouldReverse: ['Take the word out if it protects nobody.', words.reasons.sayItIsWrong],
    exhibits: [],
    redress: {
      channels: [words.redress.channels['button'] ?? ''],
      desk: 'Seller Performance',
      windowMonths: 6,
      words: words.redress.words(6, true, 'Seller Performance'),
      outside: [words.redress.outside],
    },
  }
}

const manyComplaints: Threshold = {
  threshold: 'many-complaints',
  title: { en: 'Many complaints', de: 'Viele Beschwerden' },
  'complaint-share': 0.02,
  sources: 3,
  decisions: 0,
  do: 'ask',
}

/** An account about which three customers of 120 complain. */
function standsSo(at: Date): Parameters<typeof healthAsked>[1] {
  const complaints = [1_012, 1_009, 1_007].map((number) => ({
    complaint: {
      ...{ complaintId: `cmp_${number}`, caseId: `cas_${number}`, number, at },
      ...{ source: String(number), finding: null },
      ringId: null,
      score: { counts: true, credibility: 0.9 },
    },
    state: 'counts' as const,
    weight: 0.9,
  }))
  const share = { counting: 3, orders: 120, lower: 0.021, usual: 0.01, points: 11, days: 90 }
  return { points: 11, share, sources: 3, decisions: 0, violations: [], complaints }
}
