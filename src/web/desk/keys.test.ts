/** The keys of the desk, read one press at a time. */
import { describe, expect, test } from 'vitest'
import { deskKeys, readKey, type Press } from './keys.ts'

const press = (key: string, rest: Partial<Press> = {}): Press => ({
  key,
  ctrl: false,
  alt: false,
  shift: false,
  inField: false,
  onControl: false,
  ...rest,
})

describe('single keys', () => {
  test.each([
    ['j', { do: 'next' }],
    ['K', { do: 'previous' }],
    ['r', { do: 'release' }],
    ['l', { do: 'listing' }],
    ['e', { do: 'evidence' }],
    ['H', { do: 'blur' }],
    ['x', { do: 'pull' }],
    ['F', { do: 'forward' }],
    ['w', { do: 'write' }],
    ['s', { do: 'similar' }],
    ['m', { do: 'note' }],
    ['i', { do: 'macro' }],
    ['a', { do: 'pick', by: 0 }],
    ['b', { do: 'together' }],
    ['4', { do: 'ask' }],
    ['Escape', { do: 'back' }],
    ['z', { do: 'undo' }],
    ['1', { do: 'choose', power: 'grant' }],
    ['2', { do: 'choose', power: 'narrow' }],
    ['3', { do: 'choose', power: 'deny' }],
    ['?', { do: 'help' }],
    ['Enter', { do: 'open' }],
  ])('%s does its work when nothing is being typed', (key, command) => {
    expect(readKey(press(key), false).command).toEqual(command)
  })

  test.each([...'jkrlehzxfwsmiab1234?g', 'Enter'])(
    '%s is only a letter while a text field has focus',
    (key) => {
      expect(readKey(press(key, { inField: true }), false)).toEqual({ command: null, going: false })
    },
  )

  test('Enter on a link or a button is left to the link or the button', () => {
    expect(readKey(press('Enter', { onControl: true }), false).command).toBeNull()
  })

  test('Shift with J or K chooses the case and goes on', () => {
    expect(readKey(press('J', { shift: true }), false).command).toEqual({ do: 'pick', by: 1 })
    expect(readKey(press('K', { shift: true }), false).command).toEqual({ do: 'pick', by: -1 })
    expect(readKey(press('J', { shift: true, inField: true }), false).command).toBeNull()
  })

  test('a key with Ctrl or Alt belongs to the browser', () => {
    expect(readKey(press('r', { ctrl: true }), false).command).toBeNull()
    expect(readKey(press('1', { alt: true }), false).command).toBeNull()
  })
})

describe('keys in a text field', () => {
  test('Esc leaves it', () => {
    expect(readKey(press('Escape', { inField: true }), false).command).toEqual({ do: 'leave' })
  })

  test('Ctrl+I brings prepared words into it', () => {
    const read = readKey(press('i', { ctrl: true, inField: true }), false)
    expect(read.command).toEqual({ do: 'macro' })
  })

  test('Ctrl+Enter decides from within it', () => {
    expect(readKey(press('Enter', { inField: true, ctrl: true }), false).command).toEqual({
      do: 'decide',
    })
  })
})

describe('G and where to', () => {
  test('G waits for the next key, and that key ends the waiting', () => {
    expect(readKey(press('g'), false)).toEqual({ command: null, going: true })
    expect(readKey(press('2'), true)).toEqual({
      command: { do: 'objection', number: 2 },
      going: false,
    })
    expect(readKey(press('q'), true)).toEqual({ command: { do: 'queue' }, going: false })
  })

  test('after G a number never decides anything', () => {
    for (const number of [1, 2, 3, 4]) {
      expect(readKey(press(String(number)), true).command).toEqual({ do: 'objection', number })
    }
  })

  test('after G a key that leads nowhere does nothing', () => {
    expect(readKey(press('r'), true)).toEqual({ command: null, going: false })
  })
})

test('the help names every single key', () => {
  const shown = deskKeys.flatMap((row) => row.keys)
  for (const key of [...'JKRLZXFWS1234G?', 'Enter', 'Esc']) expect(shown).toContain(key)
})
