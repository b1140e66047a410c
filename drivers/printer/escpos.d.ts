/** The part of escpos 3.0.0-alpha.6 that the composer uses; the package ships no types. */
declare module 'escpos' {
  interface Adapter {
    /** `bytes` is a view on a buffer that the package reuses: copy it before returning. */
    write(bytes: Uint8Array, callback?: () => void): void;
  }
  class Printer {
    constructor(adapter: Adapter, options?: { encoding?: string; width?: number });
    /** Writes the text and a line feed. */
    text(content: string): this;
    /** `LT` left, `CT` centre, `RT` right. */
    align(align: 'LT' | 'CT' | 'RT'): this;
    /** Counts from 0: `size(0, 0)` is normal, `size(7, 7)` is eight times as wide and high. */
    size(width: number, height: number): this;
    /** Writes `lines` line feeds. */
    feed(lines: number): this;
    /** Writes bytes as they are; anything that is not a Buffer or a hex string is silently ignored. */
    raw(bytes: Buffer): this;
    flush(callback?: () => void): this;
  }
  const escpos: { Printer: typeof Printer };
  export default escpos;
}
