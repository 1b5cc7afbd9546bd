/** What became of the notices of a matter: which went out, at which addresses, and when they go out again. */
import type { NoticeReach } from '../core/sending.ts'
import type { Tx } from '../store/db.ts'
import { sentNotices, type SentNotice } from '../store/notice.ts'
import { sendingsOf, type Sending } from '../store/sending.ts'

export interface SentNoticeView extends SentNotice {
  reach: NoticeReach
  /** Masked addresses for whoever may not know them. */
  sendings: Sending[]
}

/** Reads them behind the wall of who asks, the newest first. */
export async function readSentNotices(
  tx: Tx,
  about: { decisionId: string } | { caseId: string },
): Promise<SentNoticeView[]> {
  const notices = await sentNotices(tx, about)
  const sendings = await sendingsOf(
    tx,
    notices.map(({ id }) => id),
  )
  return notices.map((notice) => ({
    ...notice,
    reach: reachOf(notice),
    sendings: sendings.get(notice.id) ?? [],
  }))
}

function reachOf({ state }: SentNotice): NoticeReach {
  switch (state) {
    case 'queued':
      return 'on-its-way'
    case 'sent':
      return 'told'
    case 'waiting':
      return 'unreached'
  }
}
