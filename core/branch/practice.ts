import type { LocalText } from '../wire/fields.ts';
import { ALWAYS_OPEN } from './bank-arrival.ts';
import type { BankDocument } from './bank-document.ts';

/**
 * AS4: a practice branch is known by its id alone. The id is on every entry of its journal and in every welcome of
 * its host and a document cannot change it (C914), so nothing about practice can lose the mark.
 */
const PRACTICE_PREFIX = 'practice-';
/** Longest id, as `Id` has it. */
const MAX_ID_LENGTH = 64;

/** What is written beside everything of a practice branch that leaves the screens: tickets and boards. */
export const PRACTICE_WORD: LocalText = { zh: '练习', en: 'Practice' };

/** True for the branch of a practice mode: its customers, figures and tickets are not real. */
export function isPracticeBranch(branchId: string): boolean {
  return branchId.startsWith(PRACTICE_PREFIX);
}

/** The branch to practise in: as `document` has it, under an id of its own, and open at any hour. */
export function toPracticeBank(document: BankDocument): BankDocument {
  const { branch } = document;
  if (isPracticeBranch(branch.id)) return document;
  const id = (PRACTICE_PREFIX + branch.id).slice(0, MAX_ID_LENGTH);
  return { ...document, branch: { ...branch, id }, calendar: ALWAYS_OPEN };
}

/** `text` with the word for practice before it in a practice branch, else as it is. */
export function markPractice(branchId: string, text: LocalText): LocalText {
  if (!isPracticeBranch(branchId)) return text;
  return { zh: `${PRACTICE_WORD.zh} ${text.zh}`, en: `${PRACTICE_WORD.en} ${text.en}` };
}
