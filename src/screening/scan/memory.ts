/** The memory of the fast pass, and what is known of WebAssembly here; the engine knows neither Node nor a browser. */

/** As much of the language's own WebAssembly as is used. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike
}
export interface WasmApi {
  Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory
  Instance: new (module: object, imports: object) => { exports: object }
  Module: new (bytes: Uint8Array) => object
  validate(bytes: Uint8Array): boolean
}

export const PAGE = 65536

/** As much as a processor fetches at once: a part that begins there shares none of it with another. */
const CACHE_LINE = 64

/** Parts laid one after the other. */
export class Layout {
  length: number

  constructor(length = 0) {
    this.length = length
  }

  /** Where a part of so many bytes begins: at the beginning of a cache line, or of another unit, a power of two. */
  add(bytes: number, unit = CACHE_LINE): number {
    const start = (this.length + unit - 1) & -unit
    this.length = start + bytes
    return start
  }
}
