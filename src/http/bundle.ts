/** The bundle of a case over HTTP: an archive with a page to read it by, the same as data, statements as documents, and every file. */
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { bundleName } from '../core/bundle.ts'
import { openBundle, type Bundle } from '../operations/bundle.ts'
import { makeStatementDocument } from '../operations/statement-document.ts'
import type { Api } from './api.ts'
import { bundleData, bundleIndex, type BundleContents } from './bundle-index.ts'
import type { Door } from './door.ts'
import { atPace, paceKey } from './pace.ts'
import { RefusalError, refuseRequest } from './problem.ts'
import { isReadable } from './readable.ts'
import { zipOf, type ZipEntry } from './zip.ts'

/** Adds the way out for it. */
export function serveBundle(server: FastifyInstance, door: Door, api: Api): void {
  server.get<{ Params: { caseId: string }; Querystring: { letter?: string } }>(
    '/v1/desk/cases/:caseId/bundle',
    { config: { command: 'letters.bundle' } },
    async (request, reply) => {
      const { who } = await api.ask(request, reply)
      const { caseId } = request.params
      const { letter = null } = request.query
      if (!isReadable(caseId) || (letter !== null && !isReadable(letter)))
        refuseRequest('not_found')
      const bundle = await atPace(door.pace, paceKey(who, request.ip), () =>
        openBundle(door.app, who, { caseId, letterId: letter }),
      )
      if (!bundle.ok) throw new RefusalError(bundle)
      return reply
        .headers({
          'content-type': 'application/zip',
          'content-disposition': `attachment; filename="${bundle.number}-${bundle.fingerprint.slice(0, 8)}.zip"`,
          'cache-control': 'private, no-store',
          'recourse-fingerprint': bundle.fingerprint,
        })
        .send(Readable.from(zipOf(entriesOf(bundle, door))))
    },
  )
}

/** What is in it, in order; each is made when it is its turn. */
async function* entriesOf(bundle: Bundle, door: Door): AsyncGenerator<ZipEntry> {
  const { view, files } = bundle
  const measures = [...view.measures.values()].sort((a, b) => a.decision.number - b.decision.number)
  const contents: BundleContents = {
    statements: measures.map(({ statement }) => ({
      path: `statements/${bundleName(statement.number, 'application/pdf', statementPlace(statement.number))}`,
      number: statement.number,
    })),
    files: files.map((file, place) => ({
      path: `files/${bundleName(file.name, file.mediaType, place + 1)}`,
      file,
    })),
  }
  const { app, config } = door
  yield text('index.html', bundleIndex(bundle, contents, app))
  yield text('case.json', JSON.stringify(bundleData(bundle, contents), null, 2))
  for (const [place, { statement, decision }] of measures.entries()) {
    const document = await makeStatementDocument(statement, {
      marketplace: app.marketplace,
      timeZone: app.timeZone,
      address: `${config.publicUrl.replace(/\/+$/, '')}/measures/${encodeURIComponent(decision.id)}`,
    })
    yield { name: contents.statements[place]?.path ?? '', bytes: document.bytes, isPacked: true }
  }
  for (const { path, file } of contents.files)
    yield { name: path, bytes: await bundle.read(file.id), isPacked: !path.endsWith('.bin') }
}

function statementPlace(number: string): number {
  return Number(number.replace(/\D/g, '')) || 0
}

function text(name: string, words: string): ZipEntry {
  return { name, bytes: Buffer.from(words, 'utf8'), isPacked: false }
}
