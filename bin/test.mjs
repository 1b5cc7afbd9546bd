/** `npm test`: installs and builds what is missing, then runs every test; words after it go to vitest. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { endWithNpm, prepare, root } from './prepare.mjs'

endWithNpm()
await prepare()
// As the package names it, since its exports do not.
const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
)
const run = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  // The browser that comes with npm unpacks the libraries it needs when it is told that it runs on Lambda.
  env: {
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
    AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x',
    ...process.env,
  },
})
// The terminal's Ctrl-C reaches vitest too; it ends in its own good order and we end with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => run.kill(signal))
run.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)))
