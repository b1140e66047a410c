import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openJournal } from '#main/journal/open-journal.ts';

/**
 * A branch that issues tickets until it is killed: prints the number of each event after it was acknowledged.
 * Arguments: data folder, events in each transaction.
 */
const [folder = '', size = '1'] = process.argv.slice(2);
const opened = openJournal({
  folder,
  migrationsFolder: fileURLToPath(new URL('../../../migrations/branch', import.meta.url)),
  branch: '0101',
  epoch: 1,
  now: Date.now,
});
if (!opened.ok) throw new Error(opened.error.code);
const journal = opened.value;
for (;;) {
  const next = journal.last().seq + 1;
  const events = Array.from({ length: Number(size) }, (_, index) => ({
    id: `event-${next + index}`,
    at: Date.now(),
    type: 'ticket-issued',
    version: 1,
    actor: 'kiosk',
    station: 'pc-1',
    data: { n: next + index, text: 'x'.repeat(200) },
  }));
  const command = { id: `command-${next}`, fingerprint: 'f', answer: { lastSeq: next + events.length - 1 } };
  const appended = journal.append({ events, command });
  if (!appended.ok) throw new Error(appended.error.code);
  writeSync(1, `${journal.last().seq} ${journal.last().hash}\n`);
}
