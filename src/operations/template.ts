/** Templates: what every kind of notice looks like as mail, before anybody gets one. */
import { languageNames, languages, type Language } from '../core/language.ts'
import { noticeKinds, noticeNames, type NoticeKind } from '../core/notice.ts'
import { samplesOf } from '../core/notice-sample.ts'
import type { App } from './app.ts'
import { composeMail } from './mail-message.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

/** The kinds of notice, each with how many examples there are, and the languages. */
export function listTemplates(app: App, who: Who) {
  const may = permit(app, who, 'templates.list')
  if (!may.ok) return may
  const samples = samplesOf('en')
  return done({
    templates: noticeKinds.map((kind) => ({
      kind,
      name: noticeNames[kind],
      examples: samples.filter((sample) => sample.kind === kind).length,
    })),
    languages: languages.map((language) => ({ language, name: languageNames[language] })),
  })
}

export interface TemplateExample {
  about: string
  language: Language
  subject: string
  text: string
  html: string
}

/** The examples of one kind, composed as the carrier composes mail. */
export function readTemplate(
  app: App,
  who: Who,
  { kind, language }: { kind: NoticeKind; language: Language },
  by: 'templates.get' | 'templates.frame' = 'templates.get',
): Result<TemplateExample[]> {
  const may = permit(app, who, by)
  if (!may.ok) return may
  const letterhead = { marketplace: app.marketplace, host: 'marketplace.example' }
  const examples = samplesOf(language).filter((sample) => sample.kind === kind)
  return done(
    examples.map(({ about, reader, worded: { subject, body } }) => {
      const address = body.link === null ? null : 'https://marketplace.example/link/example'
      const to = 'reader@marketplace.example'
      const mail = composeMail({ id: 'example', to, subject, body, address }, letterhead)
      return {
        about,
        language: reader === 'seller' ? language : 'en',
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
      }
    }),
  )
}
