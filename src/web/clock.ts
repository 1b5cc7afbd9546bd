/** The clock of these pages: the browser's, or in the demo as far ahead of it as the server's was moved. */
let ahead = 0

/** Takes over how far the demo's clock is ahead, in milliseconds. */
export function setAhead(milliseconds: number): void {
  ahead = milliseconds
}

/** Now, as the server sees it. */
export function nowHere(): Date {
  return new Date(Date.now() + ahead)
}
