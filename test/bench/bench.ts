import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { appFolders } from '#main/app-folders.ts';
import { BENCH_TEXTS } from './bench-texts.ts';
import { FULL_SIZES, reportToTable, runBench } from './run-bench.ts';
import { screenLines } from './screen-result.ts';

/**
 * `npm run bench -- [--json]`: the speed budgets (PF) as ratios taken in one run. `--json` prints a `BenchReport` and
 * puts the table on standard error. A missed budget is `pass: false`, never a failed run: exit code 0.
 * Exit code 2: wrong arguments.
 */
async function main(args: string[]): Promise<number> {
  const json = readJsonFlag(args);
  if (json === null) {
    console.error(`${BENCH_TEXTS.zh.usage}\n${BENCH_TEXTS.en.usage}`);
    return 2;
  }
  const root = fileURLToPath(new URL('../../', import.meta.url));
  // Beside the program and not in the system's temporary folder, which may be memory and not a disk.
  const workFolder = fileURLToPath(new URL(`../../out/bench-${process.pid}/`, import.meta.url));
  const report = await runBench({ ...appFolders(root), workFolder }, FULL_SIZES);
  const screen = screenLines(fileURLToPath(new URL('../e2e/results/pf2.json', import.meta.url)));
  if (json) {
    console.error(`${reportToTable(report)}\n${screen}`);
    console.log(JSON.stringify(report, null, 2));
  } else console.log(`${reportToTable(report)}\n${screen}`);
  return 0;
}

/** Null for arguments nobody knows. */
function readJsonFlag(args: string[]): boolean | null {
  try {
    return parseArgs({ args, options: { json: { type: 'boolean' } } }).values.json === true;
  } catch {
    return null;
  }
}

process.exitCode = await main(process.argv.slice(2));
