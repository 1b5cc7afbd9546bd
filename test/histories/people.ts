/** People at both ends of a case, played by chance: they wait, forward in circles, contest, vanish, and act at once. */
import type { CaseCommand } from '../../src/core/case-command.ts'
import { isMatter, openObjections, type Barred, type Case } from '../../src/core/case.ts'
import type { Answer } from '../../src/core/objection.ts'
import type { Procedure } from '../../src/core/procedure.ts'
import type { Chance } from './chance.ts'

export const undoFor = 60_000
const staff = ['ana', 'bo', 'chi', 'dag', 'eli', 'fay'] as const

/** Ana took every measure, and Bo wrote the rule: neither may answer, and both try. */
export const barred: Barred = { takenBy: 'ana', policyAuthor: 'bo' }

/** What somebody at the desk does in one go: takes the case, and perhaps does something with it. */
export function deskActs(held: Case, procedure: Procedure, chance: Chance): CaseCommand[] {
  if (held.state === 'deciding')
    return [{ do: 'undo', by: chance.onceIn(6) ? chance.pick(staff) : (held.pending?.by ?? '') }]
  const desk = procedure.desks[held.desk]
  const isMachine = desk?.staff === 'machine'
  const by = isMachine ? 'machine' : chance.onceIn(8) ? chance.pick(staff) : colleague(held, chance)
  const take: CaseCommand = { do: 'take', by }
  const does = chance.below(12)
  if (does === 0) return [take]
  if (does === 1) return [take, { do: 'release', by }]
  if (does <= 4 && desk?.forward?.length)
    return [take, { do: 'forward', by, to: chance.pick(desk.forward), reason: 'It is for you.' }]
  if (does <= 6) return [take, { do: 'ask', by, question: 'Which of the two?' }]
  if (isMachine) return held.objections.length > 0 ? [machineGrants(held)] : [take]
  if (does === 7) return [take, { do: 'answer', by, text: 'This is how it is.' }]
  if (held.check !== null) return [take, conclusion(by, chance)]
  if (held.objections.length === 0) return [take, { do: 'answer', by, text: 'This is how it is.' }]
  return [take, decision(held, by, procedure, chance)]
}

/** What the seller, or whoever wrote, does while a case goes on. */
export function senderActs(held: Case, chance: Chance): CaseCommand {
  if (chance.onceIn(12)) return { do: 'withdraw', by: 'ines' }
  return { do: 'write', by: 'ines', text: 'One thing more.' }
}

/** A machine read it again, perhaps because the listing was changed, and says yes. */
export function machineGrants(held: Case): CaseCommand {
  return {
    do: 'decide',
    by: { kind: 'machine', id: 'screening' },
    answers: answersTo(held, () => 'grant'),
    barred: {},
    undoFor: 0,
  }
}

function decision(held: Case, by: string, procedure: Procedure, chance: Chance): CaseCommand {
  const may = procedure.desks[held.desk]?.may ?? []
  const powers = (['grant', 'narrow', 'deny', 'deny'] as const).filter((power) =>
    may.includes(power),
  )
  const all = chance.pick(powers.length > 0 ? powers : (['deny'] as const))
  const answers = answersTo(held, () => (chance.onceIn(3) ? chance.pick(powers) : all) ?? all)
  return {
    do: 'decide',
    by: { kind: 'person', id: by },
    answers: chance.onceIn(12) ? answers.slice(1) : answers,
    barred: Object.fromEntries(held.objections.map(({ id }) => [id, barred])),
    undoFor: chance.onceIn(4) ? 0 : undoFor,
  }
}

function answersTo(held: Case, power: () => Answer['power']): Answer[] {
  return openObjections(held).map(({ id }) => ({
    objectionId: id,
    power: power(),
    reasons: 'It says so on the pack.',
  }))
}

function conclusion(by: string, chance: Chance): CaseCommand {
  const words = chance.pick(['cleared', 'acted'] as const)
  return { do: 'conclude', by, conclusion: words, reasons: 'As seen.', barred, undoFor }
}

/** Whoever holds it, or somebody who may still decide it. */
function colleague(held: Case, chance: Chance): string {
  if (held.heldBy !== null && !chance.onceIn(5)) return held.heldBy
  const free = staff.slice(2).filter((name) => !held.decidedBy.includes(name))
  return free.length === 0 || (isMatter(held) && chance.onceIn(2)) ? 'ana' : chance.pick(free)
}
