import { parseArgs } from 'node:util';
import type { Result } from '#core/wire/result.ts';
import type { ChainReport } from '#main/journal/verify-chain.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import { VERIFY_TEXTS, type VerifyTexts } from './verify-journal-texts.ts';

/**
 * `verify-journal --data FOLDER [--json]` (ID3): proves a branch's journal or names the first broken entry, without
 * changing anything; the branch may be working meanwhile.
 * Exit code 0: whole. 1: broken. 2: cannot be told (no journal, not readable, wrong arguments).
 * `--json` prints `{"state":"whole"|"broken"|"unknown", …}` on one line instead of the two sentences.
 */
function main(args: string[]): number {
  const { folder, json } = readArguments(args);
  if (folder === null) {
    print(texts => texts.usage);
    return 2;
  }
  const verified = verifyJournalFile(folder);
  if (json) console.log(JSON.stringify(asJson(verified)));
  else print(texts => sentence(texts, verified));
  if (!verified.ok) return 2;
  return verified.value.whole ? 0 : 1;
}

function readArguments(args: string[]): { folder: string | null; json: boolean } {
  try {
    const options = { data: { type: 'string' }, json: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args, options });
    return { folder: values.data ?? null, json: values.json === true };
  } catch {
    return { folder: null, json: false };
  }
}

function asJson(verified: Result<ChainReport>): Record<string, unknown> {
  if (!verified.ok) return { state: 'unknown', code: verified.error.code };
  const report = verified.value;
  return report.whole
    ? { state: 'whole', lastSeq: report.end.seq, lastHash: report.end.hash }
    : { state: 'broken', code: 'D405', seq: report.broken.seq, problem: report.broken.problem };
}

function sentence(texts: VerifyTexts, verified: Result<ChainReport>): string {
  if (!verified.ok) {
    if (verified.error.code === 'C903') return texts.noJournal;
    if (verified.error.code === 'D402') return texts.notAJournal;
    return fill(texts.unreadable, { code: verified.error.code });
  }
  const report = verified.value;
  if (report.whole) return fill(texts.whole, { count: report.end.seq });
  return fill(texts.broken, { seq: report.broken.seq, problem: texts.problems[report.broken.problem] });
}

function fill(text: string, facts: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}

function print(sentenceOf: (texts: VerifyTexts) => string): void {
  console.log(sentenceOf(VERIFY_TEXTS.zh));
  console.log(sentenceOf(VERIFY_TEXTS.en));
}

process.exitCode = main(process.argv.slice(2));
