import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { journalFiles } from '#main/journal/journal-files.ts';
import { VERIFY_TEXTS } from '../../../src-main/cli/verify-journal-texts.ts';
import { appendMany, open, tamper, temporaryFolder } from '../journal/journal-fixture.ts';

const SCRIPT = fileURLToPath(new URL('../../../src-main/cli/verify-journal.ts', import.meta.url));

function run(...args: string[]): { code: number | null; lines: string[] } {
  const { status, stdout } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  return { code: status, lines: stdout.trimEnd().split('\n') };
}

test('[ID3] verify-journal proves a journal in use, in Chinese and English, and for programs', () => {
  const folder = temporaryFolder();
  const journal = open(folder);
  appendMany(journal, 1, 3);
  expect(run('--data', folder)).toEqual({
    code: 0,
    lines: ['日志完整：3 条记录全部核对无误。', 'The journal is whole: all 3 entries are proven.'],
  });
  const json = run('--data', folder, '--json');
  expect(json.code).toBe(0);
  expect(JSON.parse(json.lines.join(''))).toEqual({
    state: 'whole',
    lastSeq: 3,
    lastHash: journal.last().hash,
  });
});

test('[ID3] verify-journal names the first broken entry', () => {
  const folder = temporaryFolder();
  const journal = open(folder);
  appendMany(journal, 1, 3);
  journal.close();
  tamper(folder, database => database.exec("UPDATE event SET actor = 'x' WHERE seq >= 2"));
  const said = run('--data', folder);
  expect(said.code).toBe(1);
  expect(said.lines).toEqual([
    '日志从第 2 条起不可信：记录与封存时不一致（D405）。',
    'The journal cannot be trusted from entry 2 on: it is not what was sealed (D405).',
  ]);
  const json = run('--data', folder, '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.lines.join(''))).toEqual({
    state: 'broken',
    code: 'D405',
    seq: 2,
    problem: 'wrong-hash',
  });
});

test('verify-journal says when it cannot tell', () => {
  const folder = temporaryFolder();
  expect(run('--data', folder)).toEqual({
    code: 2,
    lines: [VERIFY_TEXTS.zh.noJournal, VERIFY_TEXTS.en.noJournal],
  });
  writeFileSync(journalFiles(folder).database, 'no database at all');
  expect(run('--data', folder, '--json')).toEqual({ code: 2, lines: ['{"state":"unknown","code":"D402"}'] });
  expect(run('--nonsense').lines).toEqual([VERIFY_TEXTS.zh.usage, VERIFY_TEXTS.en.usage]);
  expect(run().code).toBe(2);
});
