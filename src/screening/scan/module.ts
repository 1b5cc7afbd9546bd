/** The fast pass as it was built, or none: then the exact engine screens alone. */
import { readFileSync } from 'node:fs'
import type { WasmApi } from './memory.ts'
import type { ScanModule } from './scanner.ts'

/** Built beside the server; from the source it is the same file. */
const places = ['./scan.wasm', '../../../dist/src/screening/scan/scan.wasm']

/** WebAssembly itself; the types of Node do not name it. */
export const wasm = Reflect.get(globalThis, 'WebAssembly') as WasmApi // every Node that runs this has it

let opened: ScanModule | null | undefined

/** Opens the module once; null where it was not built, or this machine cannot run it. */
export function openModule(): ScanModule | null {
  if (opened === undefined) opened = readModule()
  return opened
}

function readModule(): ScanModule | null {
  for (const place of places) {
    try {
      const bytes = readFileSync(new URL(place, import.meta.url))
      if (wasm.validate(bytes)) return new wasm.Module(bytes)
    } catch (cause) {
      if (!isMissing(cause)) throw new Error(`open the fast pass at ${place}`, { cause })
    }
  }
  return null
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}
