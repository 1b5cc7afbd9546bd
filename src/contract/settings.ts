/** What a seller's people choose themselves: the language of our notices, and whether a member hears of cases by mail. */
import { z } from 'zod'
import { Language } from '../core/language.ts'
import { route } from './problem.ts'

export const Settings = z.object({
  language: Language,
  mayChooseLanguage: z.boolean(),
  /** Whether who asks hears of cases by mail. */
  hears: z.boolean(),
  /** False for an owner: our notices go to their addresses whatever they choose. */
  mayChooseHearing: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

const tags = ['Seller']

export const getSettings = route
  .route({
    method: 'GET',
    path: '/v1/seller/settings',
    tags,
    summary: 'Read in which language we write, and whether one hears of cases by mail',
  })
  .input(z.object({}).optional())
  .output(Settings)

export const setLanguage = route
  .route({
    method: 'PUT',
    path: '/v1/seller/settings/language',
    tags,
    summary: 'Choose the language of our notices to the seller',
    description:
      'It counts before what the marketplace tells, and from the next notice on. What people write stays as they wrote it.',
  })
  .input(z.object({ language: Language }))
  .output(Settings)

export const setHearing = route
  .route({
    method: 'PUT',
    path: '/v1/seller/settings/hearing',
    tags,
    summary: 'Choose, as a member, whether to hear of cases by mail',
    description:
      'Statements, questions with a date, answers and outcomes of the matters that one was let into. An owner hears anyway.',
  })
  .input(z.object({ hears: z.boolean() }))
  .output(Settings)
