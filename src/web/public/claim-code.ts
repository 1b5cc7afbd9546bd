/** The code of a claim: no address holds it. */
import { keptCodes } from './kept-code.ts'

export const {
  codeOf: claimCode,
  keep: keepClaimCode,
  forget: forgetClaims,
} = keptCodes('recourse.claim.')
