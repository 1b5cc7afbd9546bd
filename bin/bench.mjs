/**
 * `npm run bench` and `npm run bench:complaints`: installs and builds what is missing, the bench and its peers too, then
 * runs it; words after it are its own.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { endWithNpm, prepare, root } from './prepare.mjs'

const words = process.argv.slice(2)
const isOfComplaints = words[0] === 'complaints'

endWithNpm()
await prepare()
if (!isOfComplaints) await installPeers()
await build()
const run = spawn(
  process.execPath,
  isOfComplaints
    ? [path.join(root, 'dist/bench/complaints.js'), ...words.slice(1)]
    : [path.join(root, 'dist/bench/bench.js'), ...words],
  { cwd: root, stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => run.kill(signal))
run.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)))

/** The engines that are measured beside ours have a lock file of their own; without them the rest still runs. */
async function installPeers() {
  const folder = path.join(root, 'bench')
  const lock = readFileSync(path.join(folder, 'package-lock.json'), 'utf8')
  const stamp = path.join(folder, 'node_modules/.installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.error('Installing the engines to compare with')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const [command, ...words] = [...npm, 'ci', '--prefix', folder, '--no-audit', '--no-fund']
  const code = await new Promise((resolve) => {
    const child = spawn(command, words, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('error', () => resolve(1))
    child.once('exit', resolve)
  })
  if (code === 0) writeFileSync(stamp, lock)
  else console.error('Some of them could not be installed; their rows will say so.')
}

/** As JavaScript beside the built sources, so that what users run is what is measured. */
async function build() {
  const { default: typescript } = await import('typescript')
  const { config } = typescript.readConfigFile(path.join(root, 'tsconfig.base.json'), (file) =>
    readFileSync(file, 'utf8'),
  )
  const { options } = typescript.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const [from, to] = [path.join(root, 'bench'), path.join(root, 'dist/bench')]
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from).filter((name) => /(?<!\.test)\.ts$/.test(name))) {
    const source = readFileSync(path.join(from, name), 'utf8')
    const { outputText } = typescript.transpileModule(source, {
      compilerOptions: { ...options, noEmit: false, module: typescript.ModuleKind.ESNext },
      fileName: path.join(from, name),
    })
    writeFileSync(path.join(to, name.replace(/\.ts$/, '.js')), outputText)
  }
}
