/** What is said of people: sentences from roles, desks and changes. */
import type { PersonChange, PersonForReader } from '../../contract/person.ts'
import { roles, type Role } from '../../core/role.ts'

/** What each role may do, in a line under its name. */
export const roleSays: Record<Role, string> = {
  support: 'Answers questions, asks, passes on; decides nothing.',
  reviewer: 'Decides cases at their desks and imposes measures.',
  'identity-specialist': 'Decides who owns an account, and nothing else.',
  executive: 'Decides at their desks, most often the second look.',
  legal: 'Decides at their desks, most often letters.',
  'policy-manager': 'Changes rules, their levels and the procedure.',
  auditor: 'Reads all and changes nothing.',
  administrator: 'Manages people and webhooks; decides no case.',
}

/** A role's name on a page: "Identity specialist". */
export function roleTitle(role: string): string {
  const words = role.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The title of the page. */
export function peopleSentence(people: readonly PersonForReader[]): string {
  const administrators = people.filter((person) => person.roles.includes('administrator')).length
  const working =
    people.length === 1 ? 'One person works here' : `${people.length} people work here`
  if (administrators === 0) return `${working}, and nobody is an administrator.`
  return `${working}; ${administrators === 1 ? 'one is an administrator' : `${administrators} are administrators`}.`
}

/** "Reviewer and legal, at Seller Performance". */
export function placeWords({
  roles: has,
  desks,
}: Pick<PersonForReader, 'roles' | 'desks'>): string {
  const as = saying(roles.filter((role) => has.includes(role)).map(roleTitle)) || 'No role'
  return desks.length === 0 ? as : `${as}, at ${saying(desks.map(({ title }) => title))}`
}

/** What a change was: "Amara Diallo invited Eva Lind". */
export function changeTitle({ kind, byName, name, before }: PersonChange): string {
  const by = byName ?? 'Who runs the server'
  switch (kind) {
    case 'person.invited':
      return `${by} ${byName === null ? 'added' : 'invited'} ${name}`
    case 'person.changed':
      return `${by} changed ${before?.name ?? name}`
    case 'person.removed':
      return `${by} removed ${name}`
    case 'person.enrolled':
      return `${by} let ${name} set up their sign-in anew`
  }
}

/** What stood there before and after, part by part; only what changed. */
export function changedParts({ before, after }: Pick<PersonChange, 'before' | 'after'>): {
  part: string
  before: string | null
  after: string | null
}[] {
  const parts = [
    { part: 'Name', before: before?.name ?? '', after: after?.name ?? '' },
    {
      part: 'Roles',
      before: saying((before?.roles ?? []).map(roleTitle)),
      after: saying((after?.roles ?? []).map(roleTitle)),
    },
    {
      part: 'Desks',
      before: saying((before?.desks ?? []).map(({ title }) => title)),
      after: saying((after?.desks ?? []).map(({ title }) => title)),
    },
  ]
  return (
    parts
      .filter((each) => each.before !== each.after)
      // Who came or went: their name is in the title already.
      .filter(({ part }) => part !== 'Name' || (before !== null && after !== null))
      .map((each) => ({
        part: each.part,
        before: before && (each.before || 'none'),
        after: after && (each.after || 'none'),
      }))
  )
}

function saying(words: readonly string[]): string {
  const [last = '', ...before] = words.toReversed()
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`
}
