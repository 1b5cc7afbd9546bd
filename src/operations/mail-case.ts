/** What a mail leaves in a case: that it stands there, and the files that it brought. */
import type { Case } from '../core/case.ts'
import type { Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import { filesOfCase, giveFiles } from '../store/file.ts'
import type { Mail } from '../store/mail.ts'
import type { App } from './app.ts'

/** How many files a case takes. */
const mostFiles = 20

/** Puts on record that a mail stands beside a case: by whom, from whom, and what it says. */
export async function recordMailed(
  app: App,
  tx: Tx,
  { id, sellerId }: Case,
  {
    by,
    mailId,
    ...said
  }: { by: string | null; mailId: string; from?: string; text?: string; address?: string },
): Promise<void> {
  const detail = { mail: mailId, ...said }
  await recordEvents(tx, [
    { at: app.now(), kind: 'case.mailed', sellerId, caseId: id, decisionId: null, by, detail },
  ])
}

/** Gives a case the files of its mail, as many as it has room for; the rest stay in the message. */
export async function giveMailFiles(
  tx: Tx,
  { fileIds }: Pick<Mail, 'fileIds'>,
  to: { caseId: string; sellerId: string | null },
): Promise<void> {
  const room = Math.max(0, mostFiles - (await filesOfCase(tx, to.caseId)).length)
  await giveFiles(tx, { ids: fileIds.slice(0, room), ...to })
}
