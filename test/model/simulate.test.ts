import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { envelopeToEvent } from '#core/branch/events.ts';
import { addEvent, createDayFigures, figureReport, findFigure } from '#core/figures/day-figures.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import { SIMULATE_TEXTS } from '#main/simulate/texts.ts';
import { everyEvent, open, temporaryFolder, unwrap } from '../src-main/journal/journal-fixture.ts';
import { dayOf, simulate } from './simulate-fixture.ts';

test('[MO1] a seed gives the same day to the last digit, and its journal alone gives the same figures', async () => {
  const folder = join(temporaryFolder(), 'branch');
  const args = ['--seed', '7', '--customers', '60', '--json'];
  // At once, so that the two compete for the machine: what is real time must not show.
  const [one, other] = await Promise.all([simulate(...args, '--data', folder), simulate(...args)]);
  const day = dayOf(one);
  expect(other.output).toBe(one.output);

  expect(findFigure(day.figures, 'tickets-issued').value).toBe(60);
  expect(day.devices.ticketsPrinted).toBe(60);
  expect(day.stillWaiting).toBe(0);
  expect(day.refusals).toEqual({});
  const calls = findFigure(day.figures, 'average-wait').denominator;
  expect(calls).toBeGreaterThanOrEqual(60);
  // Every call is spoken at least once, and shown on two boards.
  expect(day.devices.announcementsPlayed).toBeGreaterThanOrEqual(calls);
  expect(day.devices.boardUpdates).toBeGreaterThanOrEqual(2 * calls);
  expect(findFigure(day.figures, 'prompt-rate').value).toBe(1);

  const recomputed = createDayFigures();
  const journal = open(folder, { branch: SAMPLE_BANK.branch.id });
  for (const envelope of everyEvent(journal)) addEvent(recomputed, unwrap(envelopeToEvent(envelope)));
  journal.close();
  expect(figureReport(recomputed)).toEqual(day.figures);
  expect(verifyJournalFile(folder)).toMatchObject({ ok: true, value: { whole: true } });

  // The folder now holds a journal: invented customers are never added to one that is there.
  const again = await simulate(...args, '--data', folder);
  expect(again.code).toBe(1);
  expect(again.errors).toBe(`${SIMULATE_TEXTS.zh.dataInUse}\n${SIMULATE_TEXTS.en.dataInUse}\n`);
}, 120_000);

test.for(['--customers 0', '--customers 1e3', '--seed -1', '--data ', '--sead 7', 'x'])(
  'simulate %s: told how to use it, nothing played',
  async line => {
    expect(await simulate(...line.split(' '))).toEqual({
      code: 2,
      output: '',
      errors: `${SIMULATE_TEXTS.zh.usage}\n${SIMULATE_TEXTS.en.usage}\n`,
    });
  },
);

test('simulate into a folder that cannot be made: D404', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const run = await simulate('--data', join(file, 'branch'));
  expect(run).toMatchObject({ code: 1, output: '' });
  expect(run.errors).toContain('D404');
});
