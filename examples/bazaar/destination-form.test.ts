import { expect, test } from 'vitest'
import { labelOf, readDestination } from './destination-form.ts'

test('an account is read with or without spaces, and shown by its bank and last digits only', () => {
  const read = readDestination({
    bank: '  Banco   Douro ',
    iban: 'pt50 0002 0123 1234 5678 9015 4',
  })
  expect(read).toEqual({
    ok: true,
    value: { bank: 'Banco Douro', iban: 'PT50000201231234567890154' },
  })
  if (read.ok) expect(labelOf(read.value)).toBe('Banco Douro, ends in 0154')
  for (const iban of [
    'DE89370400440532013000',
    'GB82WEST12345698765432',
    'SE4550000000058398257466',
  ])
    expect(readDestination({ bank: 'x', iban }).ok).toBe(true)
})

test('what is no account gets a sentence beside its field', () => {
  const wrong = (bank: string, iban: string) => {
    const read = readDestination({ bank, iban })
    return read.ok ? [] : Object.keys(read.wrongs)
  }
  const good = 'DE89370400440532013000'
  for (const bank of ['', '  ', 'x'.repeat(61), 'a\0b', 'half \ud800'])
    expect([bank, wrong(bank, good)]).toEqual([bank, ['bank']])
  for (const iban of [
    '',
    'DE',
    'DE88370400440532013000',
    'DE89370400440532013001',
    'DE8937040044053201300',
    'DE89 3704 0044 0532 0130 0O',
    '89DE370400440532013000',
    `DE89${'1'.repeat(40)}`,
    'ＤＥ89370400440532013000',
    "'; drop table destinations; --",
  ])
    expect([iban, wrong('Bank', iban)]).toEqual([iban, ['iban']])
  expect(wrong('', '')).toEqual(['bank', 'iban'])
})
