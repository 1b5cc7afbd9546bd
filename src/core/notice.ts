/** A notice is a message from us to a seller (or our officer) about a statement, case or deadline. */
import type { Statement, StatementSection } from './statement.ts'

export type NoticeKind =
  | 'statement'
  | 'appeal-received'
  | 'handed-over'
  | 'outcome'
  | 'lifted'
  | 'restored'
  | 'not-yet-back'
  | 'overdue'

/** What a notice says; the carrier adds the signed link and sets it as text and HTML. */
export interface NoticeBody {
  opening: string
  sections: StatementSection[]
  /** The statement it carries, so that mail shows the same matched words as the page. */
  statement: Statement | null
  /** The matter its link opens, and what the link says; null for notices to our own officer. */
  link: { label: string; decisionId: string | null; caseId: string | null } | null
}
