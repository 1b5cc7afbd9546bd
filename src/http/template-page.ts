/** The HTML of an example mail is a page of its own that runs nothing, shown in a frame. */
import type { FastifyInstance } from 'fastify'
import { Language } from '../core/language.ts'
import { noticeKinds, type NoticeKind } from '../core/notice.ts'
import { readTemplate } from '../operations/template.ts'
import type { Api } from './api.ts'
import type { Door } from './door.ts'
import { sendPage } from './pages.ts'
import { refuseRequest, valueOf } from './problem.ts'

/** What a mail may do in its frame: look as it does, and nothing else. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"

/** Adds the pages of the mails. */
export function serveTemplates(server: FastifyInstance, door: Door, api: Api): void {
  server.get<{ Params: { example: string } }>(
    '/notice-templates/:example',
    { config: { command: 'templates.frame' } },
    async (request, reply) => {
      const { who } = await api.ask(request, reply)
      const named = read(request.params.example)
      const examples = valueOf(readTemplate(door.app, who, named, 'templates.frame'))
      const example = examples[named.at] ?? refuseRequest('not_found')
      return sendPage(reply, example.html, { policy })
    },
  )
}

/** "statement.de.0": the kind, the language, and which of its examples; what is none is the first of all. */
function read(example: string): { kind: NoticeKind; language: Language; at: number } {
  const [kind, language, at] = example.split('.')
  return {
    kind: noticeKinds.find((one) => one === kind) ?? noticeKinds[0],
    language: Language.catch('en').parse(language),
    at: Number(at),
  }
}
