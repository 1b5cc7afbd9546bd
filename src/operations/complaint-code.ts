/** The code that opens a complaint: worked out of its id by a secret of ours, so every receipt says the same and none is kept. */
import { createHmac } from 'node:crypto'
import { codeOf, hashOfCode, isCode } from './claim-code.ts'

/** The code of a complaint. */
export function complaintCode(secret: string, complaintId: string): string {
  const told = `recourse complaint code 1\n${complaintId}`
  return codeOf(createHmac('sha256', secret).update(told).digest())
}

/** Whether a code, however it was typed, opens this complaint. */
export function opensComplaint(secret: string, complaintId: string, code: string): boolean {
  return isCode(code, hashOfCode(complaintCode(secret, complaintId)))
}

/** The page of a complaint for its reporter; the code is behind the #, so no server's log has it. */
export function complaintAddress(
  { number, id }: { number: string; id: string },
  { publicUrl, secret }: { publicUrl: string; secret: string },
): string {
  return `${publicUrl.replace(/\/+$/, '')}/report/${number}#${complaintCode(secret, id)}`
}
