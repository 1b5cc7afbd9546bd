/** Settings of a seller's people over HTTP. */
import type { Settings } from '../contract/settings.ts'
import { readSettings, setHearing, setLanguage } from '../operations/settings.ts'
import { on, type Context } from './context.ts'
import { valueOf } from './problem.ts'

export const settingsRoutes = {
  getSettings: on.seller.getSettings.handler(({ context }) => settingsIn(context)),
  setLanguage: on.seller.setLanguage.handler(async ({ input, context }) => {
    valueOf(await setLanguage(context.door.app, context.who, input.language))
    return settingsIn(context)
  }),
  setHearing: on.seller.setHearing.handler(async ({ input, context }) => {
    valueOf(await setHearing(context.door.app, context.who, input.hears))
    return settingsIn(context)
  }),
}

async function settingsIn({ door, who }: Context): Promise<Settings> {
  return valueOf(await readSettings(door.app, who))
}
