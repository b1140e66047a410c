import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SimulatedDay } from '#main/simulate/play-day.ts';

const SCRIPT = fileURLToPath(new URL('../../src-main/cli/simulate.ts', import.meta.url));

/** What a run of the simulate command left behind. */
export interface SimulateRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs `simulate` with these arguments in a program of its own. */
export async function simulate(...args: string[]): Promise<SimulateRun> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.errors += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

/** The day a run with `--json` has printed. */
export function dayOf(run: SimulateRun): SimulatedDay {
  if (run.code !== 0) throw new Error(`simulate ended with ${run.code}: ${run.errors}`);
  return JSON.parse(run.output) as SimulatedDay;
}
