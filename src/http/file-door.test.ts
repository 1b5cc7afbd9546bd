import { request, type IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FileAddress } from '../contract/case.ts'
import type { Problem } from '../contract/problem.ts'
import { served, type Served } from '../../test/served.ts'
import { keepFile } from '../operations/file.ts'
import type { SellerReader } from '../operations/who.ts'

let s: Served
let clay: SellerReader
let browser: { cookie: string; origin: string }
beforeAll(async () => {
  s = await served()
  clay = await s.seller('clay')
  await s.seller('rival')
  browser = await s.signIn('clay@sellers.example')
})
afterAll(async () => s[Symbol.asyncDispose]())

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex')
const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n')

async function kept(bytes: Buffer, mediaType: string, name = 'photo.png'): Promise<string> {
  const file = await keepFile(s.app, clay, { name, mediaType, bytes })
  if (!file.ok) throw new Error(file.refusal)
  return file.value.id
}

async function ask(id: string, headers: Record<string, string> = browser) {
  const answer = await fetch(`${s.url}/v1/files/${id}`, { headers })
  return { status: answer.status, body: (await answer.json()) as FileAddress & Problem }
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
}

/** Asks this server under any host's name. */
function open(address: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { host, pathname } = new URL(address)
  return new Promise((resolve, reject) => {
    const call = request(`${s.url}${pathname}`, { headers: { host, ...headers } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          bytes: Buffer.concat(chunks),
        }),
      )
    })
    call.on('error', reject)
    call.end()
  })
}

describe('evidence', () => {
  test('opens from an origin of its own, where nothing runs and nothing is kept', async () => {
    const { body } = await ask(await kept(png, 'image/png', 'räd"; filename=x.html\u202e.png'))
    expect(body).toMatchObject({ opens: 'picture', mediaType: 'image/png' })
    expect(new URL(body.address).hostname).toBe('files.localhost')
    const { status, headers, bytes } = await open(body.address)
    expect([status, bytes.equals(png)]).toEqual([200, true])
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'cross-origin',
    })
    expect(headers['content-disposition']).toMatch(
      /^inline; filename="[\x20-\x21\x23-\x7e]+"; filename\*=UTF-8''[\w%.~!$&+^`|-]+$/,
    )
    expect(headers['content-security-policy']).toContain("default-src 'none'; sandbox")
    expect(headers['content-security-policy']).toContain(`frame-ancestors ${s.url}`)
    expect(headers['set-cookie']).toBeUndefined()
  })

  test('a paper opens without a sandbox, which would shut it, and still loads nothing', async () => {
    const { body } = await ask(await kept(pdf, 'application/pdf', 'invoice.pdf'))
    const { headers } = await open(body.address)
    expect(headers['content-type']).toBe('application/pdf')
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; object-src 'self'/)
    expect(headers['content-security-policy']).not.toContain('script')
  })

  test('whatever is not what it was called is only ever saved', async () => {
    const cases: [Buffer, string][] = [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'image/svg+xml'],
      [Buffer.from('<html><script>alert(1)</script>'), 'text/html'],
      [Buffer.from('<html><script>alert(1)</script>'), 'image/png'],
      [png, 'application/pdf'],
      [pdf, 'image/jpeg'],
      [Buffer.from([0xff, 0xfe, 0x00, 0xd8]), 'text/plain'],
      [Buffer.from('alert(1)'), 'text/javascript'],
    ]
    for (const [bytes, mediaType] of cases) {
      const { body } = await ask(await kept(bytes, mediaType))
      const { headers } = await open(body.address)
      expect([mediaType, headers['content-type']]).toEqual([mediaType, 'application/octet-stream'])
      expect(headers['content-disposition']).toMatch(/^attachment;/)
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; sandbox; frame/)
    }
    const text = await ask(await kept(Buffer.from('<b>grüße</b>'), 'text/plain', 'note.txt'))
    const { headers } = await open(text.body.address)
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  test('an address is given to who may read the file, and to nobody else', async () => {
    const id = await kept(png, 'image/png')
    const rival = await s.signIn('rival@sellers.example')
    expect((await ask(id, rival)).body.refusal).toBe('not_found')
    expect((await ask(id, {})).body.refusal).toBe('not_signed_in')
    expect((await ask(id, { authorization: `Bearer ${s.key}` })).body.refusal).toBe('not_allowed')
    await s.reviewer('milan')
    expect((await ask(id, await s.signIn('milan@marketplace.example'))).status).toBe(200)
  })

  test('an address opens one file, and no changed, swapped or foreign one', async () => {
    const { body } = await ask(await kept(png, 'image/png'))
    const other = await ask(await kept(pdf, 'application/pdf'))
    const [head = '', seal = ''] = body.address.split('/files/')[1]?.split('.') ?? []
    const [otherHead = ''] = other.body.address.split('/files/')[1]?.split('.') ?? []
    const link = s.linkTo({ sellerId: 'clay' })
    for (const token of [
      `${otherHead}.${seal}`,
      `${head}.${seal.slice(0, -1)}`,
      `${head}.${seal}A`,
      head,
      `${head}.`,
      link,
      '..%2f..%2fetc%2fpasswd',
      'a'.repeat(5_000),
    ]) {
      const { status, bytes } = await open(`${body.address.split('/files/')[0]}/files/${token}`)
      expect([token.slice(0, 20), status]).toEqual([token.slice(0, 20), 401])
      expect(bytes.includes(png)).toBe(false)
    }
  })

  test('an address runs out after minutes; a tab that was left open is led to a fresh one', async () => {
    const id = await kept(png, 'image/png')
    const { body } = await ask(id)
    s.advance(6 * 60_000)
    const late = await open(body.address)
    expect(late.status).toBe(410)
    expect(JSON.parse(late.bytes.toString())).toMatchObject({ refusal: 'file_address_expired' })
    const tab = await open(body.address, { 'sec-fetch-dest': 'document' })
    expect([tab.status, tab.headers.location]).toEqual([303, `${s.url}/evidence/${id}`])
    expect((await open((await ask(id)).body.address)).status).toBe(200)
  })

  test('who has left reads nothing any more, with whatever address', async () => {
    const milan = await s.reviewer('mona')
    const { body } = await ask(await kept(png, 'image/png'), await s.signIn(milan.email))
    expect((await open(body.address)).status).toBe(200)
    await s.inside((tx) =>
      tx.updateTable('staff').set({ removed_at: s.app.now() }).where('id', '=', milan.id).execute(),
    )
    expect((await open(body.address)).status).toBe(401)
  })
})

describe('the two origins', () => {
  test('that of the pages gives out no file, and that of the files nothing else', async () => {
    const { body } = await ask(await kept(png, 'image/png'))
    const { pathname } = new URL(body.address)
    const files = new URL(body.address).origin
    expect((await open(`${s.url}${pathname}`)).status).toBe(404)
    for (const said of ['x-forwarded-host', 'x-original-host', 'forwarded', 'x-host'])
      expect(
        (await open(`${s.url}${pathname}`, { [said]: new URL(files).host })).status,
        said,
      ).toBe(404)
    for (const path of [
      '/',
      '/desk',
      '/v1/session',
      '/health',
      '/metrics',
      '/docs',
      '/assets/x.js',
      '/api/auth/get-session',
      '/openapi.json',
    ])
      expect([path, (await open(`${files}${path}`, browser)).status]).toEqual([path, 404])
    expect((await open(files.replace('files', 'FILES') + pathname)).status).toBe(200)
  })

  test('without an origin for files they are downloads and nothing more', async () => {
    await using plain = await served({ filesUrl: null })
    const seller = await plain.seller('clay')
    const file = await keepFile(plain.app, seller, {
      name: 'a.png',
      mediaType: 'image/png',
      bytes: png,
    })
    if (!file.ok) throw new Error(file.refusal)
    const headers = await plain.signIn('clay@sellers.example')
    const asked = await fetch(`${plain.url}/v1/files/${file.value.id}`, { headers })
    const { address, opens } = (await asked.json()) as FileAddress
    expect(opens).toBe('download')
    const answer = await fetch(address)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  })
})
