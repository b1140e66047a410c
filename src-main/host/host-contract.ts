import type { Command } from '#core/branch/commands.ts';
import type { OwnNumbers } from '#core/branch/decision.ts';
import type { BranchEvent, NewEvent } from '#core/branch/events.ts';
import type { DoneDeed } from '#core/branch/kept-deeds.ts';
import type { BranchState } from '#core/branch/state.ts';
import type { DayFigures } from '#core/figures/day-figures.ts';
import type { Roles } from '#core/replication/roles.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import type { Failure, Result } from '#core/wire/result.ts';
import type { JournalBatch } from '../journal/check-batches.ts';
import type { Journal } from '../journal/journal.ts';

/** What an accepted command gives back. */
export type HostAnswer = Readonly<Record<string, unknown>>;

/** Real things the host uses, passed in by the wiring place. */
export interface HostParts {
  readonly journal: Pick<Journal, 'append' | 'read' | 'answerOf' | 'hasRoom' | 'last'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly station: string;
  /** Fresh unguessable ids; default `createIdSource`. */
  readonly newId?: () => string;
  /** Missing: a branch of one PC, which decides everything itself, at once. */
  readonly stations?: HostAmongStations;
  /** Tests play a program that knows less with it. */
  readonly readEvent?: (envelope: EventEnvelope) => Result<BranchEvent>;
}

/** What a branch of several PCs asks of its host (BR3, BR4). */
export interface HostAmongStations {
  /** False: another PC decides, and this one follows its journal. */
  isHost(): boolean;
  /** Another PC is known to decide: what this program is too old to read is kept for its update (`Host.unread`). */
  mayFollowUnread(): boolean;
  /**
   * BR5: the block a host gives numbers from that does not know whether it decides on this day; undefined: the one its
   * journal says.
   */
  hostBlock(businessDay: string): number | undefined;
  /** What may not be recorded now. */
  refuse(events: readonly NewEvent[]): Failure | undefined;
  /** A command for which another PC is the host; its news goes there. */
  passOn(command: Command, commandId: string | undefined): Result<HostAnswer>;
  /** A command was recorded here; `release` tells when it is safe. */
  recorded(batch: JournalBatch, commandId: string | undefined): void;
  /** A command that was recorded before came again. */
  repeated(commandId: string): void;
  /** BR7: what this PC did without its host and its journal does not have yet. */
  kept(): readonly BranchEvent[];
}

/** BR7: something decided without the host, before anybody hears of it. */
export interface Pretended {
  readonly at: number;
  readonly events: readonly NewEvent[];
  readonly answer: HostAnswer;
}

/** The branch's one decider: takes commands one after the other, records, then tells everybody. */
export interface Host {
  state(): BranchState;
  figures(): DayFigures;
  /**
   * Decides, records and applies a command. When it answers ok, the events are on disk. `commandId` makes a retry
   * harmless: the same id has one effect and gets the same answer (M607 when it carried something else before).
   * Failures: those of `decide` and `Journal.append`; `D403` no room for new tickets; `M601`, `C901` the command
   * would make an event that could not be read back.
   */
  execute(command: Command, commandId?: string): Result<HostAnswer>;
  /** Gives the commands that time alone makes due; called about once a second. */
  tick(): void;
  /**
   * Called after events were recorded and applied, with all of one command at once, in the journal's order.
   * Listeners never refuse.
   */
  onEvents(listener: (events: readonly BranchEvent[]) => void): void;
  /** As far as everything is safe: what windows and devices may show. The same as `state` in a branch of one PC. */
  shown(): BranchState;
  /** Who decides, as the journal tells. */
  roles(): Roles;
  /**
   * The program's own work, in the system's name and without a command. It is told with the next `release`.
   * Failures: of `Journal.append`; `M601` it could not be read back.
   */
  record(events: readonly NewEvent[]): Result<JournalBatch>;
  /**
   * Null: this program reads all of its journal. Else the first event it is too old for (`D407`): the journal goes on,
   * the state stays behind, and nothing is to be shown, decided or recorded by it.
   */
  unread(): Failure | null;
  /** Whether this program knows everything in these events. */
  canRead(events: readonly EventEnvelope[]): boolean;
  /**
   * Takes up what another PC decided and this PC's journal has already. Failure: `D407` where it may not follow
   * unread.
   */
  follow(batches: readonly JournalBatch[]): Result<void>;
  /**
   * BR7, a PC without its host: decides and shows, and records nothing. What comes from the host takes its place.
   * @param keep takes down what was decided, before anybody hears of it; false: the disk refuses
   * @param own where numbers come from
   * Failures: those of `decide`; `D404` it was not taken down.
   */
  pretend(command: Command, keep: (done: Pretended) => boolean, own?: OwnNumbers): Result<HostAnswer>;
  /**
   * BR7: records, as the host, what another PC did without it; a repeat has no second effect.
   * @param asked what it had been asked there
   * @returns the command id it is recorded under
   * Failures: those of `Journal.append`; `D403`; `M601`.
   */
  takeKept(deed: DoneDeed, asked: Command, answer: HostAnswer): Result<string>;
  /** Begins anew from the journal, a part of which was set aside (BR6). Failures: `D405`, `D407`. */
  rebuild(): Result<void>;
  /**
   * Events up to place `seq` are safe, and are told. `alsoAlone`: those of later batches too, as far as `isAlone`
   * says that a broken pair need not keep them.
   */
  release(seq: number, alsoAlone: boolean): void;
}
