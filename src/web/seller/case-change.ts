/** A case that was changed here is shown at once, and everything that counts cases is asked again. */
import type { CaseForSeller } from '../../contract/case.ts'
import { query, queryClient } from '../api.ts'

/** Puts the answer of a command where the case's page reads it. */
export function showCase(matter: CaseForSeller): void {
  queryClient.setQueryData(query.seller.getCase.queryKey({ input: { caseId: matter.id } }), matter)
  void queryClient.invalidateQueries()
  window.scrollTo({ top: 0 })
}
