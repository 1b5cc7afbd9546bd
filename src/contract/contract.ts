/** Every HTTP route as data: the server implements it, the client and OpenAPI are derived from it. */
import * as alarm from './alarm.ts'
import * as balance from './balance.ts'
import * as belongings from './belongings.ts'
import * as bulk from './bulk.ts'
import * as calls from './call.ts'
import * as claim from './claim.ts'
import * as cases from './case.ts'
import * as complaint from './complaint.ts'
import * as desk from './desk.ts'
import * as deskClaim from './desk-claim.ts'
import * as deskListing from './desk-listing.ts'
import * as deskMeasure from './desk-measure.ts'
import * as deskMisuse from './desk-misuse.ts'
import * as deskSeller from './desk-seller.ts'
import * as dev from './dev.ts'
import * as figures from './figures.ts'
import * as help from './help.ts'
import * as letter from './letter.ts'
import * as listing from './listing.ts'
import * as macro from './macro.ts'
import * as mail from './mail.ts'
import * as member from './member.ts'
import * as note from './note.ts'
import * as order from './order.ts'
import * as person from './person.ts'
import * as policy from './policy.ts'
import * as procedure from './procedure.ts'
import * as queue from './queue.ts'
import * as recovery from './recovery.ts'
import * as ring from './ring.ts'
import * as screening from './screening.ts'
import * as security from './security.ts'
import * as securityEvent from './security-event.ts'
import * as session from './session.ts'
import * as settings from './settings.ts'
import * as shutAccount from './shut-account.ts'
import * as template from './template.ts'
import * as trial from './trial.ts'
import * as webhook from './webhook.ts'

/** A class because it has a name: what TypeScript declares of the contract refers to it, and spells no route out twice. */
class Routes {
  readonly session = {
    getMe: session.getMe,
    getShutAccounts: shutAccount.getShutAccounts,
    getSignInWays: session.getSignInWays,
    startPasskeySignIn: session.startPasskeySignIn,
    signInByPasskey: session.signInByPasskey,
    signInByCode: session.signInByCode,
  }
  readonly security = {
    get: security.getSecurity,
    startPasskey: security.startPasskey,
    addPasskey: security.addPasskey,
    removePasskey: security.removePasskey,
    startTotp: security.startTotp,
    setTotp: security.setTotp,
    removeTotp: security.removeTotp,
    makeSavedCodes: security.makeSavedCodes,
    endSession: security.endSession,
    endOtherSessions: security.endOtherSessions,
    startProof: security.startProof,
    prove: security.prove,
    sendProofLink: security.sendProofLink,
  }
  readonly facts = {
    tellSeller: listing.tellSeller,
    tellContact: listing.tellContact,
    tellListing: listing.tellListing,
    tellBalance: balance.tellBalance,
    tellOrder: order.tellOrder,
    tellComplaint: complaint.tellComplaint,
    tellSecurityEvent: securityEvent.tellSecurityEvent,
    getListing: listing.getListing,
    screenListing: screening.screenListing,
  }
  readonly seller = {
    getHome: cases.getSellerHome,
    getOnSale: cases.getOnSale,
    getChanges: claim.getChanges,
    returnChanges: claim.returnOwnChanges,
    getStatement: cases.getStatement,
    uploadFile: cases.uploadFile,
    readFile: cases.readFile,
    fileAppeal: cases.fileAppeal,
    getCase: cases.getCase,
    getBelongings: belongings.getBelongings,
    askQuestion: cases.askQuestion,
    getCallSlots: calls.getCallSlots,
    bookCall: calls.bookCall,
    cancelCall: calls.cancelCall,
    writeInCase: cases.writeInCase,
    contestCase: cases.contestCase,
    reopenCase: cases.reopenCase,
    withdrawCase: cases.withdrawCase,
    listComplaints: complaint.listComplaints,
    getSettings: settings.getSettings,
    setLanguage: settings.setLanguage,
    setHearing: settings.setHearing,
  }
  readonly members = {
    list: member.listMembers,
    invite: member.inviteMember,
    change: member.changeMember,
    remove: member.removeMember,
  }
  readonly desk = {
    getQueue: queue.getQueue,
    getCase: desk.getDeskCase,
    takeNextCase: desk.takeNextCase,
    takeCase: desk.takeCase,
    releaseCase: desk.releaseCase,
    forwardCase: desk.forwardCase,
    askSeller: desk.askSeller,
    answerCase: desk.answerCase,
    decideCase: desk.decideCase,
    concludeCheck: desk.concludeCheck,
    findComplaint: desk.findComplaint,
    actOnReporter: deskMisuse.actOnReporter,
    liftFromReporter: deskMisuse.liftFromReporter,
    undoCase: desk.undoCase,
    linkSeller: desk.linkSeller,
    giveOpinion: deskClaim.giveOpinion,
    recordPapers: deskClaim.recordPapers,
    setFirstSign: deskClaim.setFirstSign,
    turnIntoAppeal: desk.turnIntoAppeal,
    getCalls: calls.getCalls,
    markCall: calls.markCall,
    writeNote: note.writeNote,
    takeBackNote: note.takeBackNote,
    showPresence: note.showPresence,
    previewBulk: bulk.previewBulk,
    doBulk: bulk.doBulk,
    listFlagged: deskListing.listFlagged,
    findListings: deskListing.findListings,
    getListing: deskListing.getDeskListing,
    findSellers: deskSeller.findSellers,
    getSeller: deskSeller.getDeskSeller,
    previewMeasure: deskMeasure.previewMeasure,
    imposeMeasure: deskMeasure.imposeMeasure,
    undoMeasure: deskMeasure.undoMeasure,
    hastenClosing: deskMeasure.hastenClosing,
    getWithholding: deskMeasure.getWithholding,
    getAlarm: alarm.getAlarm,
  }
  readonly macros = {
    list: macro.listMacros,
    fill: macro.fillMacros,
    add: macro.addMacro,
    change: macro.changeMacro,
    remove: macro.removeMacro,
  }
  readonly letters = {
    record: letter.recordLetter,
    scan: letter.scanLetter,
    suggest: letter.suggestForLetter,
    list: letter.listLetters,
    answer: letter.answerLetter,
    recordOutcome: letter.recordOutcome,
  }
  readonly rings = {
    list: ring.listRings,
    get: ring.getRing,
    prune: ring.pruneRing,
    putBack: ring.putBackIntoRing,
    confirm: ring.confirmRing,
    dismiss: ring.dismissRing,
  }
  readonly mail = {
    list: mail.listHeldMail,
    attach: mail.attachMail,
    open: mail.openMail,
    settle: mail.settleMail,
  }
  readonly help = { get: help.getHelp }
  readonly templates = { list: template.listTemplates, get: template.getTemplate }
  readonly recovery = {
    getWay: recovery.getRecoveryWay,
    fileClaim: recovery.fileClaim,
    getClaim: recovery.getClaim,
    writeInClaim: recovery.writeInClaim,
    disputeClaim: recovery.disputeClaim,
    askProofLetters: claim.askProofLetters,
    proveContact: claim.proveContact,
    proveSavedCode: claim.proveSavedCode,
    startPasskeyProof: claim.startPasskeyProof,
    provePasskey: claim.provePasskey,
    askPayoutProof: claim.askPayoutProof,
    addFile: claim.addClaimFile,
    bindAddress: claim.bindClaim,
    returnChanges: claim.returnChanges,
    listPayoutRequests: claim.listPayoutRequests,
    confirmPayout: claim.confirmPayout,
  }
  readonly report = {
    getPlace: complaint.getReportPlace,
    file: complaint.fileReport,
    get: complaint.getReport,
    addFile: complaint.addReportFile,
    contest: complaint.contestReport,
  }
  readonly policies = {
    list: policy.listPolicies,
    get: policy.getPolicy,
    getVersion: policy.getPolicyVersion,
    setLevel: policy.setPolicyLevel,
    startTrial: trial.startTrial,
    stopTrial: trial.stopTrial,
    listTrials: trial.listTrials,
    getTrial: trial.getTrial,
  }
  readonly webhooks = {
    list: webhook.listWebhooks,
    add: webhook.addWebhook,
    change: webhook.changeWebhook,
    rotateSecret: webhook.rotateWebhookSecret,
    remove: webhook.removeWebhook,
    test: webhook.testWebhook,
    listDeliveries: webhook.listWebhookDeliveries,
    repeatDelivery: webhook.repeatWebhookDelivery,
  }
  readonly people = {
    list: person.listPeople,
    invite: person.invitePerson,
    change: person.changePerson,
    remove: person.removePerson,
    letEnrolAnew: person.letPersonEnrolAnew,
  }
  readonly figures = { get: figures.getFigures }
  readonly dev = { getClock: dev.getClock, moveClock: dev.moveClock }
  readonly procedures = {
    list: procedure.listProcedures,
    get: procedure.getProcedure,
    check: procedure.checkProcedure,
    adopt: procedure.adoptProcedure,
    getPromises: procedure.getPromises,
  }
}

export const contract: Pick<Routes, keyof Routes> = { ...new Routes() }
