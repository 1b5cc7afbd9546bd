import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'
import { createRateLimit } from './rate-limit.ts'
import { ownPath } from './sign-in-page.ts'

let s: Served
let webDir: string
beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'recourse-web-'))
  await mkdir(join(webDir, 'assets'))
  await writeFile(join(webDir, 'index.html'), '<!doctype html><title>pages</title>')
  await writeFile(join(webDir, 'assets', 'main-abc.js'), 'export {}')
  s = await served({ webDir, publicUrl: 'https://recourse.example' })
})
afterAll(async () => {
  await s[Symbol.asyncDispose]()
  await rm(webDir, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(s.url + path, { headers, redirect: 'manual' })

describe('pages', () => {
  test('every address of theirs answers with the first page, safe in a browser', async () => {
    for (const path of [
      '/',
      '/measures',
      '/link/some.token',
      '/cases/cas_1',
      '/desk',
      '/sign-in',
    ]) {
      const answer = await get(path, { accept: 'text/html' })
      expect([path, answer.status, await answer.text()]).toEqual([
        path,
        200,
        '<!doctype html><title>pages</title>',
      ])
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  test('built files are kept by the browser; what is missing is missing', async () => {
    expect((await get('/assets/main-abc.js')).headers.get('cache-control')).toContain('immutable')
    for (const path of ['/assets/gone.js', '/favicon.ico', '/v1/gone', '/api/gone'])
      expect((await get(path, { accept: 'text/html' })).status).toBe(404)
    expect((await get('/assets/../index.html')).status).toBe(200)
  })

  test('behind https the browser is told to stay there', async () => {
    expect((await get('/')).headers.get('strict-transport-security')).toContain('max-age')
  })

  test('this machine goes by its name, so that cookies and passkeys are there', async () => {
    await using named = await served({}, { host: 'localhost' })
    const { port } = new URL(named.url)
    const byNumber = await fetch(`http://127.0.0.1:${port}/cases?x=1`, {
      redirect: 'manual',
      headers: { accept: 'text/html' },
    })
    expect(byNumber.headers.get('location')).toBe(`http://localhost:${port}/cases?x=1`)
    const evil = await fetch(`http://127.0.0.1:${port}//evil.example/`, { redirect: 'manual' })
    expect(evil.headers.get('location') ?? named.url).toContain(named.url)
  })

  test('a sign-in link opens a page with one button, and leads only to pages of ours', async () => {
    const page = await (
      await get('/sign-in/open?token=%22%3E%3Cscript%3E&to=https://evil.example')
    ).text()
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;"')
    expect(page).toContain('name="callbackURL" value="/"')
    expect(
      ['/cases/1?x=1', '//evil.example', '/\\evil.example', 'https://evil.example', '/a b', ''].map(
        ownPath,
      ),
    ).toEqual(['/cases/1?x=1', '/', '/', '/', '/', '/'])
  })
})

test('a rate limit refills evenly and counts each key alone', () => {
  const limit = createRateLimit({ most: 2, within: 1_000 })
  const at = (milliseconds: number) => new Date(milliseconds)
  expect([
    limit.take('a', at(0)),
    limit.take('a', at(0)),
    limit.take('a', at(0)),
    limit.take('b', at(0)),
  ]).toEqual([true, true, false, true])
  expect([limit.take('a', at(499)), limit.take('a', at(1_000))]).toEqual([false, true])
})
