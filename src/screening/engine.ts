/** An engine is what one thread screens with: the exact engine and, once it is worth while, the fast pass before it. */
import type { Jurisdiction, Policy } from '../core/policy.ts'
import { screenBlock } from './block.ts'
import type { ScreenedBlock } from './block.ts'
import { compilePolicies } from './compile.ts'
import type { Explanation } from './explain.ts'
import type { Block } from './lines.ts'
import { countWords, SAMPLE_BYTES } from './scan/frequency.ts'
import { openModule, wasm } from './scan/module.ts'
import { makeScanTables, openScanner } from './scan/scanner.ts'
import type { Scanner, ScanTables } from './scan/scanner.ts'
import { openUtf8 } from './utf8.ts'

export interface Engine {
  screenBlock(block: Block, explanation: Explanation): ScreenedBlock
  /** Makes the tables of the fast pass for so many threads, by the words of what was screened; null where there is no fast pass. */
  makeTables(workers: number): ScanTables | null
  /** From here on, lines go through the fast pass, which works in this one of the rooms. */
  useTables(tables: ScanTables, room: number): void
}

/** Opens an engine; the policies are compiled once. */
export function openEngine({
  policies,
  jurisdiction,
}: {
  policies: readonly Policy[]
  jurisdiction: Jurisdiction
}): Engine {
  const compiled = compilePolicies(policies, { jurisdiction })
  const utf8 = openUtf8()
  let scanner: Scanner | null = null
  /** What was screened last, as a sample of what is to come. */
  let sample = ''
  return {
    screenBlock: (block, explanation) => {
      if (scanner === null) sample = sampleOf(block.bytes)
      return screenBlock(compiled, block, { explanation, scanner, utf8 })
    },
    makeTables: (workers) => {
      const module = openModule()
      if (module === null) return null
      return makeScanTables(wasm, module, { compiled, workers, frequency: countWords(sample) })
    },
    useTables: (tables, room) => {
      const module = openModule()
      if (module !== null) scanner = openScanner(wasm, module, tables, room)
    },
  }
}

function sampleOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, SAMPLE_BYTES))
}
