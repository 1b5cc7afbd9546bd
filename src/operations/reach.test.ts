import { describe, expect, test } from 'vitest'
import { isWithin, publicReach, readTarget } from './reach.ts'

describe('an address', () => {
  test('of the public network is within reach, whichever way it is written', () => {
    for (const address of [
      '8.8.8.8',
      '1.1.1.1',
      '172.15.255.255',
      '172.32.0.1',
      '2606:4700::1111',
      '100.128.0.1',
    ])
      expect([address, isWithin(address, publicReach)]).toEqual([address, true])
  })

  test('of any network that is not the public one is out of reach', () => {
    for (const address of [
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '100.127.255.255',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.8',
      '192.0.2.1',
      '192.88.99.1',
      '192.168.1.1',
      '198.18.0.1',
      '198.19.255.255',
      '198.51.100.7',
      '203.0.113.9',
      '224.0.0.1',
      '239.255.255.255',
      '240.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::127.0.0.1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::ffff:0:127.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b::10.0.0.1',
      '64:ff9b:1::1',
      '100::1',
      '2001::1',
      '2001:db8::1',
      '2001:0:7f00:1::',
      '2002:7f00:1::',
      '3fff::1',
      '5f00::1',
      'fc00::1',
      'fd12:3456::1',
      'fe80::1',
      'fe80::1%lo',
      'fec0::1',
      'ff02::1',
      'localhost',
      '',
      '127.1',
      '0x7f.1',
    ])
      expect([address, isWithin(address, publicReach)]).toEqual([address, false])
  })

  test('of this machine is within reach only where code says so', () => {
    const here = { thisMachine: true, ports: [] }
    expect(isWithin('127.0.0.1', here)).toBe(true)
    expect(isWithin('::1', here)).toBe(true)
    for (const address of ['10.0.0.1', '::ffff:127.0.0.1', '169.254.169.254', '0.0.0.0'])
      expect(isWithin(address, here)).toBe(false)
    expect(readTarget('http://127.0.0.1:9999/x', here).ok).toBe(true)
    expect(readTarget('http://127.0.0.1:9999/x', publicReach).ok).toBe(false)
    expect(readTarget('http://shop.example/x', here).ok).toBe(false)
  })
})

test('a webhook goes by https to the ports that are allowed, and its address holds no password', () => {
  expect(readTarget('https://shop.example/hooks?x=1', publicReach)).toMatchObject({ ok: true })
  for (const given of [
    'http://shop.example/',
    'https://shop.example:8443/',
    'https://me:secret@shop.example/',
    'https://me@shop.example/',
    'ftp://shop.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'shop.example',
    '',
    `https://shop.example/${'a'.repeat(2_000)}`,
    'https://[::1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://①②⑦.0.0.1/',
  ])
    expect([given, readTarget(given, publicReach).ok]).toEqual([given, false])
  expect(readTarget('https://shop.example:8443/', { thisMachine: false, ports: [8443] }).ok).toBe(
    true,
  )
})
