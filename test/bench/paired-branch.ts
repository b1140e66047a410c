import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '#core/branch/commands.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { type BenchStation, startBenchStation, unwrap, waitUntil, writeSettings } from './bench-station.ts';
import type { Answer } from './day-of-tickets.ts';

export interface PairedBranchOptions {
  /** Both data folders are made in it. */
  readonly folder: string;
  readonly migrationsFolder: string;
  readonly now: () => number;
}

/** A host in this process and its standby in another one, linked over TLS on this machine (BR2, BR3). */
export interface PairedBranch {
  readonly host: BenchStation;
  /** Pairs the two and waits until answers need both disks. The branch has a bank document by then. */
  makePair(): Promise<void>;
  /**
   * Gives a command and resolves when it may be answered, and with how long that took.
   * @throws Error when this PC does not decide any more
   */
  execute(command: Command, commandId: string): Promise<{ readonly answer: Answer; readonly tookMs: number }>;
  stop(): Promise<void>;
}

/** Starts the host; it is alone until `makePair`. */
export async function startPairedBranch(options: PairedBranchOptions): Promise<PairedBranch> {
  const { folder, migrationsFolder, now } = options;
  const hostFolder = join(folder, 'host');
  writeSettings(hostFolder, { stationId: 'station-1', host: null });
  const host = await startBenchStation({ folder: hostFolder, migrationsFolder, now });
  const { stations, network, replicator } = host.station;
  let standby: ChildProcess | null = null;
  let ended: Promise<unknown> = Promise.resolve();

  return {
    host,
    async makePair() {
      unwrap(await stations.openPairingCode({ kind: 'staff', staffNumber: setterUp(), sessionId: '' }));
      const code = stations.facts().pairing?.code ?? '';
      const script = fileURLToPath(new URL('./paired-standby.ts', import.meta.url));
      const args = [script, join(folder, 'standby'), migrationsFolder, String(network.port), code];
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'inherit'] });
      standby = child;
      ended = once(child, 'exit');
      const isGone = () => child.exitCode !== null;
      await waitUntil('the standby is linked', () => isGone() || network.aboutOf('station-2') !== null);
      unwrap(await stations.nameStandby('station-2', { kind: 'system' }));
      await waitUntil('the pair is made', () => isGone() || replicator.status().pair === 'whole');
      if (isGone()) throw new Error(`the standby ended with ${child.exitCode}`);
    },
    async execute(command, commandId) {
      const startMs = performance.now();
      const answer = host.host.execute(command, commandId);
      const safe = answer.ok ? host.runtime.whenSafe(commandId) : null;
      if (safe === null) return { answer, tookMs: performance.now() - startMs };
      // As the port server does: the answer leaves in the first turn in which it may.
      const tookMs = await safe.then(kept => {
        unwrap(kept);
        return performance.now() - startMs;
      });
      return { answer, tookMs };
    },
    async stop() {
      await host.stop();
      standby?.stdin?.end();
      await ended;
    },
  };
}

/** Somebody of the sample bank who may set up. */
function setterUp(): string {
  const roles = new Set(
    SAMPLE_BANK.roles.filter(({ rights }) => rights.includes('set-up')).map(({ id }) => id),
  );
  return SAMPLE_BANK.staff.find(({ roleIds }) => roleIds.some(id => roles.has(id)))?.number ?? '';
}
