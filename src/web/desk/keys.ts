/** The keys of the desk: which press means which command, pure, so that the page only obeys. */

export type Power = 'grant' | 'narrow' | 'deny'

export type DeskCommand =
  | { do: 'next' }
  | { do: 'previous' }
  | { do: 'open' }
  | { do: 'pull' }
  | { do: 'release' }
  | { do: 'choose'; power: Power }
  | { do: 'objection'; number: number }
  | { do: 'queue' }
  | { do: 'listing' }
  | { do: 'evidence' }
  | { do: 'blur' }
  | { do: 'ask' }
  | { do: 'write' }
  | { do: 'forward' }
  | { do: 'similar' }
  | { do: 'note' }
  | { do: 'macro' }
  | { do: 'pick'; by: 0 | 1 | -1 }
  | { do: 'together' }
  | { do: 'decide' }
  | { do: 'undo' }
  | { do: 'help' }
  | { do: 'leave' }
  | { do: 'back' }

/** One press, with what the page knows of the place that has focus. */
export interface Press {
  key: string
  ctrl: boolean
  alt: boolean
  shift: boolean
  /** Focus is where text is typed. */
  inField: boolean
  /** Focus is on something that answers to Enter and space by itself: a link, a button. */
  onControl: boolean
}

export interface Reading {
  command: DeskCommand | null
  /** G was pressed: the next key says where to go. */
  going: boolean
}

/** Every key, in the order of the help; one table for the reader and for the page that shows them. */
export const deskKeys: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['X'], does: 'take the case that is due first, wherever it stands in the queue' },
  { keys: ['J', 'K'], does: 'next, previous case in the queue' },
  { keys: ['Enter'], does: 'open the case and hold it for 20 minutes' },
  { keys: ['R'], does: 'release the case' },
  {
    keys: ['1', '2', '3'],
    does: 'lift, narrow, stands for the objection you are at; in a check 1 clears and 3 says the rule is right',
  },
  { keys: ['4'], does: 'ask the seller; our clock stands still' },
  { keys: ['W'], does: 'write to the seller' },
  { keys: ['F'], does: 'forward to another desk, with a sentence that says why' },
  { keys: ['M'], does: 'note for colleagues; the seller never sees it' },
  {
    keys: ['I'],
    does: 'prepared words, filled for this case; while you write, Ctrl and I',
  },
  { keys: ['S'], does: 'similar past cases with their outcomes' },
  { keys: ['A'], does: 'in the queue: choose the case, to do the same with several' },
  { keys: ['Shift', 'J', 'K'], does: 'choose it and go on to the next, the previous' },
  { keys: ['B'], does: 'go to what is done with those chosen' },
  { keys: ['G', '1…9'], does: 'go to that objection' },
  { keys: ['G', 'Q'], does: 'go to the queue' },
  { keys: ['L'], does: 'the listing as it was, as it is now' },
  { keys: ['E', 'H'], does: 'open the evidence, and each next one of it; blur it' },
  { keys: ['Ctrl', 'Enter'], does: 'decide, or send what you wrote, and open the next' },
  { keys: ['Z'], does: 'undo what you decided or imposed, within its minute' },
  { keys: ['Esc'], does: 'leave the text field; then leave what you are writing for the decision' },
  { keys: ['?'], does: 'show these keys' },
]

const single: Record<string, DeskCommand> = {
  j: { do: 'next' },
  k: { do: 'previous' },
  x: { do: 'pull' },
  r: { do: 'release' },
  f: { do: 'forward' },
  s: { do: 'similar' },
  m: { do: 'note' },
  i: { do: 'macro' },
  a: { do: 'pick', by: 0 },
  b: { do: 'together' },
  w: { do: 'write' },
  l: { do: 'listing' },
  e: { do: 'evidence' },
  h: { do: 'blur' },
  z: { do: 'undo' },
  '1': { do: 'choose', power: 'grant' },
  '2': { do: 'choose', power: 'narrow' },
  '3': { do: 'choose', power: 'deny' },
  '4': { do: 'ask' },
  Escape: { do: 'back' },
  '?': { do: 'help' },
}

const withCtrl: Record<string, DeskCommand> = { Enter: { do: 'decide' }, i: { do: 'macro' } }

const nothing: Reading = { command: null, going: false }

/** Reads one press. Single keys mean nothing while text is typed; Esc, Ctrl+Enter and Ctrl+I always do. */
export function readKey(press: Press, going: boolean): Reading {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  if (press.alt) return nothing
  if (press.ctrl) return { command: withCtrl[key] ?? null, going: false }
  if (press.inField) return key === 'Escape' ? { command: { do: 'leave' }, going: false } : nothing
  if (key === 'Shift') return { command: null, going }
  if (going) return { command: placeOf(key), going: false }
  if (key === 'g') return { command: null, going: true }
  if (press.shift && (key === 'j' || key === 'k'))
    return { command: { do: 'pick', by: key === 'j' ? 1 : -1 }, going: false }
  if (key === 'Enter') return press.onControl ? nothing : { command: { do: 'open' }, going: false }
  return { command: single[key] ?? null, going: false }
}

function placeOf(key: string): DeskCommand | null {
  if (key === 'q') return { do: 'queue' }
  return /^[1-9]$/.test(key) ? { do: 'objection', number: Number(key) } : null
}
