import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '../contract/problem.ts'
import { served, type Served } from '../../test/served.ts'
import { cleanName } from '../operations/file-type.ts'

let s: Served
let browser: { cookie: string; origin: string }
beforeAll(async () => {
  s = await served()
  await s.seller('clay')
  browser = await s.signIn('clay@sellers.example')
})
afterAll(async () => s[Symbol.asyncDispose]())

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex')

async function upload(
  bytes: Buffer,
  name: string,
  {
    field = 'file',
    type = 'image/png',
    headers,
  }: { field?: string; type?: string; headers?: Record<string, string> } = {},
) {
  const form = new FormData()
  form.append(field, new File([new Uint8Array(bytes)], name, { type }))
  const answer = await fetch(`${s.url}/v1/files`, {
    method: 'POST',
    headers: headers ?? browser,
    body: form,
  })
  return {
    status: answer.status,
    body: (await answer.json()) as Problem & { id: string; name: string; mediaType: string },
  }
}

describe('a file', () => {
  test('its bytes say what it is; what its sender says is only a name', async () => {
    expect((await upload(png, 'a.html', { type: 'text/html' })).body).toMatchObject({
      name: 'a.html',
      mediaType: 'image/png',
    })
    for (const lying of [
      '<html><script>alert(1)</script>',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      'MZ\x90\x00',
      'PK\x03\x04',
      '#!/bin/sh',
      '%!PS',
    ]) {
      expect((await upload(Buffer.from(lying), 'photo.png')).body.refusal).toBe('file_type_refused')
    }
    expect((await upload(Buffer.alloc(0), 'empty.png')).body.refusal).toBe('file_empty')
  })

  test('one that is too large is cut off, with a clear no', { timeout: 60_000 }, async () => {
    const large = Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)])
    expect(await upload(large, 'large.png').then(({ body }) => body.refusal)).toBe('file_too_large')
    expect(await endlessUpload()).toBe('file_too_large')
    expect((await upload(png, 'after.png')).status).toBe(201)
  })

  test('a form without the file, or with another part, is no upload', async () => {
    expect((await upload(png, 'a.png', { field: 'other' })).body.refusal).toBe('invalid_request')
    const empty = await fetch(`${s.url}/v1/files`, {
      method: 'POST',
      headers: { ...browser, 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x--\r\n',
    })
    expect(empty.status).toBe(400)
    const unbounded = await fetch(`${s.url}/v1/files`, {
      method: 'POST',
      headers: { ...browser, 'content-type': 'multipart/form-data' },
      body: 'x',
    })
    expect(unbounded.status).toBeGreaterThanOrEqual(400)
    expect(unbounded.status).toBeLessThan(500)
    const broken = await fetch(`${s.url}/v1/files`, {
      method: 'POST',
      headers: { ...browser, 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
    })
    expect(broken.status).toBeGreaterThanOrEqual(400)
    expect(broken.status).toBeLessThan(500)
    expect(s.logged).toEqual([])
  })

  test('only a seller sends evidence', async () => {
    expect((await upload(png, 'a.png', { headers: {} })).body.refusal).toBe('not_signed_in')
    expect(
      (await upload(png, 'a.png', { headers: { authorization: `Bearer ${s.key}` } })).body.refusal,
    ).toBe('not_allowed')
  })
})

test('a name loses its folders and what could deceive, and keeps its words', () => {
  expect(cleanName('../../etc/passwd')).toBe('passwd')
  expect(cleanName('C:\\Users\\me\\Über uns.pdf')).toBe('Über uns.pdf')
  expect(cleanName('gpj.\u202eexe\u0000\n.pdf')).toBe('gpj.exe.pdf')
  expect(cleanName('..')).toBe('file')
  expect(cleanName('😀'.repeat(300))).toBe('😀'.repeat(200))
})

/** Sends a file that never ends, without saying how long it is, until the server says no. */
function endlessUpload(): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${s.url}/v1/files`,
      {
        method: 'POST',
        headers: { ...browser, 'content-type': 'multipart/form-data; boundary=x' },
      },
      (answer) => {
        let text = ''
        answer.on('data', (data: Buffer) => (text += data.toString()))
        answer.on('end', () => {
          clearInterval(pump)
          call.destroy()
          resolve((JSON.parse(text) as Problem).refusal)
        })
      },
    )
    call.on('error', (error) => (call.destroyed ? undefined : reject(error)))
    call.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n')
    call.write(png)
    const pump = setInterval(() => call.write(Buffer.alloc(1024 * 1024)), 5)
  })
}
