/** Sets as bits in a row: false says for certain that something is not in one. */
export function isSet(bits: usize, bit: u32): bool {
  return ((load<u8>(bits + (bit >>> 3)) >>> (bit & 7)) & 1) != 0
}
