import type { StationId } from '#core/replication/log.ts';
import type { ReplicationMessage } from '#core/replication/station.ts';
import type { Transaction } from './disk.ts';
import type { IoKind, Moment, WriteKind } from './faults.ts';
import type { WorkBatch } from './hall.ts';
import type { Push } from './head-office.ts';
import type { SimulatedStation } from './simulated-station.ts';

/** What the world offers to a PC: the network, head office, and its hazards. */
export interface Surroundings {
  send(from: SimulatedStation, to: StationId | 'everybody', message: SimulatedMessage): void;
  claim(from: SimulatedStation, expected: number): void;
  register(from: SimulatedStation, epoch: number): void;
  push(from: SimulatedStation, push: Push): void;
  answer(from: SimulatedStation, commandId: string, number: number): void;
  /** True: the PC dies here. */
  diesAt(pc: SimulatedStation, kind: IoKind, moment: Moment): boolean;
  /** True: the disk has no room for this now. */
  isFull(pc: SimulatedStation, kind: WriteKind, transaction: Transaction): boolean;
  died(pc: SimulatedStation): void;
  /** Its program ended itself, because the disk keeps no promises. */
  stopped(pc: SimulatedStation): void;
  /** The highest epoch it knows is on its disk, or was found there. */
  remembered(pc: SimulatedStation): void;
  safe(pc: SimulatedStation, seq: number): void;
  cut(pc: SimulatedStation, seq: number): void;
  recorded(pc: SimulatedStation, batch: WorkBatch): void;
  report(pc: SimulatedStation, what: string): void;
  /** As far as the PC knows: whoever has this name has a certificate that is withdrawn. */
  isRemoved(pc: SimulatedStation, name: StationId): boolean;
}

export type SimulatedMessage =
  | (ReplicationMessage & { readonly batches?: readonly WorkBatch[] })
  /** How far screens and devices may follow; as `safe` of the link. */
  | { readonly kind: 'safe'; readonly epoch: number; readonly seq: number; readonly alone: boolean }
  /** Whether the sender's program knows everything in its log. */
  | { readonly kind: 'about'; readonly readsLog: boolean };

export interface Order {
  readonly commandId: string;
  readonly kind: 'issue' | 'call';
  readonly counter: string;
}
