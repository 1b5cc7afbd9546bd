/** A judge says who may do what, as the table of permissions has it. */
import { asksFor, mayGive, type Command, type Reader, type Relation } from '../core/permission.ts'
import type { Who } from './who.ts'

/** Judges by the table. A test puts another in its place, to see that the database holds alone. */
export interface Judge {
  /** Who acts where this reader gives the command; null where they may not. */
  admit(who: Who, command: Command): Who | null
  /** Whether the command is refused without this relation. */
  asks(command: Command, relation: Relation): boolean
}

export const byTheTable: Judge = {
  admit: (who, command) => (readersIn(who).some((reader) => mayGive(reader, command)) ? who : null),
  asks: asksFor,
}

/** What who asks is called in the table. */
function readersIn(who: Who): readonly Reader[] {
  switch (who.kind) {
    case 'staff':
      return who.roles
    case 'seller':
      return [who.matter === null ? (who.member?.part.role ?? 'owner') : 'link']
    case 'claim':
    case 'reporter':
    case 'marketplace':
    case 'nobody':
      return [who.kind]
  }
}
