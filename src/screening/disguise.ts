/** A disguise is a word written with other signs that look the same to people: mαsk, v1rus, k!lls. */
import unhomoglyph from 'unhomoglyph'

/** Look-alikes beyond Unicode's table of confusables (UTS 39), which holds lower and upper case apart. */
const alike: Record<string, string> = {
  м: 'm',
  к: 'k',
  т: 't',
  н: 'h',
  в: 'b',
  г: 'r',
  п: 'n',
  и: 'u',
  κ: 'k',
  τ: 't',
  μ: 'm',
  η: 'n',
  ε: 'e',
  β: 'b',
  χ: 'x',
  ρ: 'p',
  ν: 'v',
  ω: 'w',
  ς: 's',
}

/** Digits and signs that stand for letters; 1, ! and | for i here, for l as well. */
const leet: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
}

/** Signs that stand within a word only as a disguise: @ $ ! | by their code. */
export function isLeetSign(code: number): boolean {
  return code === 64 || code === 36 || code === 33 || code === 124
}

/** Digits that may stand for letters within a word. */
export function isLeetDigit(text: string): boolean {
  return /[0134578]/.test(text)
}

/** The plain words that a folded word may be a disguise of, likeliest first; none where it is in plain letters. */
export function undisguise(folded: string): string[] {
  const letters = withoutLookAlikes(folded)
  if (letters === null) return []
  const found = letters === folded ? [] : [letters]
  // A number alone is a number.
  if (/[0134578@$!|]/.test(letters) && /[a-z]/.test(letters)) {
    found.push(letters.replace(/[0134578@$!|]/g, (sign) => leet[sign] ?? sign))
    if (/[1!|]/.test(letters))
      found.push(
        letters.replace(/[0134578@$!|]/g, (sign) =>
          /[1!|]/.test(sign) ? 'l' : (leet[sign] ?? sign),
        ),
      )
  }
  return found
}

/** Null where a letter looks like no plain one: then it is a word of another script. */
function withoutLookAlikes(folded: string): string | null {
  if (isAscii(folded)) return folded
  let plain = ''
  for (const letter of folded) {
    if (isAscii(letter)) {
      plain += letter
      continue
    }
    const looks = looksOf(letter)
    if (!isAscii(looks)) return null
    // The table writes m as rn.
    plain += looks === 'rn' ? 'm' : looks
  }
  return plain
}

/** What letters that were met look like; the table is one long expression and slow to ask. */
const known = new Map<string, string>()

function looksOf(letter: string): string {
  const before = known.get(letter)
  if (before !== undefined) return before
  const looks = (alike[letter] ?? unhomoglyph(letter)).toLowerCase()
  known.set(letter, looks)
  return looks
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false
  return true
}
