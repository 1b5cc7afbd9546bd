/** People of the marketplace over HTTP, for administrators and, to look at, auditors. */
import {
  alterPerson,
  invitePerson,
  letEnrolAnew,
  readPeople,
  removePerson,
} from '../operations/person.ts'
import { on, type Context } from './context.ts'
import { peopleView } from './person-view.ts'
import { valueOf } from './problem.ts'
import { proverIn } from './prover.ts'

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
  letEnrolAnew: on.people.letEnrolAnew.handler(async ({ input, context }) => {
    const { personId: id } = input
    const prover = proverIn(context)
    const { app } = context.door
    const { email } = valueOf(await letEnrolAnew(app, context.who, { id, prover }))
    await endSessions(context, email)
    return { id }
  }),
}

/** What they are is read anew at each request in any case; their sessions end so that they notice. One's own goes on. */
async function endSessions({ door, session }: Context, email: string): Promise<void> {
  for (const theirs of await door.signIn.sessionsOf(email))
    if (theirs.id !== session?.id) await door.signIn.end(theirs)
}
