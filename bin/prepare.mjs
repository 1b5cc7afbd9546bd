/** What must be there before anything runs: the packages of the lock file, and the built files of the sources. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const dist = path.join(root, 'dist')
const oldestNode = [20, 19]

/** Installs and builds what is missing, and says so; quick and silent when nothing is. */
export async function prepare() {
  refuseOldNode()
  if (isReady()) return
  await alone(async () => {
    if (!isInstalled({ development: true })) await install()
    await buildServer()
    await buildPages()
  })
}

/** Ends this program when the npm that started it is gone: a signal to npm alone stops at the shell between. */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}

function isReady() {
  const isBuilt = isFresh(server) && (!hasPages() || isFresh(pages))
  return isBuilt && isInstalled({ development: false })
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [least, leastMinor] = oldestNode
  if (major > least || (major === least && minor >= leastMinor)) return
  stop(`Recourse needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`)
}

/** Compares what is in node_modules with the lock file, package by package. */
function isInstalled({ development }) {
  const wanted = readJson(path.join(root, 'package-lock.json')).packages
  const hidden = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(hidden)) return false
  const found = readJson(hidden).packages
  return Object.entries(wanted).every(([name, { version, optional, dev }]) => {
    if (name === '' || found[name]?.version === version) return true
    // A package for another kind of machine is never there; one for building is not always needed.
    return found[name] === undefined && (optional || (dev && !development))
  })
}

async function install() {
  say('Installing packages')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const [command, ...words] = npm
  // npm leaves the build tools out when NODE_ENV is production, unless it is told.
  await run(command, [...words, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    failed: 'Installing the packages failed. Is the package registry within reach?',
  })
}

/** The server and the demo's marketplace: compiled by TypeScript, everything else beside them copied as it is. */
const server = {
  stamp: path.join(dist, 'server.stamp'),
  folders: ['src', 'examples', 'procedures', 'policies'],
  skips: (file) => file.startsWith('src/web/') || /\.test\.tsx?$/.test(file),
  besides: [
    'package-lock.json',
    'tsconfig.base.json',
    'tsconfig.server.json',
    'tsconfig.build.json',
  ],
}

/** The part of screening that is WebAssembly: AssemblyScript, which looks like TypeScript and is not. */
const fastPass = {
  folder: 'src/screening/scan/assembly/',
  built: 'src/screening/scan/scan.wasm',
}

/** The pages, and what they share with the server. */
const pages = {
  stamp: path.join(dist, 'pages.stamp'),
  folders: ['src/web', 'src/contract', 'src/core'],
  skips: (file) => /\.test\.tsx?$/.test(file),
  besides: ['package-lock.json', 'tsconfig.base.json', 'tsconfig.web.json', 'vite.config.ts'],
}

async function buildServer() {
  if (isFresh(server)) return
  say('Building the server')
  const print = fingerprint(server)
  // Types are judged by `npm run check`; here they would only make everyone wait.
  await runTool('typescript', 'bin/tsc', ['-p', 'tsconfig.build.json', '--noCheck'], {
    failed: 'Building the server failed.',
  })
  await buildFastPass()
  const sources = filesOf(server).filter((file) => !file.startsWith(fastPass.folder))
  for (const file of sources.filter((name) => !/\.tsx?$/.test(name))) {
    mkdirSync(path.dirname(path.join(dist, file)), { recursive: true })
    copyFileSync(path.join(root, file), path.join(dist, file))
  }
  removeOutdated(sources)
  writeFileSync(server.stamp, print)
}

async function buildFastPass() {
  const built = path.join(dist, fastPass.built)
  mkdirSync(path.dirname(built), { recursive: true })
  const words = [
    path.join(root, fastPass.folder, 'index.ts'),
    ...['--outFile', built, '-O3', '--noAssert', '--runtime', 'stub'],
    ...['--importMemory', '--sharedMemory', '--maximumMemory', '65536'],
    ...['simd', 'threads', 'bulk-memory'].flatMap((feature) => ['--enable', feature]),
  ]
  await runTool('assemblyscript', 'bin/asc.js', words, { failed: 'Building the fast pass failed.' })
}

async function buildPages() {
  if (!hasPages() || isFresh(pages)) return
  say('Building the pages')
  const print = fingerprint(pages)
  await runTool('vite', 'bin/vite.js', ['build', '--logLevel', 'warn'], {
    failed: 'Building the pages failed.',
  })
  writeFileSync(pages.stamp, print)
}

function hasPages() {
  return existsSync(path.join(root, 'src/web/index.html'))
}

/** What was built from a source that is gone must go too: a migration would still be run. */
function removeOutdated(sources) {
  const expected = new Set(
    sources.flatMap((file) => {
      const name = file.replace(/\.tsx?$/, '')
      return name === file ? [file] : ['.js', '.js.map', '.d.ts'].map((suffix) => name + suffix)
    }),
  )
  expected.add(fastPass.built)
  for (const folder of server.folders) {
    for (const file of list(dist, folder)) {
      if (!expected.has(file)) rmSync(path.join(dist, file))
    }
  }
}

function isFresh(part) {
  return existsSync(part.stamp) && readFileSync(part.stamp, 'utf8') === fingerprint(part)
}

/** Of contents and not of times, which a checkout changes. */
function fingerprint(part) {
  const hash = createHash('sha256')
  for (const file of [...filesOf(part), ...part.besides]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesOf(part) {
  return part.folders.flatMap((folder) => list(root, folder)).filter((file) => !part.skips(file))
}

/** Every file under a folder, by its path from the base. */
function list(base, folder) {
  if (!existsSync(path.join(base, folder))) return []
  return readdirSync(path.join(base, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`
      return entry.isDirectory() ? list(base, name) : [name]
    })
    .sort()
}

/** Lets one program at a time install and build here; others wait and then find it done. */
async function alone(work) {
  const lock = path.join(dist, 'preparing')
  mkdirSync(dist, { recursive: true })
  let isTold = false
  while (!takeLock(lock)) {
    const holder = Number(readText(lock))
    if (!isAlive(holder) || ageOf(lock) > 15 * 60_000) {
      clearLock(lock, holder)
      continue
    }
    if (!isTold) say(`Waiting for process ${holder}, which is installing or building`)
    isTold = true
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  await work()
  process.off('exit', release)
  release()
}

/** A link is made whole or not at all, and by one alone. */
function takeLock(lock) {
  const draft = `${lock}.${process.pid}`
  writeFileSync(draft, String(process.pid))
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft)
  }
}

/** Moves a dead program's lock away; a live one's, taken in the meantime, is put back. */
function clearLock(lock, holder) {
  const aside = `${lock}.${process.pid}.aside`
  try {
    renameSync(lock, aside)
    if (Number(readText(aside)) !== holder) linkSync(aside, lock)
  } catch (error) {
    // Another one cleared it, or took it again, before us.
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  }
  rmSync(aside, { force: true })
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function ageOf(file) {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
}

async function runTool(packageName, file, args, options) {
  const main = createRequire(import.meta.url).resolve(`${packageName}/package.json`)
  await run(process.execPath, [path.join(path.dirname(main), file), ...args], options)
}

/** Runs a program quietly; what it wrote is shown when it failed. */
async function run(command, args, { failed }) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const forward = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const [code, signal] = await new Promise((resolve) => {
    child.once('error', (error) => resolve([error.message, null]))
    child.once('close', (...how) => resolve(how))
  })
  for (const name of signals) process.off(name, forward)
  if (code === 0) return
  if (signal === null) stop(`${output.trimEnd()}\n${failed}`)
  process.exit(130)
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Gone again, or never there.
    return ''
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** On stderr, because what `recourse` writes on stdout is read by programs. */
function say(line) {
  console.error(line)
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
