/** The address of a file: asked for when the file is to be seen, good for some minutes, and asked for anew by itself. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { FileAddress } from '../../contract/case.ts'
import { query } from '../api.ts'

/** Somewhat less than an address is good for, so that whoever comes back to a tab gets a fresh one. */
const freshFor = 4 * 60_000

/** Asks where a file can be read. */
export function useFileAddress(fileId: string): UseQueryResult<FileAddress> {
  return useQuery(query.seller.readFile.queryOptions({ input: { fileId }, staleTime: freshFor }))
}
