import { setTimeout as pause } from 'node:timers/promises';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import type { LedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import { startBranch, type WiredBranch } from '#main/branch.ts';
import type { BranchSettings } from '#main/running-branch.ts';
import { type Measurement, percentile } from './bench-line.ts';
import { type BenchWindow, openBenchWindow } from './bench-window.ts';

export interface BoardBenchOptions {
  readonly settings: BranchSettings;
  /** Calls measured, one counter after the other. */
  readonly calls: number;
  /** Between two calls; with eight counters a board is then free again when its turn comes. */
  readonly callEveryMs: number;
}

const BUDGET_MS = 40;
/** A board that shows nothing for so long is a bug, not a slow run. */
const GIVE_UP_MS = 5000;
/** The cash counters and the care counter serve the same queue, so one business feeds all that are used here. */
const BUSINESS_ID = 'personal-cash';
const COUNTER_IDS = ['counter-1', 'counter-2', 'counter-3', 'care-counter'];

/**
 * PF2, serial part: from the teller's "call next" as a message to the last byte of the window board's frame, through
 * port, host, journal, devices and LED bus, over the serial port's in-process stand-in. That port carries bytes in no
 * time, so everything measured is over the wire time. Waiting for other boards' frames and gaps is in it.
 */
export async function measureBoard(options: BoardBenchOptions): Promise<Measurement> {
  const started = await startBranch(options.settings);
  if (!started.ok) throw new Error(started.error.code);
  const branch = started.value;
  try {
    const kiosk = openBenchWindow(branch, 'kiosk');
    for (let ticket = 0; ticket < options.calls; ticket++)
      await kiosk.send('issue-ticket', { businessId: BUSINESS_ID, language: 'zh', largeType: false });
    const tellers = await openCounters(branch);
    // The first texts of all boards are still being written.
    await pause(options.callEveryMs * COUNTER_IDS.length);
    const tookMs: number[] = [];
    for (let call = 0; call < options.calls; call++) {
      const teller = tellers[call % tellers.length];
      if (teller === undefined) continue;
      tookMs.push(await measureCall(branch, teller));
      await pause(options.callEveryMs);
    }
    const measured = percentile(tookMs, 0.95);
    return {
      id: 'PF2-serial',
      baseline: BUDGET_MS,
      measured,
      unit: 'ms',
      ratio: BUDGET_MS / measured,
      budget: { kind: 'at-least', ratio: 1 },
    };
  } finally {
    await branch.stop();
  }
}

interface Teller {
  readonly counterId: string;
  readonly window: BenchWindow;
}

async function openCounters(branch: WiredBranch): Promise<Teller[]> {
  const tellers: Teller[] = [];
  for (const [index, counterId] of COUNTER_IDS.entries()) {
    const window = openBenchWindow(branch, 'teller');
    const staffNumber = SAMPLE_BANK.staff[index]?.number ?? '';
    const { session } = await window.send('sign-in', { staffNumber, password: SAMPLE_PASSWORD });
    window.setSession(String(session));
    await window.send('open-counter', { counterId });
    tellers.push({ counterId, window });
  }
  return tellers;
}

/** Calls the next ticket and waits for the board; the ticket then ends as a no-show, which frees both. */
async function measureCall(branch: WiredBranch, { counterId, window }: Teller): Promise<number> {
  const board = branch.devices.hardware.boards.find(({ id }) => id === `board-${counterId}`);
  if (!board) throw new Error(`no board at ${counterId}`);
  const watch = watchBoard(board.simulator, board.address);
  const startMs = performance.now();
  const called = await window.send('call-next', { counterId });
  const tookMs = (await watch.shows(String(called.number))) - startMs;
  await window.send('mark-no-show', { counterId, ticketId: String(called.ticketId) });
  return tookMs;
}

/** Notes when a board's texts change, from now on. */
function watchBoard(simulator: LedSimulator, address: number) {
  const seen: { readonly text: string; readonly atMs: number }[] = [];
  let check = () => {};
  simulator.onChange(() => {
    const areas = simulator.boards().find(board => board.address === address)?.areas ?? [];
    seen.push({ text: areas.map(area => area.text).join(' '), atMs: performance.now() });
    check();
  });
  return {
    /** Resolves with the moment the board first showed `number`, monotonic milliseconds. */
    shows(number: string): Promise<number> {
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => reject(new Error(`the board never showed ${number}`)), GIVE_UP_MS);
        check = () => {
          const shown = seen.find(({ text }) => text.includes(number));
          if (shown === undefined) return;
          clearTimeout(giveUp);
          resolve(shown.atMs);
        };
        check();
      });
    },
  };
}
