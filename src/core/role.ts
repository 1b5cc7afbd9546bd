/** A role is what a person of the marketplace may do here; desks say which cases they may do it with. */

export const roles = ['reviewer', 'policy-manager', 'administrator'] as const
export type Role = (typeof roles)[number]
