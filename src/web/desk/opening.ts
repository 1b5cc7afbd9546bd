/** Opening a case is meant to hold it; moving over it with J and K is not. This remembers which was meant. */

let meant: string | null = null

/** Says that the case about to be shown was opened to be worked on. */
export function meanToHold(caseId: string): void {
  meant = caseId
}

/** Whether this case was opened to be worked on; answers yes once. */
export function wasMeantToHold(caseId: string): boolean {
  if (meant !== caseId) return false
  meant = null
  return true
}
