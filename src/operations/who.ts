/** Who asks: worked out at the door, judged in operations. */
import { refuse, type Refused } from '../core/refusal.ts'
import type { Role } from '../core/role.ts'

export interface SellerReader {
  kind: 'seller'
  sellerId: string
  /** Who wrote: an e-mail address when signed in, `link` when a signed link was followed. */
  by: string
  /** Set for a signed link: only this matter is visible and contestable. */
  matter: { decisionId: string | null; caseId: string | null } | null
}

export interface StaffReader {
  kind: 'staff'
  id: string
  name: string
  email: string
  roles: Role[]
  desks: string[]
}

/** The marketplace itself, by its key. */
export interface MarketplaceReader {
  kind: 'marketplace'
  keyId: string
}

export type Who = SellerReader | StaffReader | MarketplaceReader | { kind: 'nobody' }

export type { Role }

/** Whether a person of staff has one of these roles. */
export function hasRole(who: Who, ...wanted: Role[]): who is StaffReader {
  return who.kind === 'staff' && who.roles.some((role) => wanted.includes(role))
}

/** The no for a reader who is the wrong one: to come in first, or that their role does not allow it. */
export function refuseReader(who: Who): Refused {
  return refuse(who.kind === 'nobody' ? 'not_signed_in' : 'not_allowed')
}
