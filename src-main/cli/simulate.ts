import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { appFolders } from '../app-folders.ts';
import { dayLines, fill } from '../simulate/day-lines.ts';
import { playDay } from '../simulate/play-day.ts';
import { APOLOGY, SIMULATE_TEXTS, type SimulateTexts } from '../simulate/texts.ts';

/** What was asked for; null: the arguments make no sense. */
interface SimulateArguments {
  readonly seed: number;
  readonly customers: number;
  /** Null: a temporary folder, gone afterwards. */
  readonly dataFolder: string | null;
  readonly json: boolean;
}

/** More arrivals than the ranges of ticket numbers hold; the rest are refused, as in a real branch. */
const MOST_CUSTOMERS = 5000;

/**
 * `simulate [--seed N] [--customers N] [--data EMPTY-FOLDER] [--json]`: plays a branch day through the real host and
 * simulated devices and prints its figures, in Chinese and English, or as one line of JSON.
 * Exit code 0: played. 1: could not be played. 2: wrong arguments.
 */
async function main(args: string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === null) {
    complain(texts => texts.usage);
    return 2;
  }
  const { seed, customers, json } = asked;
  const dataFolder = asked.dataFolder ?? mkdtempSync(join(tmpdir(), 'foyer-simulate-'));
  try {
    const folders = appFolders(fileURLToPath(new URL('../..', import.meta.url)));
    const day = await playDay({ ...folders, seed, customers, dataFolder, apology: APOLOGY });
    if (!day.ok) {
      const { code } = day.error;
      complain(texts => (code === 'C905' ? texts.dataInUse : fill(texts.failed, { code })));
      return 1;
    }
    if (json) console.log(JSON.stringify(day.value));
    else for (const line of [...dayLines(day.value, 'zh'), ...dayLines(day.value, 'en')]) console.log(line);
    if (!json && asked.dataFolder !== null)
      for (const texts of [SIMULATE_TEXTS.zh, SIMULATE_TEXTS.en])
        console.log(fill(texts.kept, { folder: dataFolder }));
    return 0;
  } finally {
    if (asked.dataFolder === null) rmSync(dataFolder, { recursive: true, force: true });
  }
}

function readArguments(args: string[]): SimulateArguments | null {
  const options = {
    seed: { type: 'string', default: '7' },
    customers: { type: 'string', default: '500' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args, options });
    const seed = toWhole(values.seed, 0, 2 ** 31 - 1);
    const customers = toWhole(values.customers, 1, MOST_CUSTOMERS);
    if (seed === null || customers === null || values.data === '') return null;
    const dataFolder = values.data === undefined ? null : resolve(values.data);
    return { seed, customers, dataFolder, json: values.json };
  } catch {
    return null;
  }
}

function toWhole(text: string, low: number, high: number): number | null {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : null;
}

function complain(sentenceOf: (texts: SimulateTexts) => string): void {
  console.error(sentenceOf(SIMULATE_TEXTS.zh));
  console.error(sentenceOf(SIMULATE_TEXTS.en));
}

process.exitCode = await main(process.argv.slice(2));
