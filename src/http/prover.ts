/** A prover is the person at the other end of a session: who they are, and how they last proved it. */
import { refuse } from '../core/refusal.ts'
import { requireProof, type Prover } from '../operations/factor.ts'
import { permit } from '../operations/permit.ts'
import type { Context } from './context.ts'
import { RefusalError } from './problem.ts'
import type { Session } from './sign-in.ts'

/** The session of who asks for themselves; a link, a key or a code that is still missing is not enough. */
export function ownSession({
  door,
  who,
  session,
}: Pick<Context, 'door' | 'who' | 'session'>): Session {
  // Who may read what lets them in may change it: the lines of the table say the same of each.
  const permitted = permit(door.app, who, 'security.get')
  if (!permitted.ok) throw new RefusalError(permitted)
  if (session === null || session.awaitsCode) throw new RefusalError(refuse('not_signed_in'))
  return session
}

/** The same as operations want it. */
export function proverOf(context: Pick<Context, 'door' | 'who' | 'session'>): Prover {
  const { address, proof } = ownSession(context)
  return { address, proof }
}

/** How who asks last proved who they are, before it is known whether they may; a key and a link never did. */
export function proverIn({ session }: Pick<Context, 'session'>): Prover {
  return session ?? { address: '', proof: null }
}

/** Ends the request unless whoever asks proved within ten minutes, and by their strongest factor, that it is them. */
export async function requireFreshProof(
  context: Pick<Context, 'who' | 'session' | 'door'>,
): Promise<Session> {
  const session = ownSession(context)
  const fresh = await requireProof(context.door.app, session)
  if (!fresh.ok) throw new RefusalError(fresh)
  return session
}
