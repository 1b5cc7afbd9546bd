/** The documentation page is drawn from the OpenAPI document, without scripts or anything from elsewhere. */
import type { OpenAPI } from '@orpc/openapi'
import type { FastifyInstance } from 'fastify'
import { refusals, type Refusal } from '../core/refusal.ts'
import type { Door } from './door.ts'
import { html, pageOf, type Html } from './html.ts'
import { describeApi } from './openapi.ts'
import { sendPage } from './pages.ts'
import { refuseRequest } from './problem.ts'

/** Adds the document, its page, and a page for each refusal. */
export function serveDocs(server: FastifyInstance, { app, config }: Door): void {
  const { publicUrl } = config
  // It is long, and few ask for it: drawn when somebody does, and not at every start.
  let drawn: Promise<{ document: string; page: string }> | undefined
  const draw = async () => {
    const document = await describeApi({ publicUrl, marketplace: app.marketplace })
    return { document: JSON.stringify(document), page: drawDocs(document, publicUrl) }
  }
  const docs = { config: { command: 'docs.read' as const } }
  server.get('/openapi.json', docs, async (_request, reply) =>
    reply.type('application/json').send((await (drawn ??= draw())).document),
  )
  server.get('/docs', docs, async (_request, reply) =>
    sendPage(reply, (await (drawn ??= draw())).page),
  )
  server.get<{ Params: { name: string } }>('/problems/:name', docs, (request, reply) => {
    const { name } = request.params
    const explained = explain(name)
    if (explained === null) refuseRequest('not_found')
    return sendPage(reply, explained)
  })
}

function explain(name: string): string | null {
  if (name === 'unexpected') {
    return pageOf({
      title: 'unexpected',
      body: html`<h1>Something broke on our side.</h1>
        <p>
          Nothing half-done remains: a change is stored whole or not at all. Try again in a moment;
          with the same <code>Idempotency-Key</code> nothing happens twice.
        </p>
        <p class="second">Answered with status 500. <a href="/docs">The API</a></p>`,
    })
  }
  if (!Object.hasOwn(refusals, name)) return null
  const { words, status } = refusals[name as Refusal] // it has this name itself
  return pageOf({
    title: name,
    body: html`<h1>${words}</h1>
      <p>
        The refusal <code>${name}</code>, answered with status ${status}. Its <code>detail</code>,
        where there is one, says what exactly.
      </p>
      <p class="second"><a href="/docs">The API</a></p>`,
  })
}

/** Draws the whole page. */
export function drawDocs(document: OpenAPI.Document, publicUrl: string): string {
  const operations = operationsOf(document)
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'Other'))]
  const body = html`<h1>${document.info.title}: the API.</h1>
    <p>${document.info.description ?? ''}</p>
    <p>
      As a document: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1). JSON is in camelCase;
      a <code>POST</code> takes an <code>Idempotency-Key</code>, so that telling it twice has one
      effect.
    </p>
    <pre><code>curl ${publicUrl}/v1/listings -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"id":"L1","sellerId":"S1","title":"Clay face mask"}'

# a whole catalogue: one listing per line, one answer per line
curl ${publicUrl}/v1/listings -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/x-ndjson" --data-binary @listings.ndjson

# what the policies would say of it, at the speed of all cores; nothing is stored
curl "${publicUrl}/v1/screenings?explain=short" -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/x-ndjson" -T listings.ndjson -X POST</code></pre>
    <nav aria-label="Parts">
      ${tags.map((tag) => html`<p><a href="#${tag}">${tag}</a> <span class="second">${operations.filter(({ operation }) => operation.tags?.[0] === tag).length} routes</span></p>`)}
    </nav>
    ${tags.map(
      (tag) =>
        html`<section>
          <h2 id="${tag}">${tag}</h2>
          ${operations.filter(({ operation }) => operation.tags?.[0] === tag).map(drawOperation)}
        </section>`,
    )}
    <section>
      <h2 id="noes">Every no</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Refusal</th>
            <th scope="col">Status</th>
            <th scope="col">In words</th>
          </tr>
        </thead>
        <tbody>
          ${Object.entries(refusals).map(
            ([name, { status, words }]) =>
              html`<tr>
                <td>
                  <a href="/problems/${name}"><code>${name}</code></a>
                </td>
                <td>${status}</td>
                <td>${words}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`
  return pageOf({ title: document.info.title, body })
}

interface Operation {
  method: string
  path: string
  operation: OpenAPI.OperationObject
}

function operationsOf({ paths = {} }: OpenAPI.Document): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'delete'] as const).flatMap((method) => {
      const operation = item?.[method]
      return operation ? [{ method: method.toUpperCase(), path, operation }] : []
    }),
  )
}

function drawOperation({ method, path, operation }: Operation): Html {
  const body =
    operation.requestBody && 'content' in operation.requestBody ? operation.requestBody : null
  return html`<h3>${operation.summary ?? path}</h3>
    <p><code>${method} ${path}</code></p>
    ${operation.description ? html`<p>${operation.description}</p>` : ''}
    ${(operation.parameters ?? []).length > 0 ? html`<p class="second">Takes ${(operation.parameters ?? []).map((parameter, index) => ('name' in parameter ? html`${index > 0 ? ', ' : ''}<code>${parameter.name}</code> in the ${parameter.in}` : ''))}.</p>` : ''}
    ${Object.entries(body?.content ?? {}).map(([type, { schema }]) => drawSchema(`Body, ${type}`, schema))}
    ${Object.entries(operation.responses ?? {}).map(([status, response]) => drawResponse(status, response))}`
}

function drawResponse(
  status: string,
  response: OpenAPI.ResponseObject | OpenAPI.ReferenceObject,
): Html {
  if (!('content' in response)) return html``
  if (Number(status) >= 400) return html``
  return html`${Object.entries(response.content ?? {}).map(([type, { schema }]) => drawSchema(`Answer ${status}, ${type}`, schema))}`
}

function drawSchema(title: string, schema: unknown): Html {
  return html`<details>
    <summary>${title}</summary>
    <pre><code>${JSON.stringify(schema, null, 2)}</code></pre>
  </details>`
}
