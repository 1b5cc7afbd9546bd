/** The chosen seller is the one that this browser acts for, where its person acts for several. */

const name = 'recourse_seller'

/** Chooses one, until another is chosen or one signs out; the server reads it with every request. */
export function chooseSeller(id: string): void {
  keep(encodeURIComponent(id), 365 * 24 * 60 * 60)
}

/** Whether one was chosen here, and so whether there may be another. */
export function hasChosenSeller(): boolean {
  return document.cookie.split('; ').some((part) => part.startsWith(`${name}=`))
}

/** Chooses none. */
export function forgetSeller(): void {
  keep('', 0)
}

function keep(value: string, seconds: number): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${secure}`
}
