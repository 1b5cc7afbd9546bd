/** What a journey needs: the program as `npm start` runs it, a browser, people at it, and the API as anybody of the demo. */
import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { oneClick } from '../../src/cli/demo.ts'
import { createClient, type Client } from '../../src/contract/client.ts'
import { openBrowser, openPerson } from './browser.ts'
import { place, startProgram, type StartOptions } from './program.ts'

/** Begins it for a whole test file, and ends it after the last of its tests. Await it before the tests are named. */
export async function openJourney(options: Pick<StartOptions, 'env' | 'isFresh'> = {}) {
  const { data, ports, remove } = await place()
  const browser = await openBrowser()
  const program = await startProgram({ data, ports, ...options }).catch(async (error: unknown) => {
    await browser.close()
    await remove()
    throw error
  })
  afterAll(async () => {
    await browser.close()
    await program.stop()
    await remove()
  })
  /** Script errors and dialogs of everybody; a journey expects none. */
  const errors: string[] = []
  return {
    program,
    browser,
    errors,
    /** Somebody at a browser of their own. */
    person: (with_?: Parameters<Browser['newContext']>[0]) => openPerson(browser, errors, with_),
    /** The API as whoever has this role in the demo. */
    as: async (role: string): Promise<Client> => {
      const cookie = await oneClick(new URL(program.signIn(role)))
      const { recourse: url } = program
      return createClient({ url, headers: () => ({ cookie, origin: url }) })
    },
  }
}
