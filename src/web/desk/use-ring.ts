/** A change of a ring: what it answers is the ring as it is now. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { RingForDesk } from '../../contract/ring.ts'
import { query } from '../api.ts'

export function useRingChange(change: () => Promise<RingForDesk>) {
  const client = useQueryClient()
  return useMutation<RingForDesk, Error, void>({
    mutationFn: change,
    onSuccess: (ring) => {
      client.setQueryData(query.rings.get.queryKey({ input: { ringId: ring.id } }), ring)
      void client.invalidateQueries({ queryKey: query.rings.list.key() })
    },
    // Somebody else decided, or more came: the page shows it as it is.
    onError: () => void client.invalidateQueries({ queryKey: query.rings.get.key() }),
  })
}
