/** Using a token up: what may be shown once is refused from the second time on, also when both come at the same moment. */
import { createHash } from 'node:crypto'
import { transact } from '../store/db.ts'
import { useToken as markUsed } from '../store/used-token.ts'
import type { App } from './app.ts'

export type TokenKind = 'hand-over' | 'passkey' | 'single-sign-on'

/** Uses it up; false when it was used before. Time is the real one: such tokens are made and run out outside the demo's. */
export function useToken(
  app: App,
  kind: TokenKind,
  { token, expiresAt }: { token: string; expiresAt: Date },
): Promise<boolean> {
  const hash = createHash('sha256').update(token).digest('hex')
  // Kept a moment longer, so that two clocks that differ a little never let one in twice.
  const until = new Date(expiresAt.getTime() + 60_000)
  return transact(app.db, { inside: true }, (tx) =>
    markUsed(tx, { kind, hash, expiresAt: until, now: new Date() }),
  )
}
