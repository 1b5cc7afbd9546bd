/** Every HTTP route as data: the server implements it, the client and OpenAPI are derived from it. */
import * as cases from './case.ts'
import * as desk from './desk.ts'
import * as listing from './listing.ts'
import * as policy from './policy.ts'
import * as procedure from './procedure.ts'
import * as session from './session.ts'

export const contract = {
  session: { getMe: session.getMe },
  facts: {
    tellSeller: listing.tellSeller,
    tellContact: listing.tellContact,
    tellListing: listing.tellListing,
    getListing: listing.getListing,
  },
  seller: {
    getHome: cases.getSellerHome,
    getStatement: cases.getStatement,
    uploadFile: cases.uploadFile,
    fileAppeal: cases.fileAppeal,
    getCase: cases.getCase,
    contestCase: cases.contestCase,
    withdrawCase: cases.withdrawCase,
  },
  desk: {
    getQueue: desk.getQueue,
    getCase: desk.getDeskCase,
    takeCase: desk.takeCase,
    releaseCase: desk.releaseCase,
    decideCase: desk.decideCase,
    concludeCheck: desk.concludeCheck,
    listFlagged: desk.listFlagged,
    findListings: desk.findListings,
    getListing: desk.getDeskListing,
    previewMeasure: desk.previewMeasure,
    imposeMeasure: desk.imposeMeasure,
    undoMeasure: desk.undoMeasure,
  },
  policies: { list: policy.listPolicies, setLevel: policy.setPolicyLevel },
  procedures: {
    list: procedure.listProcedures,
    get: procedure.getProcedure,
    check: procedure.checkProcedure,
    adopt: procedure.adoptProcedure,
    getPromises: procedure.getPromises,
  },
}
