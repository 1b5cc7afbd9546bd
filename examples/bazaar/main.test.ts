import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/postgres.ts'

const entry = fileURLToPath(new URL('main.ts', import.meta.url))

function start(env: Record<string, string>) {
  const bazaar = spawn(process.execPath, ['--import', 'tsx', entry], {
    env: { PATH: process.env.PATH, BAZAAR_PORT: '0', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  bazaar.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = once(bazaar, 'exit').then(([code]) => ({ code: code as number | null, said }))
  const url = once(createInterface({ input: bazaar.stdout }), 'line').then(([line]) =>
    String(line).replace('bazaar: ', ''),
  )
  return { bazaar, ended, url }
}

test('it says where it serves, keeps what it has at the next start, and ends when told or left alone', async () => {
  const database = await freshDatabase()
  const env = { BAZAAR_DATABASE_URL: database.url }
  try {
    const first = start(env)
    const url = await first.url
    expect(await (await fetch(`${url}/products/rose-soap-bar`)).text()).toContain('Rose soap bar')
    expect((await fetch(`${url}/connector`)).status).toBe(503)
    first.bazaar.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)

    const second = start({ ...env, BAZAAR_DIE_WITH_PARENT: '1' })
    const home = await (await fetch(await second.url)).text()
    expect(home.match(/Rose soap bar|Oat hand cream/g)).not.toBeNull()
    // What a parent that was killed leaves behind: closed pipes.
    second.bazaar.stdin.end()
    expect((await second.ended).code).toBe(0)
  } finally {
    await database.drop()
  }
})

test('what it cannot start with, it says in a sentence', async () => {
  for (const [env, sentence] of [
    [{}, 'BAZAAR_DATABASE_URL names the database'],
    [{ BAZAAR_DATABASE_URL: 'x', BAZAAR_PORT: '99999' }, 'BAZAAR_PORT is a port'],
    [
      { BAZAAR_DATABASE_URL: 'x', RECOURSE_URL: 'recourse' },
      'RECOURSE_URL is an http or https address',
    ],
    [
      { BAZAAR_DATABASE_URL: 'x', RECOURSE_CONNECTOR_SECRET: 'whsec_***' },
      'Standard Webhooks secret',
    ],
    [{ BAZAAR_DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' }, 'Its database cannot be used'],
  ] as const) {
    const { code, said } = await start(env).ended
    expect(code).toBe(2)
    expect(said).toContain(sentence)
  }
})
