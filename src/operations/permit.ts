/** Asking for permission: every operation begins here, and works behind the wall that it is handed. */
import type { Case } from '../core/case.ts'
import { isStaffs, mayGive, worksOn, type Command, type GivenBy } from '../core/permission.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import type { MemberRole, Role } from '../core/role.ts'
import type { Wall } from '../store/db.ts'
import type { App } from './app.ts'
import { namedMatters, wallOf } from './matter.ts'
import type {
  ClaimReader,
  MarketplaceReader,
  ReporterReader,
  SellerReader,
  StaffReader,
  Who,
} from './who.ts'

/** Who may come in by a command, as far as their kind goes. */
type Admitted<C extends Command> =
  | (Extract<GivenBy<C>, Role> extends never ? never : StaffReader)
  | (Extract<GivenBy<C>, MemberRole | 'link'> extends never ? never : SellerReader)
  | (Extract<GivenBy<C>, 'claim'> extends never ? never : ClaimReader)
  | (Extract<GivenBy<C>, 'reporter'> extends never ? never : ReporterReader)
  | (Extract<GivenBy<C>, 'marketplace'> extends never ? never : MarketplaceReader)
  | (Extract<GivenBy<C>, 'nobody'> extends never ? never : Extract<Who, { kind: 'nobody' }>)

export interface Permitted<C extends Command> {
  ok: true
  reader: Admitted<C>
  /** The wall of who asks: the second to hold. */
  wall: Wall
}

/** Lets in who may give a command; everybody else is told to come in first, that it is not theirs, or nothing. */
export function permit<C extends Command>(
  { judge, now }: Pick<App, 'judge' | 'now'>,
  who: Who,
  command: C,
): Permitted<C> | Refused {
  const reader = judge.admit(who, command)
  if (reader !== null) {
    const refused = whyNotLetIn({ judge }, reader, command)
    if (refused) return refused
    return { ok: true, reader: reader as Admitted<C>, wall: wallOf(who, now()) } // the table has them under it
  }
  if (who.kind === 'nobody') return refuse('not_signed_in')
  return refuse(who.kind !== 'staff' && isStaffs(command) ? 'not_found' : 'not_allowed')
}

/** Whether a page may offer a command to this reader. */
export function isPermitted({ judge }: Pick<App, 'judge'>, who: Who, command: Command): boolean {
  const reader = judge.admit(who, command)
  return reader !== null && whyNotLetIn({ judge }, reader, command) === null
}

/** Why a member was not let in for this, whatever it is about; or null. */
function whyNotLetIn({ judge }: Pick<App, 'judge'>, reader: Who, command: Command): Refused | null {
  if (reader.kind !== 'seller' || reader.member?.part.role !== 'representative') return null
  if (judge.asks(command, 'may-write') && !reader.member.part.mayWrite) return refuse('reads_only')
  if (judge.asks(command, 'every-matter') && namedMatters(reader) !== null)
    return refuse('named_matters_only')
  return null
}

/** Why a person of a desk may not give this command about this case, as far as desks and kinds go; or null. */
export function whyNotTheirs(
  { judge }: Pick<App, 'judge'>,
  command: Command,
  reader: StaffReader,
  held: Case,
): Refused | null {
  if (judge.asks(command, 'at-own-desk') && !reader.desks.includes(held.desk))
    return refuse('not_your_desk')
  if (!judge.asks(command, 'of-own-kind')) return null
  const isTheirs = reader.roles.some((role) => mayGive(role, command) && worksOn(role, held))
  return isTheirs ? null : refuse('not_your_kind')
}
