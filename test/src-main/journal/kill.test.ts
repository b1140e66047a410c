import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import { open, temporaryFolder, unwrap } from './journal-fixture.ts';

const ROUNDS = 20;
const seed = Number(process.env.FOYER_SEED ?? 20260302);

/** A small generator of repeatable numbers in [0, 1). */
function seeded(state: number): () => number {
  let value = state >>> 0;
  return () => {
    value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
    return value / 2 ** 32;
  };
}

/** Lets a branch work until it has acknowledged `acknowledgements` commands, kills it, answers its last words. */
async function workAndKill(folder: string, size: number, acknowledgements: number): Promise<string> {
  const script = fileURLToPath(new URL('./append-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let heard = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    heard += text;
    if (heard.split('\n').length > acknowledgements) child.kill('SIGKILL');
  });
  await exited;
  return heard.slice(0, heard.lastIndexOf('\n')).split('\n').at(-1) ?? '';
}

test(`[ID3] ${ROUNDS} times kill -9: everything acknowledged is there and the chain is whole (seed ${seed})`, async () => {
  const random = seeded(seed);
  const folder = temporaryFolder();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const size = 1 + Math.floor(random() * 4);
    const lastWords = await workAndKill(folder, size, 1 + Math.floor(random() * 40));
    const [seq, hash] = lastWords.split(' ');
    expect(Number(seq), `round ${round}`).toBeGreaterThan(0);

    const journal = open(folder);
    const acknowledged = unwrap(
      journal.read({ from: Number(seq), limit: 1 }).next().value ?? { ok: false, error: { code: 'D405' } },
    );
    expect(acknowledged.hash).toBe(hash);
    // A transaction is there as a whole or not at all, with the answer of its command.
    const first = Number(seq) - size + 1;
    expect(journal.answerOf(`command-${first}`)?.answer).toEqual({ lastSeq: Number(seq) });
    expect((journal.last().seq - Number(seq)) % size).toBe(0);
    journal.close();
    expect(unwrap(verifyJournalFile(folder))).toMatchObject({ whole: true });
  }
}, 90_000);
