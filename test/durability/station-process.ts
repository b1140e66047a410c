import { fileURLToPath } from 'node:url';
import { BRANCH_TIMINGS } from '#core/replication/station.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { appFolders } from '#main/app-folders.ts';
import { startBranch } from '#main/branch.ts';
import type { FromStation, ToStation } from './station-messages.ts';

/**
 * One PC of a branch in a process of its own that can be killed at any moment. Arguments: data folder, head office's
 * address (empty: there is none), and by how much its patience is shorter than a real branch's.
 */
const [dataFolder = '', headOffice = '', scaleText = '1'] = process.argv.slice(2);
const scale = Number(scaleText);
const timings = Object.fromEntries(
  Object.entries(BRANCH_TIMINGS).map(([name, ms]) => [name, Math.round(ms / scale)]),
) as unknown as typeof BRANCH_TIMINGS;
const tell = (message: FromStation) => void process.send?.(message);
// Nobody is left to talk with: the test has ended.
process.on('disconnect', () => process.exit());

/** What the test wants before the branch is up waits for it. */
const early: ToStation[] = [];
let take = (message: ToStation): void => void early.push(message);
process.on('message', (message: ToStation) => take(message));

const { rendererFolder: _, ...folders } = appFolders(fileURLToPath(new URL('../..', import.meta.url)));
const headOfficeUrl = headOffice === '' ? null : headOffice;
const started = await startBranch({ dataFolder, headOfficeUrl, ...folders }, { station: { timings } });
if (!started.ok || started.value.station === null) {
  const code = started.ok ? 'alone' : started.error.code;
  process.send?.({ kind: 'refused', code } satisfies FromStation, () => process.exit(1));
} else {
  const branch = started.value;
  const station = started.value.station;
  const hear = new Map<number, (text: string) => void>();
  const say = () => {
    const { role, host, epoch, standby, pair, lateBatches } = station.replicator.status();
    const { seq, hash } = branch.journal.last();
    const { decision } = station.stations.facts();
    tell({ kind: 'now', now: { role, host, epoch, standby, pair, lateBatches, decision, seq, hash } });
  };
  take = message => {
    if (message.kind === 'text') return hear.get(message.window)?.(message.text);
    if (message.kind === 'name-standby') {
      void station.stations.nameStandby(message.station, { kind: 'system' });
      return;
    }
    if (message.kind === 'code') {
      const staffNumber = SAMPLE_BANK.staff.find(({ roleIds }) =>
        SAMPLE_BANK.roles.some(({ id, rights }) => roleIds.includes(id) && rights.includes('set-up')),
      )?.number;
      void station.stations.openPairingCode({ kind: 'staff', staffNumber: staffNumber ?? '', sessionId: '' });
      return tell({ kind: 'code', code: station.stations.facts().pairing?.code ?? '' });
    }
    const { window } = message;
    branch.servePort(
      {
        post: text => tell({ kind: 'text', window, text }),
        onMessage: listener => void hear.set(window, listener),
        onClose() {},
        close() {},
      },
      message.as,
    );
  };
  for (const message of early.splice(0)) take(message);
  station.onChange(say);
  setInterval(say, 50);
  tell({ kind: 'ready' });
  say();
}
