/** The topics of the help: the same for everybody, so they are asked for once. */
import { query } from '../api.ts'

/** In the language of these pages. */
export const helpQuery = query.help.get.queryOptions({
  input: { language: 'en' },
  staleTime: 10 * 60_000,
})
