/** How a simulated printer misbehaves (HW1), one fault at a time. */
export type PrinterFault =
  /** Runs out of paper after so many more printed lines, 0 = now. The buffered rest prints when it is cleared. */
  | { readonly kind: 'paper-out'; readonly afterLines: number }
  | { readonly kind: 'paper-near-end' }
  | { readonly kind: 'cover-open' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'cutter-error' }
  | { readonly kind: 'unrecoverable-error' }
  | { readonly kind: 'head-hot' }
  /** Prints, but answers nothing. */
  | { readonly kind: 'silent' }
  /** Sends every answer byte by byte, with a pause between. */
  | { readonly kind: 'split-answers'; readonly gapMs: number }
  /** Closes the connection after so many bytes of the next ticket. */
  | { readonly kind: 'close-mid-ticket'; readonly afterBytes: number }
  /** Takes no connection and drops the one it has. */
  | { readonly kind: 'unplugged' }
  /** Ignores the process-id request, as older models and clones do. */
  | { readonly kind: 'no-process-id' }
  /** Answers neither process id nor queued status. */
  | { readonly kind: 'no-confirmation' }
  | { readonly kind: 'slow'; readonly lineMs: number };
