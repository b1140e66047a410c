import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BENCH_TEXTS } from './bench-texts.ts';

/** What `test/e2e/pf2.spec.ts` writes. */
const ScreenResult = z.object({ calls: z.int(), medianMs: z.number(), p99Ms: z.number() });

/**
 * PF2 as last measured in real windows, in both languages; without `file`, or with another content, how to measure.
 * It comes from an earlier run of other programs, so it stands beside the report and is no line of it.
 */
export function screenLines(file: string): string {
  const result = readResult(file);
  return [BENCH_TEXTS.zh, BENCH_TEXTS.en]
    .map(texts =>
      result === null
        ? texts.screenNotMeasured
        : texts.screenMeasured
            .replace('{calls}', String(result.calls))
            .replace('{median}', String(result.medianMs))
            .replace('{p99}', String(result.p99Ms)),
    )
    .join('\n');
}

function readResult(file: string): z.infer<typeof ScreenResult> | null {
  try {
    return ScreenResult.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
