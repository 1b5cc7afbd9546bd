/** A permission says who may give a command: one table, and what does not stand in it nobody may. */
import type { Case } from './case.ts'
import { memberRoles, roles, type Role } from './role.ts'

/** Everybody who can ask, by what they showed at the door. */
export const readers = [
  /** Showed nothing. */
  'nobody',
  /** Followed a signed link of a notice: sees that one matter. */
  'link',
  /** Showed the code of a claim on an account. */
  'claim',
  /** Showed the code of a complaint. */
  'reporter',
  ...memberRoles,
  ...roles,
  /** The marketplace itself, by its key. */
  'marketplace',
] as const
export type Reader = (typeof readers)[number]

/** How who asks must stand to what they ask about. Deny by default: a command that asks for one is refused without it. */
export const relations = [
  /**
   * It belongs to the seller or the claim that asks; by link to its matter, and for a representative to the matters that
   * they were let in for. A person's own act is one they took.
   */
  'own',
  /** Every matter of the seller is open to who asks: a representative of named matters stands outside. */
  'every-matter',
  /** Who was let in to read only does not do it. */
  'may-write',
  /** The case is at a desk that the person staffs. */
  'at-own-desk',
  /** The case is of a kind that the person's role works on. */
  'of-own-kind',
  /** The person did not take the measure that is contested. */
  'not-the-taker',
  /** The person did not write the rule behind it. */
  'not-the-author',
] as const
export type Relation = (typeof relations)[number]

interface Permission {
  by: readonly Reader[]
  on: readonly Relation[]
}

/** Staff who work on cases, each at their own desks with the powers that the procedure gives the desk. */
const caseWork = ['support', 'reviewer', 'identity-specialist', 'executive', 'legal'] as const
/** Of them, those who decide: support informs, asks and passes on. */
const deciding = ['reviewer', 'identity-specialist', 'executive', 'legal'] as const
/** Of them, those who impose measures by hand: who tells owners of accounts apart does nothing else. */
const imposing = ['reviewer', 'executive', 'legal'] as const

const anybody = { by: readers, on: [] } as const
const tellsFacts = { by: ['marketplace'], on: [] } as const
const staffReads = { by: roles, on: [] } as const
const managesPolicies = { by: ['policy-manager'], on: [] } as const
const readsTrials = { by: ['policy-manager', 'auditor', 'administrator'], on: [] } as const
const readsTemplates = { by: ['policy-manager', 'auditor', 'administrator'], on: [] } as const
const managesSettings = { by: ['administrator'], on: [] } as const
const readsSettings = { by: ['administrator', 'auditor'], on: [] } as const
const ownAlsoByLink = { by: [...memberRoles, 'link'], on: ['own'] } as const
const writesOwn = { by: [...memberRoles, 'link'], on: ['own', 'may-write'] } as const
const ownFactors = { by: [...memberRoles, ...roles], on: ['own'] } as const
/** Who else acts for a seller is for its owner alone. */
const managesMembers = { by: ['owner'], on: ['own'] } as const
const ownReport = { by: ['reporter'], on: ['own'] } as const
/** Who tells owners of accounts apart. */
const tellsOwners = {
  by: ['identity-specialist'],
  on: ['at-own-desk', 'of-own-kind'],
} as const
const ownClaim = { by: ['claim'], on: ['own'] } as const
const ownOrStaffReads = { by: [...memberRoles, 'link', ...roles], on: ['own'] } as const
const holdsCase = { by: caseWork, on: ['at-own-desk', 'of-own-kind'] } as const
const worksOnCase = {
  by: caseWork,
  on: ['at-own-desk', 'of-own-kind', 'not-the-taker', 'not-the-author'],
} as const
const decidesCase = { ...worksOnCase, by: deciding } as const
const decidesRings = { by: imposing, on: [] } as const
const looksIntoRings = { by: [...imposing, 'auditor'], on: [] } as const
/** Who reads mail that waits and says where it belongs: whose account it is, nobody proves by writing. */
const sortsMail = { by: ['support', 'reviewer', 'executive', 'legal'], on: [] } as const
const screensAhead = { by: [...memberRoles, ...roles, 'marketplace'], on: ['own'] } as const

/** Every command by the name of its route: those of the contract, and those beside it. */
export const permissions = {
  'session.getMe': anybody,
  // Answers for the mailbox that was proved, and for nothing else.
  'session.getShutAccounts': anybody,
  'session.getSignInWays': anybody,
  'session.startPasskeySignIn': anybody,
  'session.signInByPasskey': anybody,
  'session.signInByCode': anybody,

  'security.get': ownFactors,
  'security.startPasskey': ownFactors,
  'security.addPasskey': ownFactors,
  'security.removePasskey': ownFactors,
  'security.startTotp': ownFactors,
  'security.setTotp': ownFactors,
  'security.removeTotp': ownFactors,
  'security.makeSavedCodes': ownFactors,
  'security.endSession': ownFactors,
  'security.endOtherSessions': ownFactors,
  'security.startProof': ownFactors,
  'security.prove': ownFactors,
  'security.sendProofLink': ownFactors,

  'facts.tellSeller': tellsFacts,
  'facts.tellContact': tellsFacts,
  'facts.tellListing': tellsFacts,
  'facts.tellBalance': tellsFacts,
  'facts.tellOrder': tellsFacts,
  'facts.tellComplaint': tellsFacts,
  'facts.tellSecurityEvent': tellsFacts,
  'facts.stream': tellsFacts,
  'facts.getListing': { by: ['marketplace'], on: [] },
  'facts.screenListing': screensAhead,
  'screenings.stream': { by: [...roles, 'marketplace'], on: [] },

  'seller.getHome': ownAlsoByLink,
  'seller.getOnSale': { by: memberRoles, on: ['own', 'every-matter'] },
  'seller.getStatement': ownOrStaffReads,
  'statement.print': ownOrStaffReads,
  'seller.uploadFile': writesOwn,
  'seller.readFile': ownOrStaffReads,
  // The pass in the address says who reads.
  'files.open': anybody,
  'seller.fileAppeal': writesOwn,
  'seller.getCase': ownAlsoByLink,
  // By link only that of what keeps sign-in shut (core/belongings.ts). Parcels and money are no matter to represent.
  'seller.getBelongings': { by: ['owner', 'staff', 'link'], on: ['own'] },
  // The whole file names everybody and everything, so it is the owner's to take.
  'seller.export': { by: ['owner', 'link'], on: ['own'] },
  // A new matter is none of those that a representative was let in for.
  'seller.askQuestion': { by: memberRoles, on: ['own', 'every-matter', 'may-write'] },
  'seller.getCallSlots': { by: memberRoles, on: ['own'] },
  // A call with a new question asks for the permission to ask one besides.
  'seller.bookCall': { by: memberRoles, on: ['own', 'may-write'] },
  'seller.cancelCall': { by: memberRoles, on: ['own', 'may-write'] },
  'seller.writeInCase': writesOwn,
  'seller.contestCase': writesOwn,
  'seller.reopenCase': writesOwn,
  'seller.withdrawCase': writesOwn,
  'seller.listComplaints': { by: memberRoles, on: ['own', 'every-matter'] },
  // What was changed while somebody else had the account, for whoever it was given back to.
  'seller.getChanges': { by: ['owner'], on: ['own'] },
  'seller.returnChanges': { by: ['owner'], on: ['own'] },
  'seller.getSettings': { by: memberRoles, on: ['own'] },
  // The language is the seller's; whether one hears by mail is everybody's own.
  'seller.setLanguage': { by: ['owner', 'staff'], on: ['own'] },
  'seller.setHearing': { by: memberRoles, on: ['own'] },

  'members.list': { by: ['owner', 'staff'], on: ['own'] },
  'members.invite': managesMembers,
  'members.change': managesMembers,
  'members.remove': managesMembers,

  'desk.getQueue': staffReads,
  'desk.getCase': staffReads,
  'desk.getAlarm': staffReads,
  'desk.listFlagged': staffReads,
  'desk.findListings': staffReads,
  'desk.getListing': staffReads,
  'desk.findSellers': staffReads,
  'desk.getSeller': staffReads,
  'desk.takeCase': worksOnCase,
  'desk.takeNextCase': worksOnCase,
  'desk.releaseCase': holdsCase,
  'desk.forwardCase': worksOnCase,
  'desk.askSeller': worksOnCase,
  'desk.answerCase': worksOnCase,
  'desk.undoCase': holdsCase,
  'desk.decideCase': decidesCase,
  'desk.concludeCheck': decidesCase,
  'desk.findComplaint': decidesCase,
  // Whoever refuted it may do so too: what contests it, another person looks at.
  'desk.actOnReporter': { by: imposing, on: ['at-own-desk', 'of-own-kind'] },
  'desk.liftFromReporter': { by: imposing, on: ['at-own-desk', 'of-own-kind'] },
  'desk.turnIntoAppeal': holdsCase,
  'desk.getCalls': staffReads,
  'desk.markCall': holdsCase,
  'desk.linkSeller': { by: ['identity-specialist'], on: ['at-own-desk', 'of-own-kind'] },
  // Whoever shut the account, or worked on an earlier claim, says nothing of this one.
  'desk.giveOpinion': tellsOwners,
  'desk.recordPapers': tellsOwners,
  'desk.setFirstSign': tellsOwners,
  // Whoever works on cases tells colleagues what they know, at whichever desk the case is.
  'desk.writeNote': { by: caseWork, on: [] },
  'desk.takeBackNote': { by: caseWork, on: ['own'] },
  'desk.showPresence': { by: caseWork, on: [] },
  // Shows what would happen and does nothing; each command within has its own line besides.
  'desk.previewBulk': { by: caseWork, on: [] },
  'desk.doBulk': holdsCase,
  'desk.previewMeasure': { by: imposing, on: [] },
  'desk.imposeMeasure': { by: imposing, on: [] },
  'desk.undoMeasure': { by: imposing, on: ['own'] },
  'desk.hastenClosing': { by: imposing, on: ['not-the-taker'] },
  // How a suspicion was detected, which its seller is not told.
  'desk.getWithholding': { by: [...deciding, 'auditor'], on: [] },

  // The words of a desk are written by its own people, and read by all.
  'macros.list': staffReads,
  'macros.fill': { by: caseWork, on: [] },
  'macros.add': { by: caseWork, on: ['at-own-desk'] },
  'macros.change': { by: caseWork, on: ['at-own-desk'] },
  'macros.remove': { by: caseWork, on: ['at-own-desk'] },

  // Whoever reads the post says what is in it; the letters themselves are read at their cases.
  'letters.record': { by: caseWork, on: [] },
  'letters.scan': { by: caseWork, on: [] },
  'letters.suggest': { by: caseWork, on: [] },
  'letters.list': staffReads,
  'letters.answer': holdsCase,
  'letters.recordOutcome': decidesCase,
  // The whole file leaves the house: those who answer for that, and who looks over their shoulder.
  'letters.bundle': { by: ['legal', 'executive', 'auditor'], on: [] },

  // Who complained stands in a ring, and it reaches over all sellers and desks.
  'rings.list': looksIntoRings,
  'rings.get': looksIntoRings,
  'rings.prune': decidesRings,
  'rings.putBack': decidesRings,
  'rings.confirm': decidesRings,
  'rings.dismiss': decidesRings,

  // What the marketplace's own mail server took, handed on.
  'mail.receive': { by: ['marketplace'], on: [] },
  'mail.list': { by: [...sortsMail.by, 'auditor'], on: [] },
  'mail.attach': sortsMail,
  'mail.open': sortsMail,
  'mail.settle': sortsMail,

  'help.get': anybody,

  'recovery.getWay': anybody,
  'recovery.fileClaim': anybody,
  'recovery.getClaim': ownClaim,
  'recovery.writeInClaim': ownClaim,
  // The link of the notice that told of the claim says who disputes it, whoever is signed in.
  'recovery.disputeClaim': { by: ['link'], on: ['own'] },
  'recovery.askProofLetters': ownClaim,
  'recovery.proveContact': ownClaim,
  'recovery.proveSavedCode': ownClaim,
  'recovery.startPasskeyProof': ownClaim,
  'recovery.provePasskey': ownClaim,
  'recovery.askPayoutProof': ownClaim,
  'recovery.addFile': ownClaim,
  'recovery.bindAddress': ownClaim,
  'recovery.returnChanges': ownClaim,
  // The marketplace asks the holder of an old bank account, and says what it heard.
  'recovery.listPayoutRequests': { by: ['marketplace'], on: [] },
  'recovery.confirmPayout': { by: ['marketplace'], on: [] },

  // Whoever complains needs no account, and shows the code of what they complained of afterwards.
  'report.getPlace': anybody,
  'report.file': anybody,
  'report.get': ownReport,
  'report.addFile': ownReport,
  'report.contest': ownReport,

  // Every notice as its readers get it, with values that are made up.
  'templates.list': readsTemplates,
  'templates.get': readsTemplates,
  'templates.frame': readsTemplates,

  'policies.list': staffReads,
  'policies.get': staffReads,
  'policies.getVersion': staffReads,
  'policies.setLevel': managesPolicies,
  'policies.startTrial': managesPolicies,
  'policies.stopTrial': managesPolicies,
  'policies.listTrials': readsTrials,
  'policies.getTrial': readsTrials,

  'webhooks.list': readsSettings,
  'webhooks.listDeliveries': readsSettings,
  'webhooks.add': managesSettings,
  'webhooks.change': managesSettings,
  'webhooks.rotateSecret': managesSettings,
  'webhooks.remove': managesSettings,
  'webhooks.test': managesSettings,
  'webhooks.repeatDelivery': managesSettings,

  'people.list': readsSettings,
  'people.invite': managesSettings,
  'people.change': managesSettings,
  'people.remove': managesSettings,
  'people.letEnrolAnew': managesSettings,

  'procedures.list': staffReads,
  'procedures.get': staffReads,
  'procedures.check': staffReads,
  'procedures.adopt': managesPolicies,
  'procedures.getPromises': anybody,
  // Sums, in which nobody is told apart.
  'figures.get': anybody,
  'figures.download': anybody,

  // How one comes in, the pages that hold nothing of anybody, and figures that are sums.
  'sign-in.ask': anybody,
  'sign-in.open': anybody,
  'sign-in.handOver': anybody,
  'sign-in.singleSignOn': anybody,
  'pages.read': anybody,
  'docs.read': anybody,
  'health.read': anybody,
  'metrics.read': anybody,

  // They exist in the demo only, and for this machine only; there they are anybody's.
  'dev.getClock': anybody,
  'dev.moveClock': anybody,
  'dev.mail': anybody,
  'dev.signIn': anybody,
} as const satisfies Record<string, Permission>

export type Command = keyof typeof permissions
/** Who may give a command. */
export type GivenBy<C extends Command> = (typeof permissions)[C]['by'][number]

/** Whether a route has its line in the table. */
export function isCommand(name: string): name is Command {
  return Object.hasOwn(permissions, name)
}

/** Whether this reader may give the command at all. */
export function mayGive(reader: Reader, command: Command): boolean {
  const { by }: Permission = permissions[command]
  return by.includes(reader)
}

/** Whether the command is refused without this relation. */
export function asksFor(command: Command, relation: Relation): boolean {
  const { on }: Permission = permissions[command]
  return on.includes(relation)
}

/** Whether only people of the marketplace may give it: to everybody else it does not exist. */
export function isStaffs(command: Command): boolean {
  const { by }: Permission = permissions[command]
  return by.every((reader) => roles.some((role) => role === reader))
}

/** What is decided where who owns an account is the question, as the procedure names it. */
const whoOwns = ['account.lock', 'account.secure', 'matter.recovery']

/**
 * Whether a role works on cases of this kind: who owns an account is for specialists, and a claim for nobody else,
 * because a yes gives the account away.
 */
export function worksOn(role: Role, held: Pick<Case, 'kind' | 'matter'>): boolean {
  return role === 'identity-specialist' ? asksWhoOwns(held) : held.kind !== 'recovery'
}

/** Whether who owns an account is the question. */
export function asksWhoOwns({ kind, matter }: Pick<Case, 'kind' | 'matter'>): boolean {
  return kind === 'recovery' || whoOwns.includes(matter)
}
