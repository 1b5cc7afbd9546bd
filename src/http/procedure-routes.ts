/** What the studio does with procedures over HTTP, and the promises for anybody. */
import { adoptVersion, checkText, listProcedures, readVersion } from '../operations/procedure.ts'
import { readPromises } from '../operations/promises.ts'
import { on } from './context.ts'
import { valueOf } from './problem.ts'
import { proceduresView, promisesView } from './procedure-view.ts'

export const procedureRoutes = {
  list: on.procedures.list.handler(async ({ context: { door, who } }) =>
    proceduresView(valueOf(await listProcedures(door.app, who))),
  ),
  get: on.procedures.get.handler(async ({ input, context: { door, who } }) =>
    valueOf(await readVersion(door.app, who, input.id)),
  ),
  check: on.procedures.check.handler(({ input, context: { door, who } }) =>
    valueOf(checkText(door.app, who, input.source)),
  ),
  adopt: on.procedures.adopt.handler(async ({ input, context: { door, who } }) =>
    valueOf(await adoptVersion(door.app, who, input)),
  ),
  getPromises: on.procedures.getPromises.handler(async ({ context: { door } }) =>
    promisesView(await readPromises(door.app)),
  ),
}
