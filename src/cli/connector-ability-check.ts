/** The abilities that a marketplace declares are held against the contract; what it does not declare is only said. */
import { randomUUID } from 'node:crypto'
import { abilities, AccountChange, type Ability } from '../core/ability.ts'
import { expectJson, expectRefusal, NotSo, sameValue } from './connector-answer.ts'
import type { Answer, Probe } from './connector-probe.ts'

/** One thing that ought to be so; it answers what was seen, or throws a sentence. */
export interface AbilityCheck {
  name: string
  look: () => Promise<string>
}

/** What is declared; an address that the shop does not know declares nothing. */
export async function readAbilities(probe: Probe): Promise<Ability[]> {
  const answer = await probe.send({ method: 'GET', path: '/abilities' })
  if (answer.status === 404) return []
  const declared = expectJson(answer)['abilities']
  if (!Array.isArray(declared) || !declared.every((one) => typeof one === 'string'))
    throw new NotSo(
      `GET /abilities answers {"abilities": [names]}, or 404 for none, not ${answer.text.slice(0, 200)}`,
    )
  return abilities.filter((ability) => declared.includes(ability))
}

/**
 * The checks of all abilities. Those that would do something are only asked of a seller who is named, and a reset of
 * access, which shuts the owner out until they follow a mail, of nobody.
 */
export function abilityChecks(
  probe: Probe,
  declared: readonly Ability[],
  seller: string | undefined,
): AbilityCheck[] {
  return abilities.flatMap((ability) => {
    if (!declared.includes(ability)) return [{ name: `${ability} is not declared`, look: notAsked }]
    return [
      { name: `${ability}: unsigned, it is refused`, look: () => refuseUnsigned(probe, ability) },
      ...(ability === 'changesSince'
        ? [{ name: 'changesSince: a time that is none is refused', look: () => refuseTime(probe) }]
        : [
            {
              name: `${ability}: a body that is no JSON is refused`,
              look: () => refuseBody(probe, ability),
            },
          ]),
      ...(seller === undefined ? [] : checksOf(probe, ability, seller)),
    ]
  })
}

const notAsked = () => Promise.resolve('it is optional, and was not asked for')

const verbs: Record<Ability, string> = {
  endSessions: 'end-sessions',
  resetAccess: 'reset-access',
  changesSince: 'changes?since=2026-01-01T00%3A00%3A00.000Z',
  revert: 'revert',
}

const pathOf = (ability: Ability, seller: string) =>
  `/subjects/account/${encodeURIComponent(seller)}/${verbs[ability]}`

async function refuseUnsigned(probe: Probe, ability: Ability): Promise<string> {
  const answer = await probe.send({
    method: ability === 'changesSince' ? 'GET' : 'POST',
    path: pathOf(ability, probe.newId()),
    body: ability === 'changesSince' ? '' : '{}',
    forge: 'unsigned',
  })
  expectRefusal(answer, ability, [401, 403])
  return `answered ${answer.status}`
}

async function refuseBody(probe: Probe, ability: Ability): Promise<string> {
  const path = pathOf(ability, probe.newId())
  const answer = await probe.send({ method: 'POST', path, body: '{' })
  // Ending sessions needs nothing of its body, so a seller who is not there is as good a reason.
  expectRefusal(answer, ability, null)
  return `answered ${answer.status}`
}

async function refuseTime(probe: Probe): Promise<string> {
  const path = `/subjects/account/${encodeURIComponent(probe.newId())}/changes?since=soon`
  const answer = await probe.send({ method: 'GET', path })
  expectRefusal(answer, 'changesSince', null)
  return `answered ${answer.status}`
}

function checksOf(probe: Probe, ability: Ability, seller: string): AbilityCheck[] {
  switch (ability) {
    case 'endSessions':
      return [
        {
          name: `seller ${seller}: sessions end, and the same request again is answered alike`,
          look: () => endTwice(probe, seller),
        },
      ]
    case 'resetAccess':
      return []
    case 'changesSince':
      return [
        {
          name: `seller ${seller}: changes come in the order of time`,
          look: () => readChanges(probe, seller),
        },
      ]
    case 'revert':
      return [
        {
          name: `seller ${seller}: a change that is not known is refused and said`,
          look: () => revertUnknown(probe, seller),
        },
      ]
  }
}

async function endTwice(probe: Probe, seller: string): Promise<string> {
  const request = {
    method: 'POST',
    path: pathOf('endSessions', seller),
    id: `msg_${randomUUID()}`,
    body: JSON.stringify({ because: ['recourse-check'] }),
  } as const
  const [first, again] = [await probe.send(request), await probe.send(request)]
  const { ended } = expectJson(first)
  if (typeof ended !== 'number' || !Number.isSafeInteger(ended) || ended < 0)
    throw new NotSo(`POST answers {"ended": a number}, not ${first.text.slice(0, 200)}`)
  if (!sameValue(expectJson(again), expectJson(first)))
    throw new NotSo(
      `the retry was done again: first ${first.text}, then ${again.text.slice(0, 200)}`,
    )
  return `${ended} ended`
}

async function readChanges(probe: Probe, seller: string): Promise<string> {
  const answer = await probe.send({ method: 'GET', path: pathOf('changesSince', seller) })
  const changes = expectChanges(answer)
  const late = changes.findIndex(({ at }, place) => at < (changes[place - 1]?.at ?? at))
  if (late > 0) throw new NotSo(`change ${changes[late]?.id} is earlier than the one before it`)
  return `${changes.length} since the beginning of 2026`
}

function expectChanges(answer: Answer): AccountChange[] {
  const { changes } = expectJson(answer)
  if (!Array.isArray(changes)) throw new NotSo('GET answers {"changes": […]}')
  return changes.map((change: unknown, place) => {
    const read = AccountChange.safeParse(change)
    if (read.success) return read.data
    const issue = read.error.issues[0]
    throw new NotSo(`change ${place + 1}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
  })
}

async function revertUnknown(probe: Probe, seller: string): Promise<string> {
  const id = probe.newId()
  const body = JSON.stringify({ changes: [id] })
  const answer = await probe.send({ method: 'POST', path: pathOf('revert', seller), body })
  const { reverted, refused } = expectJson(answer)
  const isSaid =
    Array.isArray(reverted) &&
    reverted.length === 0 &&
    Array.isArray(refused) &&
    refused.some((one: unknown) => {
      const { id: said, detail } = { id: null, detail: null, ...(one as object) } // whatever it is, it is looked at
      return said === id && typeof detail === 'string'
    })
  if (!isSaid)
    throw new NotSo(
      `POST answers {"reverted": [], "refused": [{"id", "detail"}]}, not ${answer.text.slice(0, 200)}`,
    )
  return 'refused, with a sentence'
}
