/** The code of a complaint: the mail's link brings it behind the #. */
import { keptCodes } from './kept-code.ts'

export const {
  codeOf: reportCode,
  keep: keepReportCode,
  forget: forgetReports,
} = keptCodes('recourse.complaint.')

/** The code that the address brought behind its #, which is then taken out of the address. */
export function takeCodeFromAddress(): string | null {
  const code = decodeURIComponent(window.location.hash.slice(1))
  if (!/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/i.test(code)) return null
  window.history.replaceState(
    window.history.state,
    '',
    window.location.pathname + window.location.search,
  )
  return code
}
