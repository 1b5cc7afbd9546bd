/** Templates: every notice as its readers get it, with values that are made up. */
import { z } from 'zod'
import { Language } from '../core/language.ts'
import { noticeKinds } from '../core/notice.ts'
import { route } from './problem.ts'

export const NoticeTemplate = z.object({
  kind: z.enum(noticeKinds),
  name: z.string(),
  /** How many examples there are of it. */
  examples: z.int(),
})

export const TemplateExample = z.object({
  /** What this one shows beside others of its kind; empty where it is the only one. */
  about: z.string(),
  /** The language of its words: who is no seller reads English. */
  language: Language,
  subject: z.string(),
  text: z.string(),
  /** Where the mail stands as HTML, for a frame: it runs nothing and loads nothing. */
  page: z.string(),
})
export type TemplateExample = z.infer<typeof TemplateExample>

const tags = ['Desk']

export const listTemplates = route
  .route({ method: 'GET', path: '/v1/notice-templates', tags, summary: 'List the kinds of notice' })
  .input(z.object({}).optional())
  .output(
    z.object({
      templates: z.array(NoticeTemplate),
      languages: z.array(z.object({ language: Language, name: z.string() })),
    }),
  )

export const getTemplate = route
  .route({
    method: 'GET',
    path: '/v1/notice-templates/{kind}',
    tags,
    summary: 'Read a kind of notice as the mail looks',
    description: 'In one language, with values that are made up. Nothing is sent.',
  })
  .input(z.object({ kind: z.enum(noticeKinds), language: Language.default('en') }))
  .output(z.object({ kind: z.enum(noticeKinds), examples: z.array(TemplateExample) }))
