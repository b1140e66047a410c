import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 A and AA, and what axe's makers found to go wrong besides. */
const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};
const GRAVE = ['serious', 'critical'];

/**
 * What axe finds on a page as it is now, one line a finding: rule, impact, the first elements. Only serious and
 * critical findings. Waits until nothing moves: a text that fades in has no contrast yet.
 */
export async function graveFindings(page: Page): Promise<string[]> {
  await page.evaluate(async () => {
    const isEnding = (animation: Animation) => animation.effect?.getComputedTiming().iterations !== Infinity;
    const running = document.getAnimations().filter(isEnding);
    await Promise.race([
      Promise.allSettled(running.map(animation => animation.finished)),
      new Promise(resolve => setTimeout(resolve, 5000)),
    ]);
  });
  await page.evaluate(AXE_SOURCE);
  const results = await page.evaluate(
    options => (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run(options),
    OPTIONS,
  );
  return results.violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .map(({ id, impact, help, nodes }) => {
      const where = nodes.slice(0, 3).map(node => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`);
      return `${impact} ${id}: ${help} (${nodes.length}) ${where.join(' | ')}`;
    });
}
