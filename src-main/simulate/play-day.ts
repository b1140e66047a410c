import { existsSync } from 'node:fs';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { type Figure, figureReport } from '#core/figures/day-figures.ts';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { rightsOf } from '#core/staff/rights.ts';
import { parseWav } from '#core/voice/wav.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { startBranch, type WiredBranch } from '../branch.ts';
import { journalFiles } from '../journal/journal-files.ts';
import { CLOSES_AT_MS, OPENS_AT_MS, planDay } from './day-plan.ts';
import { createHall } from './hall.ts';
import { connectInProcess } from './in-process-connection.ts';
import { watchLoopbackTraffic } from './loopback-traffic.ts';
import { arrive, type Branch, listen, manageLobby } from './people.ts';
import { createRandom } from './random.ts';
import { settle } from './settle.ts';
import { writeSimulatedDevices } from './simulated-devices.ts';
import { workAtCounter } from './teller.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';
import { openWindow, type SimulatedWindow } from './window.ts';

/** Which day to play, and where. Folders are absolute. */
export interface DayRequest {
  readonly seed: number;
  readonly customers: number;
  /** Must not hold a journal yet: invented customers never mix with real ones. */
  readonly dataFolder: string;
  readonly migrationsFolder: string;
  readonly clipsFolder: string;
  /** What the lobby manager notes after a bad rating. */
  readonly apology: string;
}

/** What came of the day. The same seed and number of customers give the same, to the last digit. */
export interface SimulatedDay {
  readonly seed: number;
  readonly customers: number;
  readonly businessDay: string;
  readonly figures: readonly Figure[];
  /** Tickets nobody had served when the last teller went home. */
  readonly stillWaiting: number;
  readonly devices: {
    readonly ticketsPrinted: number;
    readonly boardUpdates: number;
    readonly announcementsPlayed: number;
  };
  /** What the host refused, by code: customers and tellers ask for things that cannot be, too. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** Midnight of a working Monday in the sample branch (Asia/Shanghai has no summer time). */
const MIDNIGHT = Date.parse('2026-03-02T00:00:00+08:00');
/** The branch is switched on so long before it opens. */
const EARLY_MS = 15 * 60_000;
/** What is still printing, showing and speaking may end. */
const AFTERGLOW_MS = 60_000;

/**
 * Plays one day of the sample branch through the real host, the real drivers and simulated devices, as fast as the
 * machine can: simulated time goes on whenever nothing is under way in the real one.
 * Failures: `C905` the data folder holds a journal; `D404` it cannot be written; those of `startBranch`.
 */
export async function playDay(request: DayRequest): Promise<Result<SimulatedDay>> {
  const { dataFolder } = request;
  if (existsSync(journalFiles(dataFolder).database)) return fail('C905', { option: '--data' });
  const written = writeSimulatedDevices(dataFolder, SAMPLE_BANK);
  if (!written.ok) return written;

  const clock = createVirtualClock();
  const traffic = watchLoopbackTraffic();
  const newId = countIds(request.seed);
  try {
    const started = await startBranch(
      { ...request, headOfficeUrl: null },
      {
        fixedDevices: true,
        clock,
        newId,
        now: () => MIDNIGHT + OPENS_AT_MS - EARLY_MS + Math.floor(clock.nowMs()),
      },
    );
    if (!started.ok) return started;
    try {
      return ok(await play(request, started.value, clock, traffic.isQuiet, newId));
    } finally {
      await started.value.stop();
    }
  } finally {
    traffic.stop();
  }
}

async function play(
  { seed, customers, apology }: DayRequest,
  wired: WiredBranch,
  clock: VirtualClock,
  isTrafficQuiet: () => boolean,
  newId: () => string,
): Promise<SimulatedDay> {
  const windows: SimulatedWindow[] = [];
  const open = (kind: WindowKind) => {
    const [mine, hosts] = connectInProcess();
    wired.servePort(hosts, kind);
    const window = openWindow(kind, mine, newId);
    windows.push(window);
    return window;
  };
  const refusals = new Map<string, number>();
  let arrived = 0;
  let announcementsPlayed = 0;
  const branch: Branch = {
    clock,
    hall: createHall(clock, () => customers - arrived),
    password: SAMPLE_PASSWORD,
    closesAtMs: EARLY_MS + CLOSES_AT_MS - OPENS_AT_MS,
    note(answer) {
      if (!answer.ok) refusals.set(answer.error.code, (refusals.get(answer.error.code) ?? 0) + 1);
    },
  };

  const durationMsOf = (url: string) => {
    const wav = wired.readAsset(url);
    const sound = wav && 'body' in wav ? parseWav(wav.body) : null;
    return sound?.ok ? (sound.value.samples.length / sound.value.sampleRate) * 1000 : null;
  };
  listen(clock, open('voice'), durationMsOf, () => {
    announcementsPlayed++;
  });
  const bench = open('bench');
  const plans = planDay(SAMPLE_BANK, customers, seed);
  const everybody = Promise.all([
    arrive(branch, open('kiosk'), plans, EARLY_MS, () => {
      arrived++;
    }),
    manageLobby(branch, open('lobby'), lobbyManagerOf(SAMPLE_BANK), apology),
    ...tellersOf(SAMPLE_BANK).map((staffNumber, index) => {
      const random = createRandom(seed * 1000 + index);
      return workAtCounter({
        branch,
        window: open('teller'),
        bench,
        staffNumber,
        counterId: SAMPLE_BANK.counters[index]?.id ?? '',
        random,
        startsAtMs: random.between(0, EARLY_MS),
        lunchAtMs: EARLY_MS + (2.5 + index * 0.25) * 3_600_000,
        pauseReasonId: SAMPLE_BANK.pauseReasons[0]?.id ?? '',
        recalls: SAMPLE_BANK.limits.recalls,
      });
    }),
  ]).then(() => clock.sleep(AFTERGLOW_MS));
  await drive(clock, everybody, () => isTrafficQuiet() && windows.every(w => w.unanswered() === 0));

  return summarise(wired, { seed, customers, announcementsPlayed, refusals });
}

/** Lets simulated time go on, one step at a time, until `done`. */
async function drive(clock: VirtualClock, done: Promise<void>, isQuiet: () => boolean): Promise<void> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  done.then(end, end);
  for (;;) {
    await settle(isQuiet);
    if (isDone) return done;
    if (!clock.step()) throw new Error('everybody in the simulated branch waits for somebody else');
  }
}

function summarise(
  { host, devices }: WiredBranch,
  known: { seed: number; customers: number; announcementsPlayed: number; refusals: Map<string, number> },
): SimulatedDay {
  const { printers, boards } = devices.hardware;
  const state = host.state();
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const papers = printers.map(
    ({ simulator }) => simulator.paper().filter(({ cut }) => cut !== 'none').length,
  );
  const updates = boards.map(({ simulator, address }) => simulator.updatesOf(address));
  return {
    seed: known.seed,
    customers: known.customers,
    businessDay: state.businessDay ?? '',
    figures: figureReport(host.figures()),
    stillWaiting: [...state.tickets.values()].filter(({ status }) => status === 'waiting').length,
    devices: {
      ticketsPrinted: sum(papers),
      boardUpdates: sum(updates),
      announcementsPlayed: known.announcementsPlayed,
    },
    refusals: Object.fromEntries([...known.refusals].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** One teller a counter, as far as there are tellers. */
function tellersOf(document: BankDocument): string[] {
  return document.staff
    .map(({ number }) => number)
    .filter(number => rightsOf(document, number).has('serve') && !rightsOf(document, number).has('lobby'))
    .slice(0, document.counters.length);
}

function lobbyManagerOf(document: BankDocument): string {
  const found = document.staff.find(({ number }) => rightsOf(document, number).has('lobby'));
  if (!found) throw new Error('the sample bank has a lobby manager');
  return found.number;
}

/** Ids that are the same in every run of a seed. */
function countIds(seed: number): () => string {
  let last = 0;
  return () => `${seed}-${++last}`;
}
