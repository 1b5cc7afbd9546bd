/** Who asks: worked out at the door, judged in operations. */
import type { MemberRole, Role } from '../core/role.ts'

export interface SellerReader {
  kind: 'seller'
  sellerId: string
  /** Who wrote: an e-mail address when signed in, `link` when a signed link was followed. */
  by: string
  /** What they are there; whoever has its contact and nothing else said is its owner. */
  role?: MemberRole
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

/** Who showed the code of a claim on an account. */
export interface ClaimReader {
  kind: 'claim'
  claimId: string
}

export type Who = SellerReader | StaffReader | MarketplaceReader | ClaimReader | { kind: 'nobody' }

export type { Role }
