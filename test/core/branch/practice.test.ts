import { describe, expect, it } from 'vitest';
import { BankDocument } from '#core/branch/bank-document.ts';
import { isPracticeBranch, markPractice, toPracticeBank } from '#core/branch/practice.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { mainBoardLines, windowBoardContent } from '#core/views/board-texts.ts';
import { ticketPaper } from '#core/views/ticket-paper.ts';
import { openBranch, TELLER_1 } from '../played-branch.ts';

const PRACTICE_BANK = toPracticeBank(SAMPLE_BANK);

describe('a practice branch', () => {
  it('[AS4] is known by its id, which fits an id whatever the branch is called', () => {
    expect(isPracticeBranch(SAMPLE_BANK.branch.id)).toBe(false);
    expect(isPracticeBranch(PRACTICE_BANK.branch.id)).toBe(true);
    expect(toPracticeBank(PRACTICE_BANK)).toBe(PRACTICE_BANK);
    const long = { ...SAMPLE_BANK, branch: { ...SAMPLE_BANK.branch, id: 'x'.repeat(64) } };
    expect(BankDocument.safeParse(toPracticeBank(long)).success).toBe(true);
  });

  it('[AS4] marks every text of every board', () => {
    const branch = openBranch(PRACTICE_BANK);
    const shown = () => [
      windowBoardContent(branch.configured(), 'counter-1').text,
      ...mainBoardLines(branch.configured(), 3, 0)
        .map(line => line.text)
        .filter(({ zh }) => zh.trim() !== ''),
    ];
    const allMarked = () => {
      for (const { zh, en } of shown())
        expect([zh.slice(0, 3), en.slice(0, 9)]).toEqual(['练习 ', 'Practice ']);
      return shown().map(({ zh }) => zh);
    };
    allMarked();
    const ticketId = branch.issue();
    branch.must('open-counter', { counterId: 'counter-1' }, TELLER_1);
    allMarked();
    branch.must('call-next', { counterId: 'counter-1' }, TELLER_1);
    expect(allMarked()).toEqual(expect.arrayContaining(['练习 请 A001 号', '练习 请 A001 号到1号窗口']));
    branch.must('start-service', { counterId: 'counter-1', ticketId }, TELLER_1);
    allMarked();
  });

  it('[AS4] marks every ticket, and a real branch none of them', () => {
    const words = (document: typeof SAMPLE_BANK) => {
      const branch = openBranch(document);
      const ticketId = branch.issue('personal-cash', { language: 'en' });
      return JSON.stringify(ticketPaper(branch.configured(), branch.ticket(ticketId), false));
    };
    expect(words(PRACTICE_BANK)).toContain('【练习】');
    expect(words(PRACTICE_BANK)).toContain('[Practice]');
    expect(words(SAMPLE_BANK)).not.toMatch(/练习|Practice/);
    expect(markPractice(SAMPLE_BANK.branch.id, { zh: '甲', en: 'a' })).toEqual({ zh: '甲', en: 'a' });
  });
});
