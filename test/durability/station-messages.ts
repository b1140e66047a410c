import type { HostDecision } from '#core/wire/views-stations.ts';
import type { FromProgram, ToProgram } from './program-child.ts';

/** What the test tells a station's process. */
export type StationOrder =
  /** Make a pairing code. */
  { readonly kind: 'code' } | { readonly kind: 'name-standby'; readonly station: string };
export type ToStation = ToProgram | StationOrder;

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
  | FromProgram
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'now'; readonly now: StationNow };
