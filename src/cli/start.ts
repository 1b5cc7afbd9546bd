/** `npm start`: opens the ground, starts everything on it, and ends it all on Ctrl-C. */
import { storyOf } from '../core/thrown.ts'
import { CannotOpen } from '../store/cannot-open.ts'
import { CannotRun } from './command.ts'
import { openGround } from './ground.ts'
import { readSettings, startHelp } from './settings.ts'
import { Shutdown, Stopping } from './shutdown.ts'

/** Runs until it is told to stop; answers the exit code. */
export async function start(words: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const shutdown = new Shutdown()
  askOnSignals(shutdown)
  try {
    // When the end is asked for while things are still starting, nobody waits for the rest of them.
    return await Promise.race([startAll(words, env, shutdown), shutdown.asked])
  } catch (error) {
    if (shutdown.isAsked || error instanceof Stopping) return 0
    console.error(sentenceOf(error))
    return 1
  } finally {
    await shutdown.run()
  }
}

async function startAll(
  words: string[],
  env: NodeJS.ProcessEnv,
  shutdown: Shutdown,
): Promise<number> {
  const settings = readSettings(words, env)
  if (settings === 'help') {
    console.log(startHelp)
    return 0
  }
  const ground = await openGround(settings, shutdown, say)
  // The whole server, which a start that cannot be need not read.
  const { serve } = await import('./serve.ts')
  await serve(ground, shutdown, say)
  return shutdown.asked
}

/** The first signal asks for the end, a second one ends at once. */
function askOnSignals(shutdown: Shutdown): void {
  let askedAt = 0
  const onSignal = (): void => {
    // npm passes on the Ctrl-C that the terminal has already sent us: one wish that arrives twice.
    if (askedAt !== 0 && Date.now() - askedAt > 1000) process.exit(130)
    if (askedAt !== 0) return
    askedAt = Date.now()
    say('Stopping')
    shutdown.ask(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  // A terminal that was closed takes no more lines; that must not break off an orderly end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

function sentenceOf(error: unknown): string {
  if (error instanceof CannotRun || error instanceof CannotOpen) return error.message
  return storyOf(error)
}

function say(line: string): void {
  console.log(line)
}
