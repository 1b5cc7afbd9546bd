/** Lines of a stream of bytes: cut at newlines, with the length of each bounded. */

/** One line without its newline; null bytes stand for a line that was too long and was passed over. */
export interface Line {
  /** From 1, blank lines counted. */
  number: number
  bytes: Buffer | null
}

/** Cuts chunks into lines; a line that grows past `longest` is dropped as it comes, and the next one is read again. */
export function createLineCutter(longest: number) {
  let held: Buffer[] = []
  let size = 0
  let isTooLong = false
  let number = 0

  function end(): Line {
    const line = { number: ++number, bytes: isTooLong ? null : Buffer.concat(held) }
    held = []
    size = 0
    isTooLong = false
    return line
  }

  function add(part: Buffer): void {
    size += part.length
    if (size > longest) {
      isTooLong = true
      held = []
    } else if (part.length > 0) held.push(part)
  }

  return {
    /** The lines that this chunk completes. */
    cut(chunk: Buffer): Line[] {
      const lines: Line[] = []
      let from = 0
      for (let newline = chunk.indexOf(10); newline >= 0; newline = chunk.indexOf(10, from)) {
        add(chunk.subarray(from, newline))
        lines.push(end())
        from = newline + 1
      }
      add(chunk.subarray(from))
      return lines
    },
    /** The last line, when it had no newline. */
    rest(): Line[] {
      return size > 0 ? [end()] : []
    },
  }
}
