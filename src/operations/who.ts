/** Who asks: worked out at the door, judged in operations. */
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
