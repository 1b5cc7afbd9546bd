import { expect, test } from 'vitest'
import { agentTitle, agentWords } from './agent-words.ts'
import { waysSentence } from './security-words.ts'

const at = '2026-11-23T09:00:00Z'
const passkey = { id: 'pky_1', name: 'Phone', addedAt: at, lastUsedAt: null }
const totp = { addedAt: at, lastUsedAt: null }
const address = 'ines@clay.example'
const hasLinks = true

test('the page opens with what lets one in', () => {
  expect(waysSentence({ passkeys: [], totp: null, address, hasLinks })).toMatch(
    /is all that lets you in/,
  )
  expect(waysSentence({ passkeys: [passkey], totp: null, address, hasLinks })).toBe(
    'A passkey lets you in, or a link to ines@clay.example.',
  )
  expect(waysSentence({ passkeys: [], totp, address, hasLinks })).toMatch(
    /a code of your app let you in/,
  )
  expect(waysSentence({ passkeys: [passkey], totp, address, hasLinks: false })).toBe(
    'A passkey lets you in. Links to your mailbox no longer do.',
  )
  expect(waysSentence({ passkeys: [passkey], totp, address, hasLinks })).toMatch(
    /passkey .* code of your app/,
  )
})

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/147.0 Safari/537.36',
    'Chrome on Linux',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/147.0 Safari/537.36 Edg/147.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1',
    'Safari on an iPhone',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Gecko/20100101 Firefox/149.0', 'Firefox on a Mac'],
  ['Mozilla/5.0 (Linux; Android 16) Chrome/147.0 Mobile Safari/537.36', 'Chrome on Android'],
  ['curl/8.0', 'a browser'],
  ['', 'a browser'],
])('%s is %s', (agent, words) => {
  expect(agentWords(agent)).toBe(words)
  expect(agentTitle(agent).charAt(0)).toBe(words.charAt(0).toUpperCase())
})
