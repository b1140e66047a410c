import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { PLAIN_KEY_STORE } from '#main/link/key-store.ts';
import { createRandom } from '#main/simulate/random.ts';
import { writeSimulatedDevices } from '#main/simulate/simulated-devices.ts';
import { pairThisPc } from '#main/station/open-station.ts';
import { StationSettings } from '#main/station/station-settings.ts';
import { unwrap } from '../src-main/journal/journal-fixture.ts';
import { type Acked, check, type StationKillSummary } from './check-stations.ts';
import { type StationChild, startStationChild } from './station-child.ts';
import { startHeadOffice } from './station-head-office.ts';
import { decideByHand } from './station-person.ts';
import { kiosk, teller, type WindowWorker } from './station-workers.ts';

const LOOPBACK = '127.0.0.1';
const PCS = ['pc-1', 'pc-2', 'pc-3', 'pc-4', 'pc-5'] as const;
const PATIENCE_MS = 90_000;
const HOST_SHARE = 0.5;
const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
/** Nobody waits; numbers of a block are used up; the last rating is open. */
const FAIR_REFUSALS = new Set(['T805', 'T814', 'T802']);
/** The command is sent again as it is: it was not done, or nobody knows. */
const AGAIN = new Set(['U511', 'U551', 'U552', 'M606']);

interface Pc {
  readonly id: string;
  readonly folder: string;
  readonly settings: StationSettings;
  child: StationChild | null;
}

export interface StationKills {
  readonly kills: number;
  readonly seed: number;
  /** By how much every patience is shorter than a real branch's. */
  readonly scale: number;
  /** Who names the next host (BR4): a real head office, or a person where there is none. */
  readonly decidedBy: 'head-office' | 'hand';
}

/**
 * Five PCs, each a process: one is killed with kill -9, the host more often than others, and started again when the
 * branch works without it. Every promise made to a window is looked for at the end.
 */
export async function killStations({
  kills,
  seed,
  scale,
  decidedBy,
}: StationKills): Promise<StationKillSummary> {
  const random = createRandom(seed);
  const summary: StationKillSummary = {
    ...{ kills: 0, hostKills: 0, takeOverMs: [], acknowledged: 0, events: 0, tickets: 0, lateMerges: 0 },
    ...{ lost: 0, doubleCalls: 0, problems: [] },
  };
  const root = mkdtempSync(join(tmpdir(), 'foyer-stations-'));
  const office = decidedBy === 'hand' ? null : await startHeadOffice(join(root, 'head-office'));
  let ids = 0;
  const newId = () => `command-${++ids}`;
  const problem = (text: string) => void summary.problems.push(text);
  const port = await freePort();
  const pcs: Pc[] = PCS.map((id, index) => {
    const folder = join(root, id);
    unwrap(writeSimulatedDevices(folder, SAMPLE_BANK));
    const settings = StationSettings.parse({
      stationId: id,
      host: index === 0 ? null : { address: LOOPBACK, port },
      listen: { port: index === 0 ? port : 0, address: LOOPBACK },
      discovery: false,
    });
    writeFileSync(join(folder, 'station.json'), JSON.stringify(settings));
    return { id, folder, settings, child: null };
  });
  const start = async (pc: Pc) => {
    pc.child = startStationChild({
      ...{ dataFolder: pc.folder, headOfficeUrl: office?.url ?? '', scale, newId },
      onFault: fault => problem(`${pc.id}: ${fault}`),
    });
    if (!(await pc.child.ready)) problem(`${pc.id} does not start`);
  };
  const host = () =>
    pcs
      .filter(({ child }) => child?.isAlive() && child.now()?.role === 'host')
      .toSorted((a, b) => (b.child?.now()?.epoch ?? 0) - (a.child?.now()?.epoch ?? 0))[0] ?? null;
  const until = async (what: string, isSo: () => boolean) => {
    const end = Date.now() + PATIENCE_MS;
    while (!isSo() && summary.problems.length === 0) {
      if (Date.now() > end) {
        const all = pcs.map(({ id, child }) => `${id} ${JSON.stringify(child?.now())}`).join('; ');
        return problem(`waited in vain: ${what}: ${all}`);
      }
      await sleep(5);
    }
  };

  const [first, second] = pcs;
  if (!first || !second) throw new Error('no PCs');
  await start(first);
  for (const pc of pcs.slice(1)) {
    const code = (await first.child?.code()) ?? '';
    const { folder, settings } = pc;
    const parts = { dataFolder: folder, settings, keyStore: PLAIN_KEY_STORE, clock: REAL_CLOCK };
    unwrap(await pairThisPc({ ...parts, now: Date.now }, code));
    await start(pc);
  }
  first.child?.nameStandby(second.id);
  const isWhole = () => {
    const now = host()?.child?.now();
    const standby = pcs.find(({ id }) => id === now?.standby)?.child?.now();
    // A PC that was named and has not heard of it takes nothing over: then only the host itself can go on.
    return now?.pair === 'whole' && standby?.role === 'standby' && standby.lateBatches === 0;
  };
  await until('the first pair', isWhole);

  const acked: Acked[] = [];
  let answered: (pc: Pc) => void = () => {};
  let working = true;
  const workers = [
    ...pcs.map(pc => work(pc, kiosk(random, newId))),
    ...pcs.slice(1).map((pc, index) => {
      const { number = '' } = SAMPLE_BANK.staff[index] ?? {};
      return work(pc, teller(random, newId, number, SAMPLE_BANK.counters[index]?.id ?? ''));
    }),
  ];

  async function work(pc: Pc, worker: WindowWorker) {
    while (working) {
      const { child } = pc;
      if (!child?.isAlive() || !(await child.ready)) {
        await sleep(10);
        continue;
      }
      const window = child.openWindow(worker.window);
      const bench = child.openWindow('bench');
      while (working && child.isAlive()) {
        const command = worker.pending ?? worker.next();
        worker.pending = command;
        const answer = await Promise.race([window.send(command), child.killed]);
        if (answer === null) break;
        if (!answer.ok && AGAIN.has(answer.error.code)) {
          await sleep(30);
          continue;
        }
        worker.pending = null;
        answered(pc);
        if (answer.ok) {
          acked.push({ command, value: answer.value as Record<string, unknown> });
        } else if (answer.error.code === 'T806') {
          // A call of the host that died came into the log late (BR6): it is on the teller's screen, who goes on with it.
          await worker.look?.(window);
        } else if (!FAIR_REFUSALS.has(answer.error.code))
          problem(`${pc.id}: ${command.type} refused with ${answer.error.code}`);
        await sleep(worker.took(command, answer, bench));
      }
    }
  }

  const childOf = (station: string) => {
    const child = pcs.find(({ id }) => id === station)?.child;
    return child?.isAlive() ? child : null;
  };
  if (decidedBy === 'hand') workers.push(decideByHand(PCS, childOf, newId, () => !working));

  while (summary.kills < kills && summary.problems.length === 0) {
    await sleep(random.between(50, 1_500));
    const present = host();
    const wanted = random.chance(HOST_SHARE) ? present : pcs[Math.floor(random.next() * pcs.length)];
    const victim = wanted ?? first;
    const isHost = victim === present;
    const epoch = present?.child?.now()?.epoch ?? 0;
    const diedAt = performance.now();
    const killed = victim.child?.kill();
    summary.kills++;
    if (isHost) {
      summary.hostKills++;
      let taken = false;
      answered = pc => {
        if (pc === victim || taken || (host()?.child?.now()?.epoch ?? 0) <= epoch) return;
        taken = true;
        summary.takeOverMs.push(performance.now() - diedAt);
      };
      await until('an answer at another PC after the host died', () => taken);
      answered = () => {};
    }
    await killed;
    await sleep(random.between(0, 1_000));
    await start(victim);
    await until(`the pair again after ${victim.id} died`, isWhole);
  }
  working = false;
  await Promise.race([Promise.all(workers), sleep(30_000)]);
  const isOne = () => {
    const tips = pcs.map(({ child }) => child?.now()?.hash ?? child);
    return isWhole() && new Set(tips).size === 1;
  };
  await until('one log on all PCs', isOne);
  await Promise.all(pcs.map(({ child }) => child?.kill()));
  await office?.stop();

  summary.acknowledged = acked.length;
  check(pcs, acked, summary);
  if (summary.problems.length === 0) rmSync(root, { recursive: true, force: true });
  else problem(`everything is in ${root} (seed ${seed})`);
  return summary;
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
