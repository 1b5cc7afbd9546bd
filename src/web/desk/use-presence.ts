/** Says every three seconds that one looks at a case, or writes there, and hears who else does. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Presences } from '../../contract/note.ts'
import { permissions } from '../../core/permission.ts'
import { api } from '../api.ts'
import { useMe } from '../session.ts'

const often = 3_000
/** How long after the last key somebody still counts as writing. */
const pause = 8_000

const nobody: Presences['others'] = []
/** As the table of permissions has it: whoever only reads is not there to collide with. */
const shows: readonly string[] = permissions['desk.showPresence'].by

/** While the page is in front; whoever leaves is gone at once, or after ten seconds where the page was shut. */
export function usePresence(caseId: string): Presences['others'] {
  const me = useMe().data?.me
  const mayShow = me?.kind === 'staff' && me.roles.some((role) => shows.includes(role))
  const isWriting = useIsWriting(caseId)
  const found = useQuery({
    queryKey: ['desk', 'presence', caseId, isWriting],
    queryFn: () => api.desk.showPresence({ caseId, doing: isWriting ? 'writing' : 'looking' }),
    enabled: mayShow,
    refetchInterval: often,
    staleTime: 0,
    placeholderData: (before, query) => (query?.queryKey[2] === caseId ? before : undefined),
  })
  useEffect(() => {
    if (!mayShow) return
    return () => {
      // Should it not arrive, ten seconds do the same.
      api.desk.showPresence({ caseId, doing: 'gone' }).catch(() => undefined)
    }
  }, [caseId, mayShow])
  return found.data?.others ?? nobody
}

/** Whether something was typed into a text of this page a moment ago. */
function useIsWriting(caseId: string): boolean {
  const [writingAt, setWriting] = useState<string | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const onInput = (event: Event) => {
      if (!(event.target instanceof HTMLTextAreaElement)) return
      setWriting(caseId)
      clearTimeout(timer)
      timer = setTimeout(() => setWriting(null), pause)
    }
    window.addEventListener('input', onInput)
    return () => {
      window.removeEventListener('input', onInput)
      clearTimeout(timer)
    }
  }, [caseId])
  return writingAt === caseId
}
