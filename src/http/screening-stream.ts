/** The stream of listings to screen: NDJSON in, the verdict of each line out, in order; nothing is kept. */
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { explanations, type ScreeningStream } from '../operations/screening-stream.ts'
import type { Who } from '../operations/who.ts'
import type { Door } from './door.ts'
import { openLineAnswers } from './line-answers.ts'
import { issuesOf, refuseRequest, valueOf } from './problem.ts'

/** Clients take no more than some kilobytes of headers. */
const longestHeader = 4096

const Query = z.object({ explain: z.enum(explanations).default('full') })

/** Screens a body as it comes in, until it ends or its caller goes. */
export async function answerScreenings(
  door: Door,
  { who, request, reply }: { who: Who; request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  request.routeName = 'screenings.stream'
  const query = Query.safeParse(request.query)
  if (!query.success) refuseRequest('invalid_request', undefined, issuesOf(query.error.issues))
  using stream = valueOf(await door.config.screening.openStream(who))
  const answers = openLineAnswers(
    door,
    { request, reply },
    { 'recourse-policies': nameJudges(stream) },
  )
  const metrics = door.metrics.screening()
  const body = request.body as Readable // the parser of NDJSON hands the stream on
  try {
    await stream.screen(bytesOf(body), {
      explanation: query.data.explain,
      async answer({ output, outcomes, unread }, bytes) {
        metrics.count({ outcomes, unread, bytes })
        await answers.write(output)
        return answers.isOpen
      },
    })
    answers.end()
  } catch (cause) {
    answers.breakOff(cause, { doing: 'a stream of listings to screen' })
  } finally {
    metrics.end()
  }
}

/** Each policy with its version, as `masks/3, ppe/2`. */
function nameJudges({ policies }: ScreeningStream): string {
  let names = ''
  for (const [index, { policy, version }] of policies.entries()) {
    const longer = `${names}${index > 0 ? ', ' : ''}${policy}/${version}`
    if (longer.length > longestHeader) return `${names}, and ${policies.length - index} more`
    names = longer
  }
  return names
}

/** The bytes of a body, which is left open where no more of it is wanted: its answer is still to go out. */
async function* bytesOf(body: Readable): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]() as AsyncIterator<Buffer> // a body without encoding yields buffers
  for (;;) {
    const next = await source.next()
    if (next.done) return
    yield next.value
  }
}
