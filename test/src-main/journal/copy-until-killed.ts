import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '#core/wire/result.ts';
import { openJournal } from '#main/journal/open-journal.ts';

/**
 * Two journals of one branch until it is killed: the second copies the first, now and then records something alone
 * and moves it aside. Says what is on disk: `s <seq> <hash>` copied, `a <id>` recorded alone. Argument: data folder.
 */
const [folder = ''] = process.argv.slice(2);

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const [host, copy] = ['host', 'copy'].map(name =>
  unwrap(
    openJournal({
      folder: join(folder, name),
      migrationsFolder: fileURLToPath(new URL('../../../migrations/branch', import.meta.url)),
      branch: '0101',
      epoch: 1,
      now: Date.now,
    }),
  ),
);
if (host === undefined || copy === undefined) throw new Error('two journals');

const happened = (id: string) => ({
  ...{ id, at: Date.now(), type: 'ticket-issued', version: 1, actor: 'kiosk', station: 'pc-1' },
  data: { text: 'x'.repeat(200) },
});
const run = `${Date.now()}-${process.pid}`;

for (let round = 1; ; round += 1) {
  const ids = [`${run}-${round}-1`, `${run}-${round}-2`];
  unwrap(
    host.append({
      events: ids.map(happened),
      command: { id: `${run}-${round}`, fingerprint: 'f', answer: { round } },
    }),
  );
  if (round % 3 === 1) {
    // What was left over by the last life too.
    const common = host.epochEnds().length > 1 ? commonSeq() : 0;
    unwrap(copy.cutAfter(common));
  }
  unwrap(copy.appendBatches(host.batches({ after: copy.last().seq, maxBytes: 10_000 })));
  writeSync(1, `s ${copy.last().seq} ${copy.last().hash}\n`);
  if (round % 3 === 0 && copy.last().seq === host.last().seq) {
    for (const part of [1, 2]) {
      const id = `${run}-${round}-alone-${part}`;
      unwrap(copy.append({ events: [happened(id)], command: { id, fingerprint: 'f', answer: {} } }));
      writeSync(1, `a ${id}\n`);
    }
  }
}

function commonSeq(): number {
  let seq = Math.min(host?.last().seq ?? 0, copy?.last().seq ?? 0);
  while (host?.hashAt(seq) !== copy?.hashAt(seq)) seq -= 1;
  return seq;
}
