/** `recourse staff add`: a person of the marketplace, with roles and the desks they staff. */
import { roles as knownRoles, type Role } from '../core/role.ts'
import { CannotRun, expectName, readArguments, type CommandIo } from './command.ts'
import { administer } from './installation.ts'

export const name = 'staff add'
export const summary = 'add a person of the marketplace, or change their roles and desks'
export const usage = `recourse staff add EMAIL --name NAME [--role ROLE]… [--desk DESK]…

Adds a person who then signs in with a link sent to EMAIL; adding a known one changes
their name, roles and desks.

  --name NAME   as colleagues read it; sellers read the first name
  --role ROLE   ${knownRoles.slice(0, -1).join(', ')}
                or ${knownRoles.at(-1)}; may be given several times
  --desk DESK   a desk of the procedure, such as performance; may be given several times

Uses DATABASE_URL, or the database in RECOURSE_DATA (./data).`

/** Adds the person and says so. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      role: { type: 'string', multiple: true, default: ['reviewer'] },
      desk: { type: 'string', multiple: true, default: [] },
    },
  })
  const [email, ...rest] = positionals
  if (email === undefined || rest.length > 0 || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new CannotRun('Name one e-mail address: recourse staff add EMAIL --name NAME')
  }
  const { name: personName, role, desk } = values
  if (personName === undefined || personName.trim() === '')
    throw new CannotRun('Say what the person is called: --name "Milan Rost"')
  const roles = role.map((given) => expectName('--role', given, knownRoles))
  await administer(io.env, (administration) =>
    administration.addStaff({ email, name: personName, roles, desks: desk }),
  )
  io.stdout.write(
    `${personName} <${email}> is ${roles.join(' and ')}${desk.length > 0 ? ` at ${desk.join(', ')}` : ', at no desk'}.\n`,
  )
  io.stdout.write(`${nextSteps({ email, roles, env: io.env }).join('\n')}\n`)
  return 0
}

/** What comes next for who is new: nothing was sent to them, and who is an administrator can do the rest on the pages. */
export function nextSteps({
  email,
  roles,
  env,
}: {
  email: string
  roles: readonly Role[]
  env: CommandIo['env']
}): string[] {
  const address = env['RECOURSE_PUBLIC_URL']?.trim().replace(/\/+$/, '')
  const page = address ? `${address}/sign-in` : 'the sign-in page'
  const comesIn = env['RECOURSE_OIDC_ISSUER']?.trim()
    ? `  They open ${page} and use your organisation’s sign-in, as ${email}.`
    : `  They open ${page} and ask for a link to ${email}; without SMTP_URL it lies at /dev/mail on the server’s machine.
  Then they add a passkey on “Sign-in and security”: from then on it is the way in, and links are not.`
  return [
    'This command sent no mail. For who is new, this comes next, while Recourse runs:',
    comesIn,
    ...(roles.includes('administrator')
      ? [
          '  On the page “People” they invite everybody else, and let who loses a passkey set up a new one.',
          '  Make two administrators: the only one who loses a passkey needs RECOURSE_STAFF_LINKS=allow for a day.',
        ]
      : []),
  ]
}
