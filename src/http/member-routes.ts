/** Members of a seller over HTTP, for its owner and, to look at, its staff. */
import { alterMember, inviteMember, readMembers, removeMember } from '../operations/member.ts'
import { on } from './context.ts'
import { membersView } from './member-view.ts'
import { valueOf } from './problem.ts'
import { proverIn } from './prover.ts'
import { sendableLink } from './sign-in-door.ts'

export const memberRoutes = {
  list: on.members.list.handler(async ({ context: { door, who } }) =>
    membersView(valueOf(await readMembers(door.app, who)), door.app.now()),
  ),
  invite: on.members.invite.handler(async ({ input, context }) => {
    const { door, who, idempotency, ip } = context
    const prover = proverIn(context)
    // It sends a mail to somebody who asked for none.
    const beforeMail = () => sendableLink(door, { address: input.email, ip })
    return valueOf(
      await inviteMember(door.app, who, { draft: input, prover, idempotency, beforeMail }),
    )
  }),
  change: on.members.change.handler(async ({ input, context }) => {
    const { memberId: id, ...draft } = input
    const prover = proverIn(context)
    return valueOf(await alterMember(context.door.app, context.who, { id, draft, prover }))
  }),
  remove: on.members.remove.handler(async ({ input, context }) => {
    const prover = proverIn(context)
    return valueOf(
      await removeMember(context.door.app, context.who, { id: input.memberId, prover }),
    )
  }),
}
