/** Macros over HTTP: what the desks have prepared, and how it reads for a case. */
import { macroFields } from '../core/macro.ts'
import { addMacro, changeMacro, fillMacros, readMacros, removeMacro } from '../operations/macro.ts'
import { on } from './context.ts'
import { at } from './measure-view.ts'
import { valueOf } from './problem.ts'

export const macroRoutes = {
  list: on.macros.list.handler(async ({ context: { door, who } }) => {
    const { macros, desks } = valueOf(await readMacros(door.app, who))
    return {
      macros: macros.map(({ madeByName, madeAt, ...macro }) => ({
        ...macro,
        madeBy: madeByName,
        madeAt: at(madeAt),
      })),
      desks,
      fields: Object.entries(macroFields).map(([field, says]) => ({ field, says })),
      now: at(door.app.now()),
    }
  }),
  fill: on.macros.fill.handler(async ({ input, context: { door, who } }) => ({
    macros: valueOf(await fillMacros(door.app, who, input.caseId)).map(
      ({ id, use, name, text, lacking }) => ({ id, use, name, text, lacking }),
    ),
  })),
  add: on.macros.add.handler(async ({ input, context: { door, who } }) =>
    valueOf(await addMacro(door.app, who, input)),
  ),
  change: on.macros.change.handler(async ({ input, context: { door, who } }) =>
    valueOf(await changeMacro(door.app, who, input)),
  ),
  remove: on.macros.remove.handler(async ({ input, context: { door, who } }) =>
    valueOf(await removeMacro(door.app, who, input.macroId)),
  ),
}
