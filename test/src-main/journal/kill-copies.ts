import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import { createRandom } from '../../simulation/random.ts';
import { everyEvent, open, temporaryFolder, unwrap } from './journal-fixture.ts';

/** Lets two journals copy until so many lines were said, kills them, answers all whole lines. */
async function copyAndKill(folder: string, lines: number): Promise<string[]> {
  const script = fileURLToPath(new URL('./copy-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let heard = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    heard += text;
    if (heard.split('\n').length > lines) child.kill('SIGKILL');
  });
  await exited;
  return heard.slice(0, heard.lastIndexOf('\n')).split('\n');
}

/**
 * BR3, BR6: kill -9 while batches of another station are stored and own ones moved aside. After each: the journal opens
 * without talk of damage, its chain is whole, what was copied is there, and what was recorded alone is there or aside.
 */
export async function killCopies(rounds: number, seed: number): Promise<{ aside: number; copied: number }> {
  const random = createRandom(seed);
  const folder = temporaryFolder();
  const alone = new Set<string>();
  let counts = { aside: 0, copied: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    const said = (await copyAndKill(folder, random.between(1, 40))).map(line => line.split(' '));
    for (const [kind, id] of said) if (kind === 'a' && id !== undefined) alone.add(id);

    const copy = open(join(folder, 'copy'));
    const host = open(join(folder, 'host'));
    for (const [kind, seq, hash] of said)
      if (kind === 's') expect([round, copy.hashAt(Number(seq))]).toEqual([round, hash]);
    const events = everyEvent(copy);
    const aside = copy.aside('all');
    const kept = new Set([...events, ...aside.flatMap(batch => batch.events)].map(({ id }) => id));
    expect([round, [...alone].filter(id => !kept.has(id))]).toEqual([round, []]);
    // A batch is stored, or moved, as a whole and with its command's answer; never both here and aside.
    for (const batch of aside) {
      expect(batch.command?.id).toBe(batch.events[0]?.id);
      expect(copy.hashAt(batch.lastSeq)).not.toBe(batch.hash);
      expect(copy.answerOf(batch.command?.id ?? '')).toBeNull();
    }
    for (const batch of copy.batches({ after: 0, maxBytes: Number.POSITIVE_INFINITY }))
      expect(copy.answerOf(batch.command?.id ?? '')).not.toBeNull();
    counts = { aside: aside.length, copied: copy.last().seq };
    copy.close();
    host.close();
    for (const name of ['copy', 'host'])
      expect(unwrap(verifyJournalFile(join(folder, name)))).toMatchObject({ whole: true });
  }
  return counts;
}
