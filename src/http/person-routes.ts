/** People of the marketplace over HTTP, for administrators and, to look at, auditors. */
import type { Prover } from '../operations/factor.ts'
import { alterPerson, invitePerson, readPeople, removePerson } from '../operations/person.ts'
import { on, type Context } from './context.ts'
import { peopleView } from './person-view.ts'
import { valueOf } from './problem.ts'

export const personRoutes = {
  list: on.people.list.handler(async ({ context: { door, who } }) =>
    peopleView(valueOf(await readPeople(door.app, who)), who, door.app.now()),
  ),
  invite: on.people.invite.handler(async ({ input, context }) => {
    const { door, who, idempotency } = context
    const prover = proverIn(context)
    return valueOf(await invitePerson(door.app, who, { draft: input, prover, idempotency }))
  }),
  change: on.people.change.handler(async ({ input, context }) => {
    const { personId: id, name, roles, desks } = input
    const change = {
      ...(name !== undefined && { name }),
      ...(roles !== undefined && { roles }),
      ...(desks !== undefined && { desks }),
    }
    const prover = proverIn(context)
    const changed = valueOf(
      await alterPerson(context.door.app, context.who, { id, change, prover }),
    )
    await endSessions(context, changed.email)
    return { id }
  }),
  remove: on.people.remove.handler(async ({ input, context }) => {
    const { personId: id, reason } = input
    const prover = proverIn(context)
    const removed = valueOf(
      await removePerson(context.door.app, context.who, { id, reason, prover }),
    )
    await endSessions(context, removed.email)
    return { id }
  }),
}

/** How who asks last proved who they are; a key and a link never did. */
function proverIn({ session }: Context): Prover {
  return session ?? { address: '', proof: null }
}

/** What they are is read anew at each request in any case; their sessions end so that they notice. One's own goes on. */
async function endSessions({ door, session }: Context, email: string): Promise<void> {
  for (const theirs of await door.signIn.sessionsOf(email))
    if (theirs.id !== session?.id) await door.signIn.end(theirs)
}
