/** Notices as they cross the wire: what became of each at each address. */
import type { NoticeForReader, SendingForReader } from '../contract/notice.ts'
import { sendingState } from '../core/sending.ts'
import type { SentNoticeView } from '../operations/sent-notice.ts'

/** A notice that went out or is going out. */
export function sentNoticeView(notice: SentNoticeView): NoticeForReader {
  const { id, kind, subject, createdAt, reach, sentAt, nextAt, sendings } = notice
  return {
    id,
    kind,
    subject,
    at: createdAt.toISOString(),
    reach,
    toldAt: sentAt && sentAt.toISOString(),
    nextAt: nextAt && nextAt.toISOString(),
    sendings: sendings.map(sendingView),
  }
}

function sendingView(sending: SentNoticeView['sendings'][number]): SendingForReader {
  const { address, isMember, acceptedAt, bouncedAt, triedAt, nextAt, diagnosis } = sending
  const state = sendingState(sending)
  return {
    address,
    isMember,
    state,
    at: (state === 'delivered' ? (acceptedAt ?? triedAt) : (bouncedAt ?? triedAt)).toISOString(),
    why: state === 'delivered' ? null : diagnosis,
    nextAt: nextAt && nextAt.toISOString(),
  }
}
