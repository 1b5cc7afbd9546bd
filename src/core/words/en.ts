/** Words to sellers in English, and the shape that every other language has: a key that is missing there does not compile. One file, so that a new language is one new file. */
import { caseNoun, theirCase, type CaseKind } from '../case.ts'
import type { ComplaintFinding, ComplaintKind } from '../complaint.ts'
import type { LetterSender } from '../letter.ts'
import { closingExceptions, measures, type ClosingException, type Measure } from '../measure.ts'
import { say } from './say.ts'

type Kind = 'listing' | 'account' | 'payouts'
interface Subject {
  kind: Kind
  /** Short enough for a sentence. */
  title: string
}
type Fate = 'measure_lifted' | 'measure_narrowed' | 'measure_stands'
type Levers = { signIn: boolean; sell: boolean; addListings: boolean }

const subjectOf = ({ kind, title }: Subject): string =>
  ({ listing: say`“${title}”`, account: 'your account', payouts: 'your payouts' })[kind]

const list = (parts: readonly string[]): string =>
  parts.length <= 1
    ? (parts[0] ?? 'your matter')
    : say`${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const count = (amount: number): string => small[amount] ?? String(amount)

const units = { day: 'day', hour: 'hour', minute: 'minute', second: 'second' }
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const channels: Record<string, string> = {
  button: 'The appeal button on the page of this decision, or the API',
  link: 'The link in this notice, without signing in',
  recovery: 'The page /recovery of this site, without signing in and without this mailbox',
}

const findings: Record<ComplaintFinding, string> = {
  confirmed: 'it is so',
  refuted: 'it is not so',
  undetermined: 'we could not find out',
}

const fields: Record<string, string> = {
  title: 'Title',
  description: 'Description',
  brand: 'Brand',
  category: 'Category',
}

const lifts: Record<Measure, string> = {
  'listing.deactivate': 'the listing goes back on sale',
  'listing.deactivate.safety': 'the listing goes back on sale',
  'listing.demote': 'the listing is back in search',
  'account.warn': 'the warning is taken off the record',
  'account.suspend': 'the account is free again',
  'account.suspend.narrowed': 'the account is free again',
  'account.lock': 'the account is free again',
  'account.lock.narrowed': 'the account is free again',
  'account.secure': 'the account is free again',
  'account.secure.narrowed': 'the account is free again',
  'account.close': 'the closing is taken back',
  'account.close.narrowed': 'the account is free again',
  'payout.hold': 'the money is released',
  'payout.hold.narrowed': 'the money is released',
  'payout.protect': 'payouts go everywhere again',
}

const narrows: Partial<Record<Measure, string>> = {
  'listing.deactivate': 'the listing goes back on sale, out of search,',
  'account.suspend': 'everything but adding listings is free again',
  'account.close': 'everything but adding listings is free again',
  'account.lock': 'the listings go back on sale, with sign-in still shut,',
  'account.secure': 'the listings go back on sale, with sign-in still shut,',
  'payout.hold': 'all but what buyers dispute is released',
}

export const en = {
  saying: {
    locale: 'en-GB',
    moment: (at: { weekday: string; day: string; month: string; year: string; time: string }) =>
      say`${at.weekday} ${at.day} ${at.month}${at.year === '' ? '' : ` ${at.year}`} ${at.time}`,
    zone: (zone: string) => say`Times are those of ${zone}.`,
    unreadableTitle: 'a listing without a readable title',
    /** As it stands in a sentence. */
    subject: subjectOf,
    /** The same behind "about". */
    about: subjectOf,
    aboutSome: (about: readonly string[], more: number) =>
      say` about ${list(more > 0 ? [...about, `${count(more)} more`] : about)}`,
    list,
    count,
    length: (amount: number, unit: keyof typeof units) =>
      say`${amount} ${units[unit]}${amount === 1 ? '' : 's'}`,
    money: (figure: string, currency: string | null) =>
      currency === null ? figure : say`${figure} ${currency}`,
  },

  measure: {
    is: (measure: Measure): string => measures[measure].is,
    tag: (measure: Measure): string => measures[measure].tag,
    effect: (measure: Measure): string => measures[measure].effect,
    effectOf: (money: string, effect: string) => say`${money}. ${effect}`,
    exception: (exception: ClosingException): string => closingExceptions[exception],
    /** Of all measures a closing alone is told long before it counts. */
    standingAhead: (subject: Subject) => say`${subjectOf(subject)} will be closed`,
    standing: (subject: Subject, measure: Measure, money: string) =>
      say`${money === '' ? '' : `${money} of `}${subjectOf(subject)} ${measures[measure].is}`,
  },

  reasons: {
    scope: 'Every country in which the marketplace sells',
    untilEnd: (at: string) => say`Until ${at}, when it ends by itself.`,
    untilSafe: 'Until a person decides that it is safe.',
    untilTextPasses: 'Until the text passes the rule or a person lifts it.',
    untilLifted: 'Until a person lifts it.',
    from: (at: string) => say`From ${at}; until then nothing changes.`,
    exceptionAsked: (why: string) =>
      say`We asked for an exception (${why}): if a second person agrees, it counts at once, and we tell you.`,
    quoted: (text: string) => say`“${text}”`,
    inHundred: (share: number) => say`${share} in 100`,
    over99: 'over 99 in 100',
    under1: 'under 1 in 100',
    matched: (rule: string, matches: string, score: string, threshold: string) =>
      say`A rule read your listing as a matter of “${rule}”. It matched ${matches} and came to ${score}; ${threshold}.`,
    sawInAccount: (rule: string, seen: string, score: string, threshold: string) =>
      say`What happened in your account was read under the rule “${rule}”. Seen were ${seen}. That came to ${score}; ${threshold}. It is said of what happened, and not of you.`,
    mayAct: (score: string) => say`from ${score} it may act by itself`,
    personOnly: 'only a person may act on it',
    frozenByClaim:
      'Somebody claims this account on the recovery page and has proved it in part. Until it is decided nobody can sign in, so that whoever is in it by right or wrong can change nothing.',
    protectedAfterClaim:
      'The account was handed over to its owner a moment ago. For a week payouts go only to bank accounts that were named long before, so that nobody who was let in by mistake is paid.',
    frozenByMachine:
      'Software did it at once, because a proof was given. Two people decide who the account belongs to.',
    foundByCheck: 'Our own check of the listing found it; nobody complained.',
    foundInAccount: 'Our own check of what happens to accounts found it; nobody complained.',
    foundBySoftware: 'Software of ours pointed to it; nobody complained.',
    foundByPerson: 'A person of ours found it.',
    foundByComplaint: 'A complaint pointed to it; who complained is not told.',
    foundByRing:
      'Software of ours put complaints about others together that look like one hand, and a person looked into them.',
    foundByThreshold:
      'Software of ours counts what stands against an account, and saw that a written threshold is met.',
    decidedByMachine: 'Software alone decided. No person had seen it.',
    decidedByPerson: (name: string) => say`${name}, a person, decided.`,
    decidedByClock: 'It was narrowed by itself, because we did not answer your appeal in time.',
    sayItIsWrong:
      'Say that the rule is wrong here. You need no proof to appeal, and a person who neither took the measure nor wrote the rule decides.',
    withheld:
      'How we noticed it is withheld, because telling it would show others how not to be seen. That is all that is withheld. The law obliges us to tell what we found, under which rule, and whether software took part, as precisely as we reasonably can (DSA Art. 17(3) and (4)); it does not oblige us to tell the method. The person who decides your appeal sees the method whole, and so do auditors.',
  },

  /** Reasons that a machine or a clock gives: kept in English, and said to each seller in theirs. */
  own: {
    late: (): string => 'Nobody answered in time, and our time is not yours to lose.',
    textPasses: (version: string) => say`The new text, version ${version}, passes the rule.`,
    textPassesRule: (version: string, rule: string) =>
      say`The new text, version ${version}, passes the rule “${rule}”.`,
    findsNothing: (rule: string, version: string) =>
      say`The rule “${rule}”, version ${version}, finds nothing in this text.`,
    wouldNotAct: (rule: string, version: string) =>
      say`The rule “${rule}”, version ${version}, would not act on this text by itself.`,
    heldForSafety: (said: string) =>
      say`A complaint says that this is unsafe, in these words: “${said}” Nobody has checked that yet. A person looks within hours, and it stays off sale until then.`,
    followsBody: (who: string, text: string) =>
      say`${who} decided, and we do as it says. In its words: ${text}`,
    ofRing: () =>
      say`Looked at together with other complaints, it was found to come from people who act as one. It does not count against you.`,
    ringFell: () =>
      say`It leaned on complaints that a person of ours found to come from people who act as one. Without them nothing is left that bears it.`,
    thresholdFell: (): string =>
      'Something that this rested on has fallen. The written threshold was computed again without it, and it is no longer met.',
  },

  /** How an account stands, and what follows from it. */
  health: {
    met: (threshold: string) => say`The written threshold “${threshold}” is met.`,
    needs: (parts: readonly string[]) => say`It asks for ${list(parts)}.`,
    points: (points: string) => say`${points} points`,
    share: (percent: string) => say`complaints about surely ${percent} % of orders`,
    sources: (sources: string) => say`${sources} independent sources`,
    decisions: (decisions: string) => say`${decisions} decisions behind which a person stands`,
    found: (parts: readonly string[]) => say`There are ${list(parts)}.`,
    decisionsThat: (numbers: readonly string[]) => say`Decisions that count: ${list(numbers)}.`,
    complaintsThat: (numbers: readonly string[], orders: string, days: number) =>
      say`Complaints that count, of the last ${days} days with ${orders} orders: ${list(numbers)}.`,
    again:
      'When one of these is taken back, this is computed again at once, and what rests on it is lifted where it is no longer met.',
    askedSubject: 'More customers complain than usual. What is your side?',
    askedOpening: (complaints: string, orders: string, days: number) =>
      say`In the last ${days} days, ${complaints} complaints count against ${orders} orders. That is more than is usual, so we tell you and ask you what is behind it.`,
    askedWhat: 'What it is about',
    askedNext: 'What follows',
    askedNothing:
      'Nothing by itself. No measure was taken, and no machine takes one for how an account stands. If it goes on, a person looks at it, with what you have told us.',
    askedTell: 'How to tell us your side',
    askedHow:
      'On your page, “Account health” shows each complaint that counts. Write to us by “Talk to a person”. If one of them is not true, say so: it then counts no more once a person has seen that you are right.',
    askedLink: 'See how your account stands',
  },

  complaint: {
    kind: (kind: ComplaintKind): string =>
      ({
        unsafe: 'that it is unsafe',
        'not-as-described': 'that it is not as described',
        counterfeit: 'that it is counterfeit',
        rights: 'that it infringes a right',
        'never-arrived': 'that it never arrived',
        other: 'about something else',
      })[kind],
    asked: {
      subject: (desk: string, number: string, day: string) =>
        say`${desk} asks you about complaint ${number}. There is time until ${day}`,
      opening: (by: string, desk: string, title: string, what: string) =>
        say`Somebody complains about “${title}”, ${what}. ${by} of ${desk} looks into it and asks you, before anything is decided.`,
      substance: 'What is said',
      withheld: 'Who says it is not told, and neither is what would show it.',
      notWaited:
        'Because somebody may be in danger, we do not wait for your answer before we act. We read it whenever it comes, and silence is never held against you.',
    },
    found: {
      subject: (number: string, finding: ComplaintFinding) =>
        say`Complaint ${number}: ${findings[finding]}`,
      opening: (by: string, desk: string, title: string, finding: ComplaintFinding) =>
        say`${by} of ${desk} looked into the complaint about “${title}”: ${findings[finding]}.`,
      next: (finding: ComplaintFinding): string =>
        finding === 'confirmed'
          ? 'If a measure follows, it comes with a statement and an appeal of its own.'
          : 'Nothing is held against you. What was held while we looked comes back now.',
      link: (number: string) => say`See complaint ${number}`,
    },
  },

  redress: {
    channels,
    words: (months: number, hasButton: boolean, desk: string) =>
      say`You can appeal within ${months} months of this notice reaching you, ${hasButton ? 'by the button on its page or by the link in the mail' : 'by the link in the mail, without signing in'}. It costs nothing and does not touch anything else that is yours. ${desk} decides; if a measure stands, another desk can look again.`,
    outside:
      'Outside the marketplace you can go to a certified dispute body (DSA Art. 21) or to court at any time.',
    officer: (address: string) => say`the officer of the marketplace, ${address}`,
    officerDesk: 'The officer of the marketplace',
    writeToOfficer: (officer: string, months: number) =>
      say`You can write to ${officer}, within ${months} months of this notice reaching you.`,
    letterToOfficer: (officer: string) => say`A letter or mail to ${officer}`,
  },

  knownGap: {
    opening: (gap: string) => say`Known gap of our procedure: ${gap}`,
    noWayIn: (without: string) => say`from this measure, ${without}, there is no way in.`,
    without: (lost: 'both' | 'none' | 'account' | 'mailbox') =>
      ({
        both: 'with neither the account nor the mailbox',
        none: 'with account and mailbox',
        account: 'without the account',
        mailbox: 'without a mailbox',
      })[lost],
    and: ', and ',
    or: ' or ',
    notCovered:
      'from this measure, neither the button nor the link leads to a desk; write to our officer.',
    noPerson: (doors: string) =>
      say`by ${doors}, a case about this measure never reaches a person who may decide it.`,
    limbo: (desk: string) =>
      say`${desk} has no clock or no consequence, so a case can stay there without end.`,
    loop: (desks: string) => say`a case can be handed round between ${desks} without end.`,
    unsafeLift: (doors: string) =>
      say`by ${doors}, this measure can end by mere lateness, though it should end only when a person says so.`,
    machineDenies: (desk: string) => say`at ${desk} a machine may say no.`,
    deadEnd: (desk: string) => say`${desk} may neither decide a case nor pass it on.`,
    hollowSecondLook: (desk: string) =>
      say`the second look at what ${desk} decides is taken where no person may decide.`,
    noSecondLook: (desk: string) => say`what ${desk} denies, nobody looks at again.`,
    promisePerson: (doors: string) =>
      say`by ${doors}, it can take longer than we promise until a person who may decide has a case.`,
    promiseAnswer: (doors: string) =>
      say`by ${doors}, the last answer can take longer than we promise.`,
  },

  statement: {
    title: (standing: string, rule: string, byMachine: boolean) =>
      say`${capital(standing)}, ${byMachine ? say`because a rule read it as a matter of “${rule}”` : say`because a person judged it under “${rule}”`}.`,
    version: (rule: string, version: number) => say`${rule}, version ${version}`,
    happened: 'What happened',
    rule: 'The rule, word for word',
    howLong: 'How long and where',
    who: 'Who found it and who decided',
    withheld: 'What is not told here, and why',
    reverse: 'What would reverse it',
    helps: 'What helps most to show it',
    contest: 'How to contest it',
    facts: {
      measure: 'Measure',
      where: 'Where',
      duration: 'How long',
      ground: 'Ground',
      found: 'Found and decided by',
      record: 'Record',
    },
    record: (number: string, version: number | null) =>
      version === null
        ? say`Decision ${number}`
        : say`Decision ${number}, about version ${version} of the listing`,
    inShort: 'The decision in short',
    judgedText: 'The text as it was judged',
    judgedMarked: 'The text as it was judged («these words» were matched)',
    opening: (number: string) =>
      say`This is decision ${number}: what happened, why, and the way back.`,
    linkMatched: 'Read it with the matched words, or appeal',
    link: 'Read it whole, or appeal',
    document: (number: string) => say`Statement of reasons ${number}`,
    documentFor: (marketplace: string, number: string, seller: string) =>
      say`${marketplace}, statement of reasons ${number}, for ${seller}`,
    taken: (at: string, zone: string) => say`Taken ${at} (${zone}).`,
    attached: (number: string) =>
      say`The statement of reasons ${number} is attached as a PDF, with the same words.`,
    notShown:
      'Some characters of the text cannot be drawn in this document and stand as □. The mail and the page have them all.',
    cut: 'The rest of this text is too long for this document. The page of the decision has all of it.',
    page: (page: number, of: number) => say`Page ${page} of ${of}`,
    fields,
    bullet: (number: number) => say`Bullet ${number}`,
  },

  lifted: {
    subject: (subject: Subject) => say`The measure on ${subjectOf(subject)} is lifted`,
    opening: (subject: Subject, number: string) =>
      say`The measure on ${subjectOf(subject)} (decision ${number}) is lifted.`,
    why: 'Why',
    timeIsUp: 'Its time has run out, as its statement said.',
    next: 'What happens next',
    shopIsTold:
      'The shop is told now, and you need do nothing. If it does not show the change within the hour, we write to you and keep at it.',
    others: 'Should another measure hold it too, its own statement says how to contest that one.',
    link: 'See how it stands',
  },

  hastened: {
    subject: (number: string) => say`Your account is closed from now on (decision ${number})`,
    opening: (by: string, number: string, at: string) =>
      say`${by}, a second person, agreed that decision ${number} counts from ${at} and not after 30 days.`,
    why: 'Why it does not wait',
    whatYouCanDo: 'What you can do',
    right: 'Nothing about your right to appeal changes. The link below needs no sign-in.',
    link: 'Read the decision, or appeal',
  },

  holding: {
    noun: (kind: CaseKind): string => caseNoun(kind),
    whoHasIt: (desk: string, by: string) => say`Who has it: ${desk}, until ${by}`,
    itIs: (about: string) => say`It is${about}.`,
    link: (kind: CaseKind, number: string) => say`See where ${caseNoun(kind)} ${number} is`,
    open: (kind: CaseKind) => say`Open ${theirCase(kind)}`,
    whatYouCanDo: 'What you can do',
    next: 'What happens next',
  },

  lateness: {
    sentence: (then: string, detail: string) =>
      say`If nobody has answered by then: ${midSentence(then)}. ${detail}`,
    handOver: (desk: string) => say`${capital(deskInSentence(desk))} gets it by itself`,
    thenHandOver: (desk: string, at: string) =>
      say`If they are late as well, ${deskInSentence(desk)} gets it by itself on ${at}.`,
    thenWait: (at: string, wait: string) => say`They have until ${at}. ${wait}`,
    thenEnds: (ends: string, at: string) =>
      say`If they are late as well, ${ends} by itself on ${at}.`,
    officer: 'Our officer is told, and the clock starts again',
    ends: (ends: string) => capital(say`${ends} by itself`),
    nothingToDo: 'You need do nothing for that.',
    everyLifted: 'every measure is lifted',
    everyNarrowed: 'every measure is narrowed',
    narrowed: 'the measure is narrowed',
    lifts,
    narrows,
    waitAppealable: 'The measure can be appealed meanwhile.',
    waitAsItIs: 'The listing stays as it is meanwhile.',
    waitAccount: 'The account stays as it is meanwhile.',
    waitAnswer: 'A person has to answer it, and it stays open until one has.',
    waitPerson: 'No clock may end this one, so it stays with a person until one answers.',
  },

  received: {
    subject: (kind: CaseKind, number: string, desk: string, by: string) =>
      say`Your ${caseNoun(kind)} ${number} is here. ${desk} answers by ${by}`,
    opening: (kind: CaseKind, number: string, about: string) =>
      say`Your ${caseNoun(kind)} ${number}${about} is here, and nothing of it can be lost.`,
    eachPoint: 'A person reads it and answers each of your points.',
    answers: 'A person reads it and answers.',
    nothingToDo: 'You need do nothing. Waiting is never held against you.',
  },

  handedOver: {
    subject: (desk: string, kind: CaseKind, number: string, by: string) =>
      say`${desk} has ${theirCase(kind)} ${number} now and answers by ${by}`,
    late: (from: string, desk: string, kind: CaseKind, number: string) =>
      say`${from} did not answer in time, so ${desk} has ${theirCase(kind)} ${number} now.`,
    secondLook: (desk: string, kind: CaseKind, number: string) =>
      say`${desk} looks again at what stands in ${theirCase(kind)} ${number}. Nobody who decided it before takes part.`,
    again: (desk: string, kind: CaseKind, number: string) =>
      say`Your ${caseNoun(kind)} ${number} is open again, and ${desk} has it.`,
    forward: (by: string, from: string, desk: string, kind: CaseKind, number: string) =>
      say`${by} of ${from} handed ${theirCase(kind)} ${number} to ${desk}.`,
    why: 'Why',
    promised: (at: string) => say`The last date for your answer stays as it was: ${at}.`,
  },

  turned: {
    subject: (question: string, isNew: boolean, number: string, desk: string) =>
      say`Your question ${question} is ${isNew ? 'an' : 'in your'} appeal now: ${number}, with ${desk}`,
    opening: (by: string, question: string, isNew: boolean, number: string, about: string) =>
      say`${by} read your question ${question} and saw that it contests a measure, so it goes on as ${isNew ? '' : 'a part of '}your appeal ${number}${about}. What you wrote is in it, word for word.`,
    canLift: 'An appeal goes to people who can lift the measure.',
    promised: (at: string) =>
      say`Your date counts from the day that you first wrote: the last answer is promised by ${at}.`,
  },

  call: {
    booked: {
      subject: (at: string, kind: CaseKind, number: string) =>
        say`A person calls you ${at}. Your ${caseNoun(kind)} ${number} is here`,
      opening: (desk: string, to: string, at: string) =>
        say`A person of ${desk} calls ${to} ${at}.`,
      next: 'You can cancel the call in the case. The case goes on by itself, called or not.',
    },
    missed: {
      subject: (_at: string, _kind: CaseKind, number: string) =>
        say`We called and did not reach you. Choose another time: ${number}`,
      opening: (_desk: string, to: string, at: string) =>
        say`We called ${to} as we had agreed for ${at}, and did not reach you.`,
      next: 'Choose another time in the case. A call that does not reach you closes nothing and never counts against you.',
    },
    lapsed: {
      subject: (_at: string, _kind: CaseKind, number: string) =>
        say`We did not call you as we had promised. Choose another time: ${number}`,
      opening: (_desk: string, to: string, at: string) =>
        say`We had promised to call ${to} ${at}, and did not. That is our fault.`,
      next: 'Choose another time in the case. Nothing else has changed there.',
    },
    heading: (kind: CaseKind, number: string, desk: string, by: string) =>
      say`Your ${caseNoun(kind)} ${number}: ${desk}, until ${by}`,
  },

  asked: {
    subject: (desk: string, kind: CaseKind, number: string, day: string) =>
      say`${desk} asks you something about ${theirCase(kind)} ${number}. There is time until ${day}`,
    opening: (by: string, desk: string, kind: CaseKind, number: string, about: string) =>
      say`${by} of ${desk} has a question about ${theirCase(kind)} ${number}${about}.`,
    question: 'The question',
    until: (day: string) => say`Until ${day}`,
    standsStill:
      'Our clock stands still until you have answered. If you do not, we go on with what there is, and silence is never held against you.',
    link: 'Answer the question',
  },

  message: {
    subjectAnswer: (kind: CaseKind, number: string) =>
      say`The answer to ${theirCase(kind)} ${number}`,
    subject: (by: string, kind: CaseKind, number: string) =>
      say`${by} wrote to you about ${theirCase(kind)} ${number}`,
    openingAnswer: (by: string, desk: string, kind: CaseKind, number: string, about: string) =>
      say`${by} of ${desk} answers ${theirCase(kind)} ${number}${about}.`,
    opening: (by: string, desk: string, kind: CaseKind, number: string, about: string) =>
      say`${by} of ${desk} wrote about ${theirCase(kind)} ${number}${about}.`,
    answer: 'The answer',
    wrote: 'What they wrote',
    next: 'What comes next',
    writeAgain: (at: string) =>
      say`If this is not what you needed, write again until ${at} and it opens again. After that it is closed, and a new one can be sent at any time.`,
    endsNothing: (desk: string, at: string) =>
      say`This ends nothing: ${desk} has it until ${at}, as before.`,
  },

  overdue: {
    subject: (kind: CaseKind, number: string) =>
      say`Your ${caseNoun(kind)} ${number} was due and is not answered yet. Our officer has been told`,
    opening: (kind: CaseKind, number: string, about: string, since: string) =>
      say`Your ${caseNoun(kind)} ${number}${about} was due ${since}, and nobody has answered. That is our fault and not yours.`,
    who: (desk: string) => say`Who has it: ${desk}, and our officer`,
    officer: (at: string) =>
      say`The officer of the marketplace has been told, and is told again on ${at} and so on until a person has answered. No clock may end this one.`,
    counted: 'It is counted as overdue where anybody can see it. You need do nothing.',
  },

  outcome: {
    over: 'Your appeal is over.',
    /** One fate for all, or each with its count. */
    result: (fates: readonly { fate: Fate; count: number }[]) => {
      const [only] = fates
      return only !== undefined && fates.length === 1
        ? say`The ${fateWords(only.fate, only.count)}.`
        : say`${capital(list(fates.map(({ fate, count: amount }) => say`${count(amount)} ${fateWords(fate, amount)}`)))}.`
    },
    subject: (result: string, kind: CaseKind, number: string) =>
      say`${result} The answer to ${theirCase(kind)} ${number}`,
    heading: (subject: Subject, fate: Fate | 'withdrawn') =>
      say`${capital(subjectOf(subject))}: ${
        {
          measure_lifted: 'the measure is lifted',
          measure_narrowed: 'the measure is narrowed',
          measure_stands: 'the measure stands',
          withdrawn: 'taken back',
        }[fate]
      }`,
    withdrawn: 'You took this point back.',
    answeredBy: (people: readonly string[], points: number) =>
      say`${list(people)} ${people.length === 1 ? 'answers' : 'answer'} ${points === 1 ? 'your point' : say`each of your ${count(points)} points`} below.`,
    reasonsBelow: (points: number): string =>
      points === 1 ? 'The reasons are below.' : 'The reasons for each are below.',
    secondLook: (desk: string, until: string | null) =>
      say`You can ask another desk, ${desk}, to look again ${until === null ? 'for six months from the day this reaches you' : `until ${until}`}.`,
    shopIsTold:
      'The shop is told now. We look there ourselves, and write again once we have seen it.',
    linkSecondLook: 'Read the answer, or ask for a second look',
    link: 'Read the answer',
  },

  /** What a repair came to, told to the seller whose decisions were judged anew. */
  repaired: {
    why: {
      takeover:
        'While a stranger had your account, decisions were taken about it. A person has looked at them again.',
      ring: 'Decisions about you leant on complaints that turned out to be false. A person has looked at them again.',
    },
    result: (lifted: number, narrowed: number, kept: number) =>
      say`${capital(
        list([
          ...(lifted > 0 ? [say`${count(lifted)} ${lifted === 1 ? 'is' : 'are'} lifted`] : []),
          ...(narrowed > 0
            ? [say`${count(narrowed)} ${narrowed === 1 ? 'is' : 'are'} narrowed`]
            : []),
          ...(kept > 0 ? [say`${count(kept)} ${kept === 1 ? 'stays' : 'stay'}`] : []),
        ]),
      )}.`,
    subject: (cause: 'takeover' | 'ring', result: string) =>
      say`${{ takeover: 'After the hand-over', ring: 'After false complaints' }[cause]}: ${result.charAt(0).toLowerCase()}${result.slice(1).replace(/\.$/, '')}`,
    judgedBy: (people: readonly string[]) =>
      say`${list(people)} ${people.length === 1 ? 'says' : 'say'} why below.`,
    waiting: (amount: number): string =>
      say`${capital(count(amount))} more ${amount === 1 ? 'waits' : 'wait'} for a person. You hear of ${amount === 1 ? 'it' : 'each'} as soon as somebody has looked.`,
    heading: (subject: Subject, number: string, fate: Fate) =>
      say`${capital(subjectOf(subject))}, ${number}: ${
        { measure_lifted: 'lifted', measure_narrowed: 'narrowed', measure_stands: 'it stays' }[fate]
      }`,
    lifted: 'It is off your record, and says nothing about you.',
    kept: 'You can appeal it as if it were new: for six months from the day this reaches you, and somebody else looks.',
    open: (number: string) => say`Open ${number}`,
    appeal: (number: string) => say`Open ${number}, or appeal it`,
  },

  restored: {
    after: (length: string) => say`${length} after the decision`,
    how: 'How we know',
    asked: (after: string) =>
      say`We asked the shop itself: it answered ${after}. That answer is kept with the decision.`,
    offSubject: (subject: Subject) => say`The measure on ${subjectOf(subject)} is off`,
    notInShop: (subject: Subject) =>
      say`The measure on ${subjectOf(subject)} is off, and the shop has taken that in. It is not in the shop at the moment; when it is put there again, it is as it is owed.`,
    heldSubject: (subject: Subject) =>
      say`The measure on ${subjectOf(subject)} is off; another still holds it`,
    held: (subject: Subject) =>
      say`The measure you contested on ${subjectOf(subject)} is off. Another one still keeps the listing off sale; its own statement says how to contest it.`,
    hiddenSubject: (subject: Subject) =>
      say`${subjectOf(subject)} is for sale again, outside search`,
    hidden: (subject: Subject, after: string) =>
      say`${subjectOf(subject)} was seen for sale at its own address ${after}. Search and shelves do not show it while the narrower measure is in force.`,
    backSubject: (subject: Subject) => say`${subjectOf(subject)} is back on sale`,
    back: (subject: Subject, after: string) =>
      say`${subjectOf(subject)} is back on sale: seen back in the shop ${after}.`,
    accountSubject: 'Your account is free again',
    account: (after: string) =>
      say`Your account is free again: the shop was seen to let you sign in and sell ${after}.`,
    listingsSubject: 'Your listings are for sale again',
    accountOffSubject: 'A measure on your account is off',
    accountLeft: (after: string, { signIn, sell, addListings }: Levers) =>
      say`The shop was seen to show the change ${after}. Still shut by a measure in force: ${list([
        ...(signIn ? [] : ['sign-in']),
        ...(sell ? [] : ['selling']),
        ...(addListings ? [] : ['adding listings']),
      ])}. Its own statement says how to contest it.`,
    payoutsSubject: 'Your payouts are free again',
    payouts: (after: string) =>
      say`Your payouts are free again: the shop was seen to hold nothing ${after}.`,
    payoutsOffSubject: 'A measure on your payouts is off',
    payoutsBound: (after: string) =>
      say`The shop was seen to hold nothing ${after}. Payouts still go only to the accounts you named before; the statement of that measure says how to contest it.`,
    payoutsHeld: (amount: string, after: string) =>
      say`The shop was seen to hold no more than ${amount} ${after}. The statement of that measure says how to contest it.`,
  },

  notYetBack: {
    subject: (subject: Subject) =>
      say`${
        {
          listing: say`${subjectOf(subject)} is not yet back in the shop`,
          account: 'Your account is not yet as it should be',
          payouts: 'Your payouts are not yet as they should be',
        }[subject.kind]
      }, and we are on it`,
    opening: (subject: Subject, since: string) =>
      say`The decision about ${subjectOf(subject)} was taken ${since}. The shop does not show it yet.`,
    who: 'Who has it',
    called:
      'A person of the marketplace has been called and is called again every hour until the shop shows it.',
    goOn: 'We go on telling the shop meanwhile. The decision stands; you need do nothing, and you hear from us when we have seen it.',
  },

  claimed: {
    subject: (number: string) =>
      say`Somebody says that your account is theirs and that they cannot get in (claim ${number})`,
    opening: (number: string, desk: string, by: string) =>
      say`Somebody told us that your account is theirs and that they have no way in. It is claim ${number}, and a person of ${desk} answers it by ${by}.`,
    itWasYou: 'If it was you or one of your people',
    nothingToDo: 'You need do nothing here. The answer goes to the address that they gave.',
    itWasNot: 'If it was not',
    sayIt:
      'Say so by the link in this mail. It takes a moment and needs no sign-in, and the person who decides reads it first.',
    changesNothing:
      'By itself a claim changes nothing: nobody is let in, and nothing of your account was told to whoever made it.',
    isHeard:
      'It is always heard: nothing is handed over before people have read it, and then only to who has shown their papers.',
    shutsAgain:
      'Say so within this time and the account is shut again at once, to everybody, until people have looked anew.',
    frozenSubject: (number: string) => say`Your account is shut for now (claim ${number})`,
    frozen: (number: string, until: string) =>
      say`Somebody who claims your account (claim ${number}) has proved in part that it is theirs. So nobody can sign in to it until ${until}, neither they nor anybody else. It sells as before, and payouts go only to old bank accounts.`,
    thawedSubject: (number: string) => say`Your account is open again (claim ${number})`,
    thawed: (number: string) =>
      say`Whoever claims your account (claim ${number}) has not proved more in time, so the account is open again. The claim itself stays open.`,
    provedSubject: (number: string) =>
      say`Two people decide who your account belongs to (claim ${number})`,
    proved: (number: string, notBefore: string) =>
      say`Whoever claims your account (claim ${number}) has given two kinds of proof. Two people decide now. It is not handed over before ${notBefore}, and until then nobody can sign in to it.`,
    handedOverSubject: (number: string) => say`Your account was handed over (claim ${number})`,
    handedOver: (number: string, until: string) =>
      say`The account was handed over to who claimed it (claim ${number}). If it was not you, you can still say so until ${until}.`,
    whyHeading: 'Why you read this',
    why: 'We tell every address that the account has now, or had in the last 90 days, so that nobody can take it in silence.',
    link: 'It was not us',
  },

  claimLetter: {
    subject: (number: string) => say`Proof for claim ${number}: only if it is yours`,
    opening: (number: string) =>
      say`Somebody who cannot get into an account has claimed it (claim ${number}) and says that they read this mailbox.`,
    itWasYou: 'If it is your claim',
    use: 'Open the link below, or type the last part of its address, the characters after the #, on the page of your claim. It asks for the code of your claim, which only you have.',
    until: (until: string) => say`It counts once, and until ${until}.`,
    itWasNot: 'If it is not',
    doNothing:
      'Give it to nobody, whatever they say. Whoever gets it could show that this mailbox is theirs. Another mail of ours has a link by which you say that it was not you.',
    link: 'Show that I read this mailbox',
  },

  member: {
    somebody: 'Somebody',
    invited: (name: string, seller: string) => say`${name} may now act for ${seller}`,
    changed: (name: string, seller: string) => say`What ${name} may do for ${seller} was changed`,
    removed: (name: string, seller: string) => say`${name} no longer acts for ${seller}`,
    subject: (what: string, email: string) => say`${what} (${email})`,
    opening: (what: string, email: string, by: string, at: string) =>
      say`${what}, with the address ${email}. It was done by ${by}, on ${at}.`,
    may: 'What they may do',
    itWasYou: 'If it was you or one of your people',
    removedNothingToDo:
      'You need do nothing. Their next click opens nothing, and what they wrote keeps their name.',
    nothingToDo:
      'You need do nothing. The page “People who act for you” lists them, and removes them at once.',
    itWasNot: 'If it was not',
    recovery:
      'The recovery page needs neither the account nor the mailbox: say there what happened, and a person secures the account with you.',
    signIn:
      'If you can still sign in, open “People who act for you” and “Sign-in and security” as well: what you remove there bites on the next click.',
    whyHeading: 'Why you read this',
    why: 'We tell every address of the account when somebody may act for it, so that nobody is let in in silence.',
    link: 'This was not me',
    staff:
      'Everything the owner does, but decide who else acts for the seller and take the whole file. Without an end date.',
    representative: (mayWrite: boolean, named: number | null, until: string) =>
      say`A representative who ${mayWrite ? 'reads and writes' : 'reads'} in ${
        named === null
          ? 'every matter of the seller'
          : named === 1
            ? 'one named matter and nothing else'
            : say`${named} named matters and nothing else`
      }, until ${until}.`,
  },

  invitation: {
    subject: (seller: string, marketplace: string) =>
      say`${seller} asks you to act for it at ${marketplace}`,
    opening: (by: string, seller: string, marketplace: string) =>
      say`${by} asks you to act for ${seller}, a seller at ${marketplace}.`,
    may: 'What you may do',
    how: 'How you come in',
    open: (address: string) =>
      say`Open the sign-in page and give this address: ${address}. A link comes to this mailbox, and you choose no password.`,
    name: 'What you write there carries your name, for the seller and for the marketplace.',
    unknown: 'If you do not know what this is',
    nothing: 'Do nothing: without you nobody comes in with your address.',
    link: 'Open the sign-in page',
  },

  factor: {
    passkeyAdded: (name: string) => say`A passkey was added: ${name}`,
    passkeyRemoved: (name: string) => say`A passkey was removed: ${name}`,
    totpSet: 'An authenticator app was set up',
    totpRemoved: 'The authenticator app was removed',
    codesMade: 'Ten new saved codes were made, and older ones no longer work',
    codeUsed: (left: number) =>
      say`A saved code was used, and ${left === 1 ? 'one is' : say`${left} are`} left`,
    codesWrong: (tries: number) =>
      say`${tries} wrong codes were tried after a link from this mailbox`,
    subject: (what: string, address: string) => say`${what} (sign-in of ${address})`,
    opening: (what: string, address: string, at: string) =>
      say`${what}, for the sign-in of ${address}, on ${at}.`,
    itWasYou: 'If it was you or one of your people',
    waitBetween: 'You need do nothing. Wait a moment between two tries; a saved code works, too.',
    nothingToDo: 'You need do nothing.',
    itWasNot: 'If it was not',
    whyHeading: 'Why you read this',
    whySeller:
      'We tell every address of the account when a way in changes, so that nobody can change it in silence.',
    whyYou: 'We tell you when a way in of yours changes, so that nobody can change it in silence.',
    link: 'This was not me',
    memberTry:
      'Nobody came in by these tries. But whoever made them can read this mailbox: change its password, and tell the owner of each account that you act for.',
    memberChange:
      'Tell the owner of each account that you act for at once: they can remove you, and it bites on the next click. If you can still sign in, “Sign-in and security” ends every other session.',
    sellerRecovery:
      'The recovery page needs neither the account nor the mailbox: say there what happened, and a person secures the account with you.',
    sellerTry:
      'Nobody came in by these tries. But whoever made them can read this mailbox, so change its password first.',
    sellerChange:
      'If you can still sign in, open “Sign-in and security” as well: it ends every other session and removes what is not yours.',
    staffTry:
      'Nobody came in by these tries. But whoever made them can read this mailbox: change its password, and tell an administrator.',
    staffChange:
      'Tell an administrator at once: they can shut your access, and it bites on the next click. If you can still sign in, “Sign-in and security” ends every other session.',
  },

  letter: {
    subject: (who: string) => say`${who} wrote to us about you`,
    opening: (who: string, as: string, about: string) =>
      about === ''
        ? say`${who}, ${as}, sent us a letter about you. What it says stands here in their words.`
        : say`${who}, ${as}, sent us a letter${about}. What it says stands here in their words.`,
    sender: (kind: LetterSender) =>
      ({
        seller: 'the seller',
        representative: 'who says to write for you',
        authority: 'an authority',
        body: 'a dispute settlement body',
      })[kind],
    whatItSays: 'What they write',
    next: 'What happens next',
    withUs: 'A person here answers them. You need do nothing.',
    inCase: (number: string) => say`It stands in ${number}, which a person answers.`,
    noAuthority:
      'No authority to act for you came with it, so it only informs us. Only you, and whom you let in, act for your account.',
    open: 'See what it is about',
    signIn: 'Open the sign-in page',
  },

  filed: {
    subject: (kind: CaseKind, number: string, desk: string, by: string) =>
      say`Your message is in ${caseNoun(kind)} ${number}. ${desk} answers by ${by}`,
    opening: (kind: CaseKind, number: string) =>
      say`Your e-mail is in ${theirCase(kind)} ${number}, with every file that it brought.`,
    neverMoves: 'Writing never moves that date.',
    keptSubject: (kind: CaseKind, number: string) =>
      say`Your message is kept with ${caseNoun(kind)} ${number}`,
    keptSubjectStep: (kind: CaseKind, number: string) =>
      say`Your message is kept with ${caseNoun(kind)} ${number}. One step is left if you want it looked at again`,
    letterOpening: (kind: CaseKind, number: string) =>
      say`Your letter is in ${theirCase(kind)} ${number}, with every page that came with it.`,
    letterKeptOpening: (kind: CaseKind, number: string) =>
      say`Your letter is kept with ${theirCase(kind)} ${number}, which was decided before it came.`,
    keptOpening: (kind: CaseKind, number: string) =>
      say`Your e-mail is kept with ${theirCase(kind)} ${number}, which was decided before it came.`,
    takesItsCourse:
      'What was decided takes its course. If something new has happened, open the case and say so there.',
    lookAgain: (desk: string) => say`If you want ${desk} to look again`,
    confirm:
      'Open the link and confirm it. A mail alone never does that: anybody can write one, and there is one second look.',
    timeUntil: (at: string) => say`There is time until ${at}.`,
    linkAgain: 'Have it looked at again',
  },

  unreached: {
    subject: (marketplace: string, seller: string) => say`${marketplace} cannot reach “${seller}”`,
    opening: (seller: string, since: string) =>
      say`We have written to the seller “${seller}” since ${since}, and none of the addresses on file takes our mail.`,
    whyHeading: 'Why you read this',
    why: (until: string) =>
      say`Your address belonged to this seller until ${until}. It no longer opens anything, and what we wrote is not in this mail.`,
    whatYouCanDo: 'What you can do',
    putAddress: (marketplace: string) =>
      say`If the business is yours, sign in to ${marketplace} and put an address on file that takes mail: everything that waits is sent there at once.`,
    removedByOther: 'If somebody else removed your address, tell the marketplace so.',
    notYours: 'If it is no longer your business, you need do nothing.',
    memberSubject: (marketplace: string, seller: string) =>
      say`${marketplace} cannot reach “${seller}”, for whom you act`,
    memberOpening: (seller: string, at: string) =>
      say`We wrote to the seller “${seller}” on ${at}, and none of the addresses on file takes our mail.`,
    memberRead:
      'Sign in and read what waits. You act for this seller, so you can answer it as far as you were let in for.',
    memberTell:
      'Tell the owner: once an address that takes mail is on file, everything that waits is sent there at once.',
    memberNoTime: 'Until then no time runs against the seller.',
    memberLink: 'Open the sign-in page',
  },

  mail: {
    footMember: (marketplace: string) =>
      say`${marketplace}. You get this because you act for this seller and chose to hear of its cases; your account page ends it. The link in this mail asks you to sign in.`,
    footPage: (marketplace: string) =>
      say`${marketplace}. The link in this mail opens a page of ours and carries nothing: type its address by hand if you like.`,
    footClaim: (marketplace: string) =>
      say`${marketplace}. The link in this mail speaks for your account about this claim, and opens nothing else.`,
    footMatter: (marketplace: string) =>
      say`${marketplace}. The link in this mail opens your matter without signing in, so pass it on only to people who may act for you.`,
  },
}

function fateWords(fate: Fate, amount: number): string {
  const [one, many] = {
    measure_lifted: ['measure is lifted', 'measures are lifted'] as const,
    measure_narrowed: ['measure is narrowed', 'measures are narrowed'] as const,
    measure_stands: ['measure stands', 'measures stand'] as const,
  }[fate]
  return amount === 1 ? one : many
}

/** A sentence as it reads in the middle of another: its first word small where that is no name, and no full stop. */
export function midSentence(sentence: string): string {
  const words = sentence.trim().replace(/\.$/, '')
  return /^(The|Our|Every|Everything|All|It|A|An|Nothing|Your|We|They|Nobody|Only|What)\b/.test(
    words,
  )
    ? words.charAt(0).toLowerCase() + words.slice(1)
    : words
}

/** A desk's title as it stands in a sentence: a common noun gets an article, a name does not. */
export function deskInSentence(title: string): string {
  const isCommonNoun =
    /^\p{Lu}[^\p{Lu}]*$/u.test(title) && /\b(office|team|board|desk|committee|lead)\b/iu.test(title)
  return isCommonNoun ? `the ${title.charAt(0).toLowerCase()}${title.slice(1)}` : title
}

/** What every language says: it has these words, filled with these values. */
export type Words = typeof en
