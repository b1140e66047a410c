import type { WindowKind } from '#core/wire/port-messages.ts';

/** What the test tells the branch's process. */
export type ToBranch =
  | { readonly kind: 'open'; readonly window: number; readonly as: WindowKind }
  | { readonly kind: 'text'; readonly window: number; readonly text: string };

/** What the branch's process tells the test. */
export type FromBranch =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'text'; readonly window: number; readonly text: string }
  /** A ticket was cut off at the simulated printer. */
  | { readonly kind: 'paper'; readonly lines: readonly string[] };
