import type { BranchEvent } from '#core/branch/events.ts';
import type { StationId } from '#core/replication/log.ts';
import type { ReplicationTimings } from '#core/replication/station.ts';
import type { MessageConnection } from '#core/wire/branch-port.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import type { Failure, Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Host, HostAmongStations, HostAnswer } from '../host/host-contract.ts';
import type { Journal } from '../journal/journal.ts';
import type { LinkNetwork } from './link-network.ts';
import type { Outbox } from './outbox.ts';
import type { OwnNumberBook } from './own-numbers.ts';
import type { Replicator } from './replicator-contract.ts';
import type { Secrets } from './secrets.ts';
import type { HeadOfficeClaims } from './station-network.ts';
import type { StationSettings } from './station-settings.ts';

/** Real things a station uses. */
export interface StationRuntimeParts {
  readonly settings: StationSettings;
  readonly journal: Journal;
  readonly headOffice: HeadOfficeClaims;
  readonly clock: DriverClock;
  readonly newId: () => string;
  readonly timings?: ReplicationTimings;
  readonly onTrouble: (trouble: Failure) => void;
  /** Whether no PC of this name belongs to the branch any more, as far as this one knows. */
  readonly isRemoved?: (station: StationId) => boolean;
  /** What was done without a host, for the next one (BR7). */
  readonly outbox: Outbox;
  /** Without a link to a host for so long, this PC is on its own. */
  readonly cutOffMs?: number;
  /** BR5: what this PC may give by itself. */
  readonly ownNumbers: OwnNumberBook;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What this PC gives to others once everything is made. */
export interface StationServices {
  readonly host: Host;
  readonly network: LinkNetwork;
  /** How many this PC has. */
  readonly printers: () => number;
  /** Serves a window of another PC under its station's name. */
  readonly serveWindow: (
    connection: MessageConnection,
    allowed: readonly WindowKind[] | null,
    station: StationId,
  ) => void;
}

/** A PC in a branch of several: the one place where journal, host, links and replication meet (BR). */
export interface StationRuntime {
  /** For `startHost`. */
  readonly among: HostAmongStations;
  /** Joins the log with the links and begins. Failures: those of the disk. */
  start(services: Pick<StationServices, 'host' | 'network' | 'printers'>): Result<Replicator>;
  /** Windows of other PCs are served from now on. */
  open(serveWindow: StationServices['serveWindow']): void;
  /** Undefined: it is this PC's own to carry out. Else the host does it, and its answer comes here. */
  forward(window: WindowKind, command: WindowCommand): Promise<Result<HostAnswer>> | undefined;
  /** Null: the command may be answered now; see `Replicator.whenSafe`. */
  whenSafe(commandId: string): Promise<Result<void>> | null;
  /** Somebody gives this PC what a take-over needs; whether it is its host is for the listener to know. */
  onSecrets(listener: (from: StationId, secrets: Secrets) => void): void;
  /** Deeds that wait for a host (BR7). */
  keptDeeds(): number;
  /** Print jobs of this PC that no journal knows yet. */
  keptJobs(): ReadonlySet<string>;
  /** BR7: this PC has neither a host nor is it one, and not for a moment only. */
  isCutOff(): boolean;
  /** Whether this PC's devices are to act on an event that is for one PC only. */
  isOurs(event: Pick<BranchEvent, 'station'>): boolean;
  stop(): void;
}
