/** The public door for complaints over HTTP: paced, never shut, and opened again by number and code. */
import { complaintNumber } from '../core/complaint.ts'
import { complaintCode } from '../operations/complaint-code.ts'
import { fileReport, ipPrefixOf } from '../operations/complaint.ts'
import {
  addReportFile,
  contestReport,
  readPlace,
  readReport,
  type ReportKey,
} from '../operations/report.ts'
import type { Result } from '../operations/result.ts'
import { reportView } from './complaint-view.ts'
import { on, type Context } from './context.ts'
import { valueOf } from './problem.ts'
import { wait } from './slow-lane.ts'
import { readUpload } from './upload.ts'

export const reportRoutes = {
  getPlace: on.report.getPlace.handler(async ({ input, context }) => {
    const { door, who, ip } = context
    return valueOf(
      await door.pace.turns.take(`from ${ip}`, () => readPlace(door.app, who, input.where)),
    )
  }),
  file: on.report.file.handler(async ({ input, context }) => {
    const { door, who, ip, idempotency } = context
    const { app, config, slow } = door
    const now = app.now()
    // A flood slows itself down, by place and by address; nobody is turned away.
    await wait(
      Math.max(
        slow.reports.enter(`from ${ip}`, now),
        slow.reports.enter(`to ${input.address.toLowerCase()}`, now),
      ),
    )
    const { complaint, isNew } = valueOf(
      await door.pace.turns.take(`from ${ip}`, () =>
        fileReport(app, who, { ...input, ipPrefix: ipPrefixOf(ip) }, idempotency),
      ),
    )
    const number = complaintNumber(complaint)
    // Whoever knows the words of another's complaint does not get what opens it.
    if (!isNew) return { number, isNew, code: null, complaint: null }
    const code = complaintCode(config.secret, complaint.id)
    return { number, isNew, code, complaint: await read(context, { number, code }) }
  }),
  get: on.report.get.handler(async ({ input, context }) =>
    read(context, { number: input.number, code: codeIn(context) }),
  ),
  addFile: on.report.addFile.handler(async ({ input, context }) => {
    const file = await readUpload(input.file)
    return opened(context, keyOf(context, input.number), (key) =>
      addReportFile(context.door.app, { ...key, file }),
    )
  }),
  contest: on.report.contest.handler(async ({ input, context }) => {
    const { number, text } = input
    await opened(context, keyOf(context, number), (key) =>
      contestReport(context.door.app, { ...key, text }, context.idempotency),
    )
    return read(context, { number, code: codeIn(context) })
  }),
}

async function read(context: Context, { number, code }: { number: string; code: string }) {
  const { app } = context.door
  const view = await opened(context, { ...keyOf(context, number), code }, (key) =>
    readReport(app, key),
  )
  return reportView(view, app.now())
}

function codeIn({ header }: Context): string {
  return (header('x-recourse-code') ?? '').slice(0, 200)
}

function keyOf(context: Context, number: string): ReportKey {
  const { secret } = context.door.config
  return { number: Number(number.slice(2)), code: codeIn(context), secret }
}

/** Does something with a complaint that a code opens. Wrong codes from one place make the next one there wait, and lock nothing. */
async function opened<T>(
  { door: { app, slow }, ip }: Context,
  key: ReportKey,
  work: (key: ReportKey) => Promise<Result<T>>,
): Promise<T> {
  const place = `${ip} K-${key.number}`
  await wait(slow.codes.enter(place, app.now()))
  const result = await work(key)
  if (result.ok || result.refusal !== 'complaint_not_opened') slow.codes.clear(place)
  return valueOf(result)
}
