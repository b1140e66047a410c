import type { MessageConnection } from '#core/wire/branch-port.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import type { StationRole } from '#core/wire/views-stations.ts';
import type { PracticeSettings } from './practice/start-practice.ts';

/** What a branch needs to start. Folders are absolute. */
export interface BranchSettings {
  /** Journal, keys and everything else that must survive; made when missing. */
  readonly dataFolder: string;
  readonly migrationsFolder: string;
  readonly clipsFolder: string;
  /** Foyer's own version, for reports. */
  readonly program?: string;
  /** Null: this branch uploads nothing. */
  readonly headOfficeUrl: string | null;
  /** AS4: a practice branch with simulated people, devices and no upload; the folder is its own. */
  readonly practice?: PracticeSettings;
}

/** A sound made in memory. */
export interface SoundAsset {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Something a window may load besides its page: a sound, or a file that is read when it is asked for. */
export type Asset = SoundAsset | { readonly contentType: string; readonly file: string };

/** A branch at work, as its carriers (Electron windows, browser) see it. */
export interface RunningBranch {
  /**
   * Serves one window until its connection closes. `window` is fixed by the carrier where it knows what it opened
   * (Electron), one of several, or null: taken from the hello message (browser).
   */
  servePort(connection: MessageConnection, window: WindowKind | readonly WindowKind[] | null): void;
  /** The voice's zones as of now, by id; each is to have a speaker window of its own (DV3). */
  voiceZones(): readonly string[];
  /** BR1: what this PC is there for; empty: everything. */
  roles(): readonly StationRole[];
  /** BR4: a person must decide on this PC which of two decides from now on. */
  needsDecision(): boolean;
  /** `/voice/<id>.wav`, `/playlist/<file>` and `/staff-photos/<file>`, nothing else; null when unknown. */
  readAsset(path: string): Asset | null;
  /** Finishes what is being written, lets go of devices and of the data folder. Safe to call twice. */
  stop(): Promise<void>;
}
