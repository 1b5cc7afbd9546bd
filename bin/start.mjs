/** `npm start`: installs and builds what is missing, then starts Recourse in this same process. */
import { endWithNpm, prepare } from './prepare.mjs'

endWithNpm()
await prepare()
const { start } = await import(new URL('../dist/src/cli/start.js', import.meta.url).href)
process.exit(await start(process.argv.slice(2), process.env))
