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

/** Parts laid one after the other, each at a place that 16 divides. */
export class Layout {
  length: number

  constructor(length = 0) {
    this.length = length
  }

  /** Where a part of so many bytes begins. */
  add(bytes: number): number {
    const start = this.length
    this.length = (start + bytes + 15) & ~15
    return start
  }
}
