/** Screening in order: blocks are screened side by side and answered one after the other, as they came. */
import type { ScreenedBlock } from './block.ts'
import { blocksOf } from './lines.ts'
import type { Block, Gathering } from './lines.ts'

interface InOrder {
  screenBlock: (block: Block) => Promise<ScreenedBlock>
  /** How many blocks may be open: unscreened, or screened and not yet taken. */
  width: number
  /** Takes the answer to so many bytes, as slowly as it likes; false when nobody wants more. */
  answer: (screened: ScreenedBlock, bytes: number) => Promise<boolean>
  /** Where blocks are to be larger than what comes at once. */
  gathering?: Gathering
}

/**
 * Reads no faster than is answered; false when somebody wanted no more before the end. Where the bytes break off, what
 * came before is answered first.
 */
export async function screenInOrder(
  bytes: AsyncIterable<Uint8Array>,
  { screenBlock, width, answer, gathering }: InOrder,
): Promise<boolean> {
  const open: Promise<boolean>[] = []
  let last = Promise.resolve(true)
  const add = (block: Block) => {
    const { length } = block.bytes // the bytes are given away
    const screened = screenBlock(block)
    screened.catch(() => undefined) // waited for below, in its turn
    const before = last
    last = (async () => (await before) && answer(await screened, length))()
    last.catch(() => undefined) // waited for below, in its turn
    open.push(last)
  }
  try {
    for await (const block of blocksOf(bytes, gathering)) {
      add(block)
      if (open.length >= width && (await open.shift()) === false) return false
    }
  } finally {
    await Promise.all(open)
  }
  return last
}
