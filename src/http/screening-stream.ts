/** The stream of listings to screen: NDJSON in, the verdict of each line out, in order; nothing is kept. */
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { explanations, type ScreeningStream } from '../operations/screening-stream.ts'
import type { Who } from '../operations/who.ts'
import type { Door } from './door.ts'
import { openLineAnswers } from './line-answers.ts'
import { issuesOf, refuseRequest, valueOf } from './problem.ts'

/** A thread is handed up to so many bytes at once: much, so that little is spent on handing over; not so much that others wait. */
const largestBlock = 256 * 1024

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
    await stream.screen(gatherBytes(body), {
      explanation: query.data.explain,
      async answer({ output, outcomes, unread }, { bytes }) {
        metrics.count({ outcomes, unread, bytes: bytes.length })
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

/** All that has come by now, as one chunk; what has not come is not waited for. */
async function* gatherBytes(body: Readable): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]() as AsyncIterator<Buffer> // a body without encoding yields buffers
  const take = () => {
    const next = source.next()
    next.catch(() => undefined) // heard when it is awaited
    return next
  }
  let next = take()
  for (;;) {
    const result = await next
    if (result.done) return
    const parts = [result.value]
    let size = result.value.length
    next = take()
    while (size < largestBlock) {
      // What failed or ended is met above, after what came before it.
      const more = await Promise.race([next.catch(() => null), turn()])
      if (more === null || more.done) break
      parts.push(more.value)
      size += more.value.length
      next = take()
    }
    yield parts.length > 1 ? Buffer.concat(parts, size) : result.value
  }
}

/** One turn of the event loop, in which whatever has arrived is read. */
function turn(): Promise<null> {
  return new Promise((resolve) => setImmediate(resolve, null))
}
