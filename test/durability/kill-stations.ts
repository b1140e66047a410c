import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LateBatch } from '#core/branch/events-stations.ts';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { eventQueries, walkRows } from '#main/journal/event-queries.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { openForReading } from '#main/journal/sqlite-connection.ts';
import { readRow } from '#main/journal/verify-chain.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import { PLAIN_KEY_STORE } from '#main/link/key-store.ts';
import { createRandom, type Random } from '#main/simulate/random.ts';
import { writeSimulatedDevices } from '#main/simulate/simulated-devices.ts';
import type { SimulatedWindow } from '#main/simulate/window.ts';
import { pairThisPc } from '#main/station/open-station.ts';
import { StationSettings } from '#main/station/station-settings.ts';
import { unwrap } from '../src-main/journal/journal-fixture.ts';
import { type StationChild, startStationChild } from './station-child.ts';

/** What came of killing the PCs of one branch again and again. */
export interface StationKillSummary {
  kills: number;
  /** Of these, of the PC that decided. */
  hostKills: number;
  /** From the death of a host to the first answer of the next one at another PC, in milliseconds. */
  readonly takeOverMs: number[];
  acknowledged: number;
  events: number;
  tickets: number;
  lateMerges: number;
  lost: number;
  doubleCalls: number;
  readonly problems: string[];
}

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

interface Acked {
  readonly command: WindowCommand;
  readonly value: Record<string, unknown>;
}

/**
 * Five PCs, each a process, with a real head office: one is killed with kill -9, the host more often than others, and
 * started again when the branch works without it. Every promise made to a window is looked for at the end.
 * @param scale by how much every patience is shorter than a real branch's
 */
export async function killStations(kills: number, seed: number, scale: number): Promise<StationKillSummary> {
  const random = createRandom(seed);
  const summary: StationKillSummary = {
    ...{ kills: 0, hostKills: 0, takeOverMs: [], acknowledged: 0, events: 0, tickets: 0, lateMerges: 0 },
    ...{ lost: 0, doubleCalls: 0, problems: [] },
  };
  const root = mkdtempSync(join(tmpdir(), 'foyer-stations-'));
  const office = await startHeadOffice(join(root, 'head-office'));
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
      ...{ dataFolder: pc.folder, headOfficeUrl: office.url, scale, newId },
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

  async function work(pc: Pc, worker: ReturnType<typeof kiosk>) {
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
        const answer = await Promise.race([window.send(command), dead(child)]);
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
  await office.stop();

  summary.acknowledged = acked.length;
  check(pcs, acked, summary);
  if (summary.problems.length === 0) rmSync(root, { recursive: true, force: true });
  else problem(`everything is in ${root} (seed ${seed})`);
  return summary;
}

/** Looks for every promise in the journal all PCs have. */
function check(pcs: readonly Pc[], acked: readonly Acked[], summary: StationKillSummary): void {
  for (const { id, folder } of pcs) {
    const verified = verifyJournalFile(folder);
    if (!verified.ok || !verified.value.whole) summary.problems.push(`${id}: its chain is broken`);
  }
  const happened = new Set<string>();
  const numbers = new Map<string, string>();
  const take = (type: string, data: Record<string, unknown>) => {
    const { ticketId, counterId = '', number } = data;
    happened.add(`${type} ${ticketId} ${counterId}`);
    if (type !== 'ticket-issued') return;
    if (numbers.has(String(number))) summary.problems.push(`number ${number} given twice`);
    numbers.set(String(number), String(ticketId));
  };
  const database = openForReading(journalFiles(pcs[0]?.folder ?? '').database);
  try {
    for (const row of walkRows(eventQueries(database), 1)) {
      const read = readRow(SAMPLE_BANK.branch.id, row);
      if (!read.ok) return void summary.problems.push(`event ${row.seq} cannot be read`);
      summary.events = row.seq;
      const { type, data } = read.event;
      if (type !== 'late-events-merged') {
        take(type, data);
        continue;
      }
      summary.lateMerges++;
      for (const batch of data.batches as unknown[])
        for (const event of LateBatch.parse(batch).events) take(event.type, event.data);
    }
  } finally {
    database.close();
  }
  summary.tickets = numbers.size;
  const counterOf = new Map<string, string>();
  for (const { command, value } of acked) {
    const { ticketId, counterId } = { ...command.args, ...value } as Record<string, string>;
    const type = EVENT_OF[command.type];
    if (type === undefined) continue;
    const isKept =
      happened.has(`${type} ${ticketId} ${counterId ?? ''}`) &&
      (command.type !== 'issue-ticket' || numbers.get(String(value.number)) === ticketId);
    if (!isKept) {
      summary.lost++;
      summary.problems.push(`lost ${JSON.stringify({ command, value })}`);
    }
    if (command.type !== 'call-next') continue;
    // Nobody transfers anything here: one ticket, one counter.
    const before = counterOf.get(ticketId ?? '');
    if (before !== undefined) {
      summary.doubleCalls++;
      summary.problems.push(`${ticketId} called at ${before} and ${counterId}`);
    }
    counterOf.set(ticketId ?? '', counterId ?? '');
  }
}

const EVENT_OF: Readonly<Record<string, string>> = {
  'issue-ticket': 'ticket-issued',
  'call-next': 'ticket-called',
  'start-service': 'service-started',
  'finish-service': 'service-finished',
};

interface WindowWorker {
  readonly window: 'kiosk' | 'teller';
  pending: WindowCommand | null;
  next(): WindowCommand;
  /** Takes up what the screen shows. */
  look?(window: SimulatedWindow): Promise<void>;
  /** @returns how long the person does something else */
  took(command: WindowCommand, answer: { readonly ok: boolean }, bench: SimulatedWindow): number;
}

function kiosk(random: Random, newId: () => string): WindowWorker {
  const { businesses } = SAMPLE_BANK;
  return {
    window: 'kiosk',
    pending: null,
    next() {
      const businessId = businesses[Math.floor(random.next() * businesses.length)]?.id ?? '';
      const args = { businessId, language: 'zh', largeType: false } as const;
      return { id: newId(), type: 'issue-ticket', args } as WindowCommand;
    },
    took: () => random.between(300, 900),
  };
}

function teller(random: Random, newId: () => string, staffNumber: string, counterId: string): WindowWorker {
  let session: string | undefined;
  let isOpen = false;
  let inHand: { ticketId: string; isServing: boolean } | null = null;
  const command = (type: string, args: object) => ({ id: newId(), type, args, session }) as WindowCommand;
  return {
    window: 'teller',
    pending: null,
    next() {
      if (session === undefined) return command('sign-in', { staffNumber, password: SAMPLE_PASSWORD });
      if (!isOpen) return command('open-counter', { counterId });
      if (inHand === null) return command('call-next', { counterId });
      const args = { counterId, ticketId: inHand.ticketId };
      return command(inHand.isServing ? 'finish-service' : 'start-service', args);
    },
    async look(window) {
      const { ticket } = await window.look('teller', { counterId }, session);
      if (ticket) inHand = { ticketId: ticket.ticketId, isServing: ticket.status === 'serving' };
    },
    took({ type }, answer, bench) {
      const press = () =>
        bench.post({
          kind: 'bench',
          order: { type: 'press-key', deviceId: `keypad-${counterId}`, position: 1 },
        });
      if (!answer.ok) {
        press();
        return 100;
      }
      const value = (answer as { value?: { session?: string; ticketId?: string } }).value ?? {};
      if (type === 'sign-in') session = value.session;
      if (type === 'open-counter') isOpen = true;
      if (type === 'call-next') inHand = { ticketId: value.ticketId ?? '', isServing: false };
      if (type === 'start-service' && inHand) inHand.isServing = true;
      if (type === 'finish-service') {
        inHand = null;
        press();
      }
      return random.between(50, 250);
    },
  };
}

/** Resolves with null when the process is dead. */
async function dead(child: StationChild): Promise<null> {
  while (child.isAlive()) await sleep(20);
  return null;
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The real service on a folder of its own. */
async function startHeadOffice(folder: string) {
  const script = fileURLToPath(new URL('../../head-office/start.ts', import.meta.url));
  const child = spawn(process.execPath, [script, '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.once('exit', code => reject(new Error(`head office ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const ready = /^ready (\S+)$/m.exec(text)?.[1];
      if (ready !== undefined) resolve(ready);
    });
  });
  return {
    url,
    stop: () =>
      new Promise<void>(resolve => {
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** The summary in one line. */
export function stationKillLine(summary: StationKillSummary): string {
  const { kills, hostKills, acknowledged, events, tickets, lateMerges, lost, doubleCalls } = summary;
  const times = summary.takeOverMs.toSorted((a, b) => a - b).map(Math.round);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return (
    `kills ${kills} (${hostKills} of the host), acknowledged ${acknowledged}, events ${events}, tickets ${tickets}, ` +
    `late merges ${lateMerges}, lost ${lost}, double calls ${doubleCalls}; death of a host to the next one's ` +
    `first answer: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`
  );
}
