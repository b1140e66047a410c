import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventRow } from '#main/journal/event-queries.ts';
import { sealEvents } from '#main/journal/seal-events.ts';
import { sha256Hex } from '#main/journal/sha256.ts';
import { EMPTY_CHAIN } from '#main/journal/tip-witness.ts';
import { verifyChain } from '#main/journal/verify-chain.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import { appendMany, codeOf, happening, open, tamper, temporaryFolder, unwrap } from './journal-fixture.ts';

const seed = Number(process.env.FOYER_SEED ?? 20260302);
const COLUMNS = ['seq', 'epoch', 'id', 'at', 'type', 'version', 'actor', 'station', 'data', 'hash'] as const;

/** Rows as the journal would store them. */
function rowsOf(data: readonly Record<string, unknown>[]): EventRow[] {
  const place = { branch: '0101', epoch: 1, after: EMPTY_CHAIN };
  const sealed = sealEvents(
    place,
    data.map((value, index) => happening(index + 1, value)),
    sha256Hex,
  );
  return sealed.map(({ envelope: { branch: _, ...fields }, dataText }) => ({ ...fields, data: dataText }));
}

const verify = (rows: Iterable<EventRow | null>, branch = '0101') =>
  verifyChain(branch, rows, null, sha256Hex);

// A field named __proto__ is refused at sealing (append.test.ts).
const anyKey = fc.string({ unit: 'binary' }).filter(key => key !== '__proto__');
const anyData = fc.dictionary(anyKey, fc.jsonValue());
const chain = fc.array(anyData, { minLength: 1, maxLength: 8 });

describe(`[ID3] the chain (seed ${seed})`, () => {
  test('[ID3] whatever is appended is proven whole', () => {
    fc.assert(
      fc.property(chain, data => {
        const rows = rowsOf(data);
        expect(verify(rows)).toEqual({ whole: true, end: { seq: rows.length, hash: rows.at(-1)?.hash } });
      }),
      { seed, numRuns: 200 },
    );
  });

  test('[ID3] any change of any one field is found, and the entry is named', () => {
    fc.assert(
      fc.property(chain, fc.nat(), fc.constantFrom(...COLUMNS), fc.nat(), (data, where, column, bit) => {
        const rows = rowsOf(data);
        const index = where % rows.length;
        const row = rows[index];
        if (row === undefined) return;
        const value = row[column];
        const changed = typeof value === 'number' ? flipNumber(value, bit) : flipText(value, bit);
        fc.pre(changed !== value);
        rows[index] = { ...row, [column]: changed };
        expect(verify(rows)).toMatchObject({ whole: false, broken: { seq: index + 1 } });
      }),
      { seed, numRuns: 1000 },
    );
  });

  test('[ID3] entries removed, doubled or swapped are found', () => {
    const rows = rowsOf([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }]);
    const at = (...order: number[]) => order.flatMap(index => rows[index] ?? []);
    const broken = (seq: number, problem: string) => ({ whole: false, broken: { seq, problem } });
    expect(verify(at(0, 2, 3))).toEqual(broken(2, 'missing-seq'));
    expect(verify(at(1, 2, 3))).toEqual(broken(1, 'missing-seq'));
    expect(verify(at(0, 1, 1, 2))).toEqual(broken(3, 'missing-seq'));
    expect(verify(at(0, 2, 1, 3))).toEqual(broken(2, 'missing-seq'));
    expect(verify([...at(0, 1), null])).toEqual(broken(3, 'unreadable-row'));
    expect(verify([])).toEqual({ whole: true, end: EMPTY_CHAIN });
  });

  test('[ID3] a journal of one branch cannot be shown as another’s', () => {
    expect(verify(rowsOf([{}]), '0102')).toEqual({ whole: false, broken: { seq: 1, problem: 'wrong-hash' } });
  });

  test('[ID3] an epoch that goes backwards is found even when it was sealed', () => {
    const seal = (epoch: number, after: typeof EMPTY_CHAIN, n: number) =>
      sealEvents({ branch: '0101', epoch, after }, [happening(n)], sha256Hex);
    const [first] = seal(2, EMPTY_CHAIN, 1);
    if (first === undefined) throw new Error('nothing sealed');
    const rows = [first, ...seal(1, first.envelope, 2)].map(
      ({ envelope: { branch: _, ...fields }, dataText }) => ({
        ...fields,
        data: dataText,
      }),
    );
    expect(verify(rows)).toEqual({ whole: false, broken: { seq: 2, problem: 'lower-epoch' } });
  });

  test('[ID3] a field that readers like to overlook is found too', () => {
    const [row] = rowsOf([{ a: 1 }]);
    if (row === undefined) throw new Error('nothing sealed');
    const added = { ...row, data: '{"__proto__":1,"a":1}' };
    expect(verify([added])).toEqual({ whole: false, broken: { seq: 1, problem: 'wrong-hash' } });
  });

  test('[ID3] the same value in another spelling is not what was written', () => {
    const [row] = rowsOf([{ a: 1e21 }]);
    if (row === undefined) throw new Error('nothing sealed');
    for (const data of ['{"a":1E+21}', '{"a": 1e+21}', '{"a":1e+21,"a":1e+21}', '[]', 'null', ''])
      expect(verify([{ ...row, data }])).toMatchObject({ whole: false, broken: { seq: 1 } });
  });
});

describe('[ID3] one bit flipped in the database', () => {
  // Every column of the first, a middle and the last row, with the bits where a slip is hardest to see: the lowest,
  // and the one between lower and upper case.
  test.each(COLUMNS)('[ID3] in column %s is found and the entry named', column => {
    for (const seq of [1, 3, 5])
      for (const bit of [0, 5]) {
        const folder = temporaryFolder();
        const journal = open(folder);
        appendMany(journal, 1, 5);
        journal.close();
        expect(unwrap(verifyJournalFile(folder))).toMatchObject({ whole: true, end: { seq: 5 } });
        tamper(folder, database => {
          const value = database
            .prepare<[number], string | number>(`SELECT ${column} FROM event WHERE seq = ?`)
            .pluck()
            .get(seq);
          if (typeof value === 'number') {
            // Two entries cannot have one number, so `seq` flips in a bit that keeps it free.
            const flipped = value ^ (1 << (column === 'seq' ? bit + 6 : bit));
            database.prepare(`UPDATE event SET ${column} = ? WHERE seq = ?`).run(flipped, seq);
            return;
          }
          const bytes = Buffer.from(value ?? '', 'utf8');
          const middle = Math.floor(bytes.length / 2);
          bytes[middle] = (bytes[middle] ?? 0) ^ (1 << bit);
          database.prepare(`UPDATE event SET ${column} = CAST(? AS TEXT) WHERE seq = ?`).run(bytes, seq);
        });
        expect(unwrap(verifyJournalFile(folder)), `${column} ${seq} ${bit}`).toMatchObject({
          whole: false,
          broken: { seq },
        });
      }
  });

  test('[ID3] entries cut off at the end are found', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 5);
    journal.close();
    tamper(folder, database => database.exec('DELETE FROM event WHERE seq = 5'));
    expect(unwrap(verifyJournalFile(folder))).toEqual({
      whole: false,
      broken: { seq: 5, problem: 'missing-tail' },
    });
  });
});

test('verifying works while the branch works, and leaves the journal as it is', () => {
  const folder = temporaryFolder();
  const journal = open(folder);
  appendMany(journal, 1, 3);
  expect(unwrap(verifyJournalFile(folder))).toMatchObject({ whole: true, end: { seq: 3 } });
  appendMany(journal, 4, 4);
  expect(unwrap(verifyJournalFile(folder))).toMatchObject({ whole: true, end: { seq: 4 } });
});

test('what is not a journal cannot be told', () => {
  expect(codeOf(verifyJournalFile(temporaryFolder()))).toBe('C903');
});

function flipNumber(value: number, bit: number): number {
  return value ^ (1 << (bit % 20));
}

function flipText(value: string, bit: number): string {
  const bytes = Buffer.from(value, 'utf8');
  const index = Math.floor(bit / 8) % bytes.length;
  bytes[index] = (bytes[index] ?? 0) ^ (1 << (bit % 8));
  return bytes.toString('utf8');
}
