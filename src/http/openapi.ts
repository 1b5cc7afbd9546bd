/** The OpenAPI document is written from the contract; only what the contract cannot say is added here. */
import { OpenAPIGenerator, type OpenAPI } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from '../contract/contract.ts'
import { Problem } from '../contract/problem.ts'
import { explanations } from '../operations/screening-stream.ts'
import { figureTablePath } from './figure-table.ts'

const streams = [
  '/v1/sellers',
  '/v1/contacts',
  '/v1/listings',
  '/v1/orders',
  '/v1/balances',
  '/v1/complaints',
  '/v1/security-events',
]

/** Writes the document for a server at this address. */
export async function describeApi({
  publicUrl,
  marketplace,
}: {
  publicUrl: string
  marketplace: string
}): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    info: {
      title: `Recourse of ${marketplace}`,
      version: '1',
      description:
        'Facts in, decisions and statements out, and every seller’s way back to a person. Noes are problems of RFC 9457.',
    },
    servers: [{ url: publicUrl }],
    components: {
      securitySchemes: {
        marketplaceKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'A key made by `recourse key`.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'recourse.session_token',
          description: 'A signed-in person.',
        },
        link: {
          type: 'apiKey',
          in: 'header',
          name: 'x-recourse-link',
          description: 'The token of a link in a notice.',
        },
        claimCode: {
          type: 'apiKey',
          in: 'header',
          name: 'x-recourse-code',
          description: 'The code that opens a claim on an account, or a complaint.',
        },
      },
    },
    security: [{ marketplaceKey: [] }, { session: [] }, { link: [] }],
    customErrorResponseBodySchema: problemSchema(),
  })
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    // Nobody signs in to get back in or to complain: what has a number is opened by its code.
    if (/^\/v1\/(?:claims|recovery|reports)\b/.test(path))
      for (const operation of [item?.get, item?.post])
        if (operation) operation.security = path.includes('{number}') ? [{ claimCode: [] }] : []
    // What is for anybody needs nothing to come in by.
    if (item?.get?.tags?.includes('Public')) item.get.security = []
    for (const operation of [item?.get, item?.post, item?.put, item?.delete])
      if (operation) complete(path, operation)
  }
  const paths = document.paths ?? {}
  paths['/v1/export'] = exportPath
  paths['/v1/figures.csv'] = figureTablePath
  const screenings = paths['/v1/screenings']?.post
  if (screenings) addStream(screenings)
  return { ...document, paths }
}

function problemSchema() {
  const [, schema] = new ZodToJsonSchemaConverter().convert(Problem, { strategy: 'output' })
  return schema
}

function complete(path: string, operation: OpenAPI.OperationObject): void {
  const { responses = {}, requestBody } = operation
  for (const [status, response] of Object.entries(responses)) {
    // Noes have a media type of their own, which the generator does not know.
    if (Number(status) < 400 || !('content' in response) || !response.content?.['application/json'])
      continue
    response.content = { 'application/problem+json': response.content['application/json'] }
  }
  if (streams.includes(path) && requestBody && 'content' in requestBody) {
    requestBody.content['application/x-ndjson'] = {
      schema: {
        type: 'string',
        description:
          'One such object per line, of at most 4 MiB. Answered line by line, in order, each after it is stored.',
      },
    }
  }
}

/** Beside the one listing as JSON: what a whole catalogue is asked and answered as. */
function addStream(operation: OpenAPI.OperationObject): void {
  const { requestBody, responses = {} } = operation
  const [body, answer] = [requestBody, responses['200']]
  if (!body || !('content' in body) || !answer || !('content' in answer)) return
  operation.parameters = [
    ...(operation.parameters ?? []),
    {
      name: 'explain',
      in: 'query',
      description:
        'For application/x-ndjson: all terms of a finding’s sum, the 8 strongest and one for the rest, or none.',
      schema: { enum: [...explanations], default: 'full' },
    },
  ]
  body.content['application/x-ndjson'] = {
    schema: {
      type: 'string',
      description:
        'One listing per line, of at most 4 MiB, plain or as gzip; for the marketplace and staff. `id` and `title` are required, other keys than those of a listing are ignored.',
    },
  }
  answer.headers = {
    'recourse-policies': {
      description:
        'For application/x-ndjson: the policies that judge, as `pesticide/2, ppe/3`. They stay the same until the stream ends.',
      schema: { type: 'string' },
    },
  }
  answer.content = {
    ...answer.content,
    'application/x-ndjson': {
      schema: {
        type: 'string',
        description:
          'For each line, in order and while more may still be sent, the verdict as `recourse screen` gives it. What cannot be read is answered with `{"line":17,"error":{"type","detail"}}` in its place. A last line `{"error":…}` without a number, with a problem, says that the stream broke off; what came before it holds.',
      },
    },
  }
}

const exportPath: OpenAPI.PathItemObject = {
  get: {
    operationId: 'seller.export',
    tags: ['Seller'],
    summary: 'Download the whole own file',
    description:
      'Seller, contacts, balance, every version of every listing, measures with their statements, cases with threads, names of files, and orders, as one JSON object whose last key is `complete`. Each entry stands on a line of its own; the header `recourse-entries` says how many there are. By link only with that of the measure that keeps sign-in shut.',
    responses: {
      '200': { description: 'The file', content: { 'application/json': {} } },
      '403': { description: 'A problem: sign_in_instead, account_secured or link_of_other_matter' },
    },
  },
}
