/** `recourse connector check`: whether a marketplace's side keeps the contract, asked over the network as Recourse would. */
import { CannotRun, readArguments, type CommandIo } from './command.ts'
import { checkConnector } from './connector-check.ts'

export const name = 'connector check'
export const summary = 'ask a marketplace whether its side keeps the connector contract'
export const usage = `recourse connector check URL [--listing ID] [--seller ID] [--json]

Tells and asks the connector at URL as Recourse would, and says which parts of the
contract hold. Its own subjects are made up and harm nothing in a live shop.

  --listing ID   also take this existing listing off sale, see it, and put it back
  --seller ID    also move each lever of this existing seller's account and payouts,
                 alone, see it, and put it back; this ends the seller's sessions.
                 What the shop declares to be able to do for an account is tried there too,
                 but for a reset of access, which is only asked for wrongly
  --json         print the report as one JSON object

The secret that signs the requests is read from RECOURSE_CONNECTOR_SECRET (whsec_…).
Exit codes: 0 all hold, 1 some do not, 2 could not run.`

/** Prints one line per check; the exit code says whether all hold. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      listing: { type: 'string' },
      seller: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const [url, ...rest] = positionals
  if (url === undefined || rest.length > 0)
    throw new CannotRun('Name one address: recourse connector check URL')
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CannotRun(`"${url}" is not an address; it takes http://… or https://…`)
  }
  const secret = io.env['RECOURSE_CONNECTOR_SECRET']?.trim()
  if (!secret)
    throw new CannotRun(
      'RECOURSE_CONNECTOR_SECRET is not set; it holds the secret that the marketplace verifies requests with (whsec_…).',
    )
  const report = await checkConnector({
    url,
    secret,
    ...(values.listing === undefined ? {} : { listing: values.listing }),
    ...(values.seller === undefined ? {} : { seller: values.seller }),
  })
  if (values.json) {
    io.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  } else {
    for (const check of report.checks)
      io.stdout.write(
        `${check.ok ? 'holds ' : 'BROKEN'}  ${check.name}${check.detail ? `\n        ${check.detail}` : ''}\n`,
      )
    const broken = report.checks.filter((check) => !check.ok).length
    io.stdout.write(
      broken === 0
        ? `All ${report.checks.length} checks hold.\n`
        : `${broken} of ${report.checks.length} checks do not hold.\n`,
    )
  }
  return report.passed ? 0 : 1
}
