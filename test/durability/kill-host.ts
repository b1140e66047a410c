import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { createRandom, type Random } from '#main/simulate/random.ts';
import { writeSimulatedDevices } from '#main/simulate/simulated-devices.ts';
import { unwrap } from '../src-main/journal/journal-fixture.ts';
import { startBranchChild } from './branch-child.ts';
import { createJournalChecker } from './journal-checker.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createKiosk, createTeller, type Worker } from './workers.ts';

/** What came of killing hosts again and again. */
export interface KillSummary {
  kills: number;
  /** Of these, before the branch was up. */
  killsDuringStart: number;
  /** Commands whose windows were told that they were done. */
  acknowledged: number;
  events: number;
  tickets: number;
  /** Of these, came out of the simulated printer before the host died. */
  printed: number;
  /** Print jobs nobody could know about any more, and said so. */
  uncertainPrints: number;
  /** Promises that were not kept. */
  lost: number;
  /** Tickets issued more often than anybody asked. */
  double: number;
  /** Everything else that may not be. */
  readonly problems: string[];
}

/** Lives on one data folder; then a fresh one, so that first starts are killed too and journals stay short. */
const LIVES_PER_FOLDER = 25;
const KIOSKS = 3;
const TELLERS = 4;
/** How many kills hit the start, and how late at most; the start takes about that long. */
const START_SHARE = 0.15;
const LONGEST_START_MS = 900;
/** All others come after so many answers, wherever the host is a few milliseconds later. */
const MOST_ANSWERS = 120;
const LONGEST_DELAY_MS = 8;
/** A host that answers nothing for so long is a fault. */
const PATIENCE_MS = 30_000;
/** Well inside one business day of the branch. */
const TEN_IN_SHANGHAI = Date.parse('2026-03-02T10:00:00+08:00');
/** Customers and tellers may ask in vain: nobody waits; the last rating is open; numbers are used up. */
const FAIR_REFUSALS = new Set(['T805', 'T814', 'T802']);

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/**
 * Kills a working host `kills` times with kill -9, restarts it on the same folder each time, and checks every
 * promise made before. Some moments of death come from the seed; what the host was doing then does not.
 * @param lanes how many hosts live at once, each with folders of its own
 */
export async function killHosts(kills: number, seed: number, lanes: number): Promise<KillSummary> {
  const summary: KillSummary = {
    kills: 0,
    killsDuringStart: 0,
    acknowledged: 0,
    events: 0,
    tickets: 0,
    printed: 0,
    uncertainPrints: 0,
    lost: 0,
    double: 0,
    problems: [],
  };
  const clockAheadMs = TEN_IN_SHANGHAI - Date.now();
  let left = kills;
  const lane = async (random: Random) => {
    while (left > 0 && summary.problems.length === 0) {
      const lives = Math.min(left, LIVES_PER_FOLDER);
      left -= lives;
      await killOnOneFolder(lives, random, clockAheadMs, summary);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(createRandom(seed + index))));
  return summary;
}

async function killOnOneFolder(lives: number, random: Random, clockAheadMs: number, summary: KillSummary) {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-kill-'));
  unwrap(writeSimulatedDevices(folder, SAMPLE_BANK));
  let ids = 0;
  const newId = () => `command-${++ids}`;
  const ledger = createLedger();
  const checker = createJournalChecker(folder);
  const parts = { ledger, random, newId };
  const workers: Worker[] = [
    ...Array.from({ length: KIOSKS }, () => createKiosk(parts)),
    ...SAMPLE_BANK.staff
      .slice(0, TELLERS)
      .map(({ number }, index) => createTeller(parts, number, SAMPLE_BANK.counters[index]?.id ?? '')),
  ];
  let promisesChecked = 0;

  for (let life = 1; life <= lives; life++) {
    const child = startBranchChild({
      dataFolder: folder,
      clockAheadMs,
      newId,
      onPaper: checker.paper,
      onFault: fault => summary.problems.push(`life ${life}: ${fault}`),
    });
    // The last life always gets to work: what the one before left in doubt is settled then.
    const diesAtStart = life < lives && random.chance(START_SHARE);
    let wasReady = false;
    const begun = child.ready.then(isReady => {
      wasReady = isReady;
      if (isReady) for (const worker of workers) void worker.work(child);
    });
    if (diesAtStart) await sleep(random.between(0, LONGEST_START_MS));
    else {
      const answers = Math.floor(random.between(1, MOST_ANSWERS));
      await begun;
      if (!(await hears(ledger, ledger.answers() + answers)))
        summary.problems.push(`life ${life}: no answer in ${PATIENCE_MS} ms`);
      await sleep(random.between(0, LONGEST_DELAY_MS));
    }
    await child.kill();

    summary.kills++;
    if (!wasReady) summary.killsDuringStart++;
    checker.checkLife(wasReady);
    for (const promise of ledger.acknowledged.slice(promisesChecked))
      if (!checker.holds(promise)) {
        summary.lost++;
        summary.problems.push(`life ${life}: lost ${JSON.stringify(promise)}`);
      }
    promisesChecked = ledger.acknowledged.length;
    // Every ticket was asked for by an accepted command, or by one whose answer is still to come.
    const promised = ledger.acknowledged.filter(({ command }) => command.type === 'issue-ticket').length;
    const inDoubt = workers.filter(worker => worker.pending()?.type === 'issue-ticket').length;
    const tooMany = checker.counts().issued - promised - inDoubt;
    if (tooMany > 0) {
      summary.double += tooMany;
      summary.problems.push(`life ${life}: ${tooMany} tickets more than were asked for`);
    }
  }

  const { events, issued, printed, uncertain } = checker.counts();
  summary.acknowledged += ledger.acknowledged.length;
  summary.events += events;
  summary.tickets += issued;
  summary.printed += printed;
  summary.uncertainPrints += uncertain;
  summary.problems.push(...checker.problems, ...ledger.differences);
  for (const [code, count] of ledger.refusals)
    if (!FAIR_REFUSALS.has(code)) summary.problems.push(`refused ${count} times with ${code}`);
  if (summary.problems.length === 0) rmSync(folder, { recursive: true, force: true });
  else summary.problems.push(`the journal is in ${folder}`);
}

/** Waits until that many answers were heard; false when they do not come. */
async function hears(ledger: Ledger, answers: number): Promise<boolean> {
  const patientUntil = Date.now() + PATIENCE_MS;
  while (ledger.answers() < answers) {
    if (Date.now() > patientUntil) return false;
    await sleep(1);
  }
  return true;
}

/** The summary in one line. */
export function killLine(summary: KillSummary): string {
  const { kills, killsDuringStart, acknowledged, events, tickets, printed, uncertainPrints, lost, double } =
    summary;
  return (
    `kills ${kills} (${killsDuringStart} during start), acknowledged commands ${acknowledged}, events ${events}, ` +
    `tickets ${tickets}, printed ${printed}, uncertain prints ${uncertainPrints}, lost ${lost}, double ${double}`
  );
}
