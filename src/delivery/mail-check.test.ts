/** What a signature is worth: messages signed here, with a key of our own in a zone of our own. */
import { generateKeyPairSync } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { checkMail, type DNSResolver } from './mail-check.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const zone: Record<string, string> = {
  'k1._domainkey.signs.example': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
  'k1._domainkey.other.example': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
  '_dmarc.strict.example': 'v=DMARC1; p=reject',
}
const resolver: DNSResolver = async (domain, type) => {
  const found = type === 'TXT' ? zone[domain.toLowerCase()] : undefined
  if (found === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  return [[found]]
}

/** A message with the signature of a domain. */
async function signed(from: string, domainName: string): Promise<Buffer> {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    dkim: { domainName, keySelector: 'k1', privateKey },
  })
  const { message } = await transport.sendMail({
    from,
    to: 'appeals@shop.example',
    subject: 'My listing',
    text: 'It is a clay mask.',
  })
  return Buffer.from(message as Buffer) // buffered, as asked for above
}

const check = (raw: Buffer, from: string) =>
  checkMail(
    {
      raw,
      from: [from],
      envelopeFrom: from,
      clientIp: '198.51.100.7',
      helo: 'mx.elsewhere.example',
    },
    { resolver },
  )

test('the signature of its own domain shows who sent a message', async () => {
  const from = 'owner@signs.example'
  const found = await check(await signed(from, 'signs.example'), from)
  expect(found).toMatchObject({ result: 'pass', dkim: 'pass' })
})

test('a word that was changed on the way breaks the signature', async () => {
  const from = 'owner@signs.example'
  const raw = await signed(from, 'signs.example')
  const changed = Buffer.from(raw.toString('latin1').replace('clay mask', 'real mask'), 'latin1')
  expect(await check(changed, from)).toMatchObject({ result: 'none', dkim: 'neutral' })
})

test('the signature of another domain shows nothing of who stands in From', async () => {
  const from = 'owner@signs.example'
  const found = await check(await signed(from, 'other.example'), from)
  expect(found).toMatchObject({ result: 'none', dkim: 'pass' })
  const strict = 'owner@strict.example'
  expect(await check(await signed(strict, 'other.example'), strict)).toMatchObject({
    result: 'fail',
    dmarc: 'fail',
  })
})
