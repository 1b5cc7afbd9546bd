/** A role is what a person may do here; for the marketplace's people, desks say which cases they may do it with. */

/** What people of the marketplace are. */
export const roles = [
  'support',
  'reviewer',
  'identity-specialist',
  'executive',
  'legal',
  'policy-manager',
  'auditor',
  'administrator',
] as const
export type Role = (typeof roles)[number]

/** What people of a seller are: owners do all, staff all but deciding who else acts, a representative what was named until a day. */
export const memberRoles = ['owner', 'staff', 'representative'] as const
export type MemberRole = (typeof memberRoles)[number]
