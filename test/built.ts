/** A source of ours, with all of ours that it needs, as one file of JavaScript: a program that tests start often begins without a compiler. */
import { chmod, mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

const built = new Map<string, Promise<string>>()

/** Builds it once in this process; answers where the file is. */
export function builtOf(source: string): Promise<string> {
  const known = built.get(source)
  if (known !== undefined) return known
  const making = buildOne(source)
  built.set(source, making)
  return making
}

async function buildOne(source: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'recourse-built-'))
  // Other users start it too.
  await chmod(folder, 0o755)
  // What is not ours is found from there as from here.
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  const name = path.basename(source).replace(/\.ts$/, '.mjs')
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: source,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: name } },
    },
  })
  return path.join(folder, name)
}
