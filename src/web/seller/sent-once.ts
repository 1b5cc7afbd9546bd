/** What is sent once keeps the key it travels under: the same body goes under the same key, a changed one under a new one. */
import { z } from 'zod'

/** The last body that was sent, and its key; null before the first try. */
export const Sent = z.object({ key: z.string(), body: z.string() }).nullable()
type Sent = NonNullable<z.infer<typeof Sent>>

/** The draft with the key that this body travels under. */
export function withKey<Draft extends { sent: Sent | null }>(
  draft: Draft,
  content: unknown,
  newKey: () => string,
): Draft & { sent: Sent } {
  const body = JSON.stringify(content)
  const sent = draft.sent?.body === body ? draft.sent : { key: newKey(), body }
  return { ...draft, sent }
}
