/** Mail that waits, over HTTP, for who says where it belongs. */
import type { HeldMail } from '../contract/mail.ts'
import { heldReasons, mailNumber } from '../core/mail.ts'
import {
  attachMail,
  openMail,
  readHeldMail,
  settleMail,
  type HeldMailView,
} from '../operations/mail-holding.ts'
import { on } from './context.ts'
import { fileView } from './measure-view.ts'
import { valueOf } from './problem.ts'

export const mailRoutes = {
  list: on.mail.list.handler(async ({ context: { door, who } }) => {
    const { held, settled, maySort, at } = valueOf(await readHeldMail(door.app, who))
    return {
      held: held.map(mailView),
      settled: settled.map(mailView),
      maySort,
      at: at.toISOString(),
    }
  }),
  attach: on.mail.attach.handler(async ({ input, context: { door, who } }) =>
    valueOf(await attachMail(door.app, who, input)),
  ),
  open: on.mail.open.handler(async ({ input, context: { door, who } }) =>
    valueOf(await openMail(door.app, who, input)),
  ),
  settle: on.mail.settle.handler(async ({ input, context: { door, who } }) =>
    valueOf(await settleMail(door.app, who, input)),
  ),
}

const unknown = { result: 'unchecked', spf: 'none', dkim: 'none', dmarc: 'none' } as const

function mailView({ mail, desk, raw, files, sellers, settledByName }: HeldMailView): HeldMail {
  return {
    id: mail.id,
    number: mailNumber(mail),
    arrivedAt: mail.arrivedAt.toISOString(),
    from: mail.fromAddress,
    envelopeFrom: mail.envelopeFrom,
    to: mail.entries.map(({ recipient }) => recipient),
    subject: mail.subject ?? '',
    words: mail.words ?? '',
    authentication: mail.authentication ?? unknown,
    because: mail.heldBecause === null ? '' : heldReasons[mail.heldBecause],
    desk,
    dueAt: mail.dueAt?.toISOString() ?? null,
    overdueSince: mail.overdueSince?.toISOString() ?? null,
    raw: raw && fileView(raw),
    files: files.map(fileView),
    leftIn: mail.leftIn,
    sellers: sellers.map(({ id, name }) => ({ id, name })),
    settled:
      mail.settledAt === null
        ? null
        : {
            by: settledByName ?? 'Somebody',
            at: mail.settledAt.toISOString(),
            caseId: mail.caseId,
            reason: mail.settlement,
          },
  }
}
