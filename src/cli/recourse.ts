/** The `recourse` command as the shell starts it; importing this file runs it. */
import { runCommand } from './commands.ts'

// Not `exit`: what is still on its way to a pipe gets there first.
process.exitCode = await runCommand(process.argv.slice(2), process)
