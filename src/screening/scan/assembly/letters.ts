/** What a byte is among plain text. */

/** A letter or digit of ASCII, or one that looks like none. */
export function isLetter(byte: u8): bool {
  const lower = byte | 0x20
  return (lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte == 0x7f
}

/** A sign that stands for a letter within a word: @ $ ! |. */
export function isSign(byte: u8): bool {
  return byte == 0x40 || byte == 0x24 || byte == 0x21 || byte == 0x7c
}

/** Whether letters are those, whatever their case; more signs may pass for others than are alike. */
export function isAlike(start: usize, those: usize, length: u32): bool {
  for (let index: usize = 0; index < <usize>length; index++)
    if ((load<u8>(start + index) | 0x20) != (load<u8>(those + index) | 0x20)) return false
  return true
}
