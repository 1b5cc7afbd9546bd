/** Templates of notices over HTTP, for staff to look at. */
import { listTemplates, readTemplate } from '../operations/template.ts'
import { on } from './context.ts'
import { valueOf } from './problem.ts'

export const templateRoutes = {
  list: on.templates.list.handler(({ context: { door, who } }) =>
    valueOf(listTemplates(door.app, who)),
  ),
  get: on.templates.get.handler(({ input, context: { door, who } }) => {
    const { kind, language } = input
    return {
      kind,
      examples: valueOf(readTemplate(door.app, who, input)).map(({ html: _, ...example }, at) => ({
        ...example,
        page: `/notice-templates/${kind}.${language}.${at}`,
      })),
    }
  }),
}
