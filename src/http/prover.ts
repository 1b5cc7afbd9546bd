/** A prover is the person at the other end of a session: who they are, and how they last proved it. */
import { refuseReader } from '../operations/who.ts'
import type { Prover } from '../operations/factor.ts'
import { requireProof } from '../operations/factor.ts'
import type { Context } from './context.ts'
import { RefusalError } from './problem.ts'
import type { Session } from './sign-in.ts'

/** The session of who asks for themselves; a link, a key or a code that is still missing is not enough. */
export function ownSession({ who, session }: Pick<Context, 'who' | 'session'>): Session {
  const isPerson = who.kind === 'staff' || (who.kind === 'seller' && who.matter === null)
  if (!isPerson || session === null || session.awaitsCode) throw new RefusalError(refuseReader(who))
  return session
}

/** The same as operations want it. */
export function proverOf(context: Pick<Context, 'who' | 'session'>): Prover {
  const { address, proof } = ownSession(context)
  return { address, proof }
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
