import type { WindowKind } from '#core/wire/port-messages.ts';
import type { HostDecision } from '#core/wire/views-stations.ts';

/** What the test tells a station's process. */
export type ToStation =
  | { readonly kind: 'open'; readonly window: number; readonly as: WindowKind }
  | { readonly kind: 'text'; readonly window: number; readonly text: string }
  /** Make a pairing code. */
  | { readonly kind: 'code' }
  | { readonly kind: 'name-standby'; readonly station: string };

export interface StationNow {
  readonly role: 'host' | 'standby' | 'replica';
  readonly host: string | null;
  readonly epoch: number;
  readonly standby: string | null;
  readonly pair: 'solo' | 'whole' | 'lost' | 'undecided' | null;
  readonly seq: number;
  readonly hash: string;
  readonly lateBatches: number;
  /** What a person may decide here now (BR4). */
  readonly decision: HostDecision | null;
}

/** What a station's process tells the test. */
export type FromStation =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'text'; readonly window: number; readonly text: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'now'; readonly now: StationNow };
