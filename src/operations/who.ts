/** Who asks: worked out at the door, judged in operations. */
import type { Member } from '../core/member.ts'
import type { Role } from '../core/role.ts'

/** Somebody whom the owner let in, as far as a request is judged by it. */
export type ActingMember = Pick<Member, 'id' | 'name' | 'part'>

export interface SellerReader {
  kind: 'seller'
  sellerId: string
  /** Who wrote: the owner's address, the id of a member, or `link` when a signed link was followed. */
  by: string
  /** Set for a member; whoever has a contact of the seller is its owner. */
  member?: ActingMember
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

/** Who showed the code of a complaint. */
export interface ReporterReader {
  kind: 'reporter'
  complaintId: string
}

export type Who =
  SellerReader | StaffReader | MarketplaceReader | ClaimReader | ReporterReader | { kind: 'nobody' }

export type { Role }
