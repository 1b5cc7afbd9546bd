/** Reading the answer that carries the own file: its name, and how many of its lines have come. */

/** The name that the server gives the file. */
export function fileNameIn(disposition: string | null): string {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'my-file.json'
}

/** How many lines end in these bytes. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (const byte of bytes) if (byte === 10) lines++
  return lines
}
