/** The destination form is what a seller types of a bank account; here it becomes one, or a sentence beside each field. */

export interface TypedDestination {
  bank: string
  iban: string
}
export type DestinationWrongs = Partial<Record<keyof TypedDestination, string>>

export const emptyDestination: TypedDestination = { bank: '', iban: '' }

/** How people know it, without the whole number. */
export const labelOf = ({ bank, iban }: TypedDestination) => `${bank}, ends in ${iban.slice(-4)}`

/** Reads what was typed; what cannot be taken comes back with a sentence for its field. */
export function readDestination(
  typed: TypedDestination,
): { ok: true; value: TypedDestination } | { ok: false; wrongs: DestinationWrongs } {
  const wrongs: DestinationWrongs = {}
  const bank = typed.bank.trim().replace(/\s+/g, ' ')
  if (bank === '' || bank.length > 60) wrongs.bank = 'Give the bank’s name, in up to 60 characters.'
  else if (/[\p{Cc}\p{Surrogate}]/u.test(bank))
    wrongs.bank = 'There is a character in this that no page can show. Type it again.'
  const iban = typed.iban.replace(/\s+/g, '').toUpperCase()
  if (!isIban(iban))
    wrongs.iban =
      'This is not an IBAN, or a digit of it is wrong. It looks like PT50 0002 0123 1234 5678 9015 4.'
  if (Object.keys(wrongs).length > 0) return { ok: false, wrongs }
  return { ok: true, value: { bank, iban } }
}

/** An IBAN says itself whether it was typed rightly: moved and read as a number, it leaves 1 over 97 (ISO 7064). */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false
  const moved = text.slice(4) + text.slice(0, 4)
  const digits = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n
}
