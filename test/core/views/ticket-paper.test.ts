import { describe, expect, it } from 'vitest';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { ticketPaper } from '#core/views/ticket-paper.ts';
import { type PaperLine, TicketPaper } from '#core/wire/ticket-paper.ts';
import { bankWith, openBranch } from '../played-branch.ts';

interface Wish {
  readonly language?: 'zh' | 'en';
  readonly largeType?: boolean;
  readonly reprint?: boolean;
  readonly ahead?: number;
  readonly document?: BankDocument;
}

function paperOf({
  language = 'zh',
  largeType = false,
  reprint = false,
  ahead = 2,
  document,
}: Wish): PaperLine[] {
  const branch = openBranch(document);
  for (let n = 0; n < ahead; n++) branch.issue();
  const ticketId = branch.issue('personal-cash', { language, largeType });
  const paper = ticketPaper(branch.configured(), branch.ticket(ticketId), reprint);
  expect(TicketPaper.parse(paper)).toEqual(paper);
  return paper.lines;
}

const texts = (lines: readonly PaperLine[]) =>
  lines.flatMap(line => (line.kind === 'text' ? [line.text] : []));
const find = (lines: readonly PaperLine[], text: string) =>
  lines.find(line => line.kind === 'text' && line.text === text);

describe('the ticket on paper', () => {
  it('[BR7] of a PC without its host says that calls go on later; a reprint does not', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    const ticket = { ...branch.ticket(ticketId), kept: true } as const;
    const says = (reprint: boolean) =>
      texts(ticketPaper(branch.configured(), ticket, reprint).lines).includes('网络恢复后继续叫号,号码有效');
    expect([says(false), says(true)]).toEqual([true, false]);
  });

  it('[TK7] in Chinese: bank, branch, number, business, people ahead, wait, what to bring, QR, notice, time', () => {
    const lines = paperOf({});
    expect(texts(lines)).toEqual([
      '示范银行',
      '中心支行营业部',
      'A003',
      '个人现金业务',
      '前面等候 2 人',
      '预计等候 4–9 分钟',
      '请备好:',
      '· 本人有效身份证件',
      '· 银行卡或存折',
      '扫码查看排队进度',
      '过号请联系大堂经理,30分钟内可恢复',
      '2026-03-02 09:00:00',
    ]);
    const qr = lines.filter(line => line.kind === 'qr');
    expect(qr).toHaveLength(1);
    expect(qr[0]?.payload).toMatch(/^http:\/\/127\.0\.0\.1:8620\/t\/.+$/);
    expect(find(lines, 'A003')).toMatchObject({ size: 4, bold: true, align: 'centre' });
  });

  it('[TK7] with English as second language, each line after its Chinese', () => {
    const all = texts(paperOf({ language: 'en' }));
    for (const [zh, en] of [
      ['中心支行营业部', 'Central Branch'],
      ['个人现金业务', 'Personal cash'],
      ['前面等候 2 人', '2 waiting ahead'],
      ['预计等候 4–9 分钟', 'about 4–9 minutes'],
      ['· 银行卡或存折', '· Bank card or passbook'],
    ]) {
      expect(all[all.indexOf(String(zh)) + 1]).toBe(en);
      expect(all).toContain(zh);
    }
    expect(texts(paperOf({ language: 'zh' })).join('')).not.toMatch(/[A-Za-z]{4}/);
  });

  it('[TK7] in large type every line is doubled and the number larger still', () => {
    for (const language of ['zh', 'en'] as const) {
      const lines = paperOf({ language, largeType: true });
      const sizes = lines.flatMap(line => (line.kind === 'text' ? [line.size] : []));
      expect(Math.min(...sizes)).toBe(2);
      expect(find(lines, 'A003')).toMatchObject({ size: 6 });
    }
  });

  it('[TK4] a reprint is marked 补打 and the same otherwise', () => {
    const [first, again] = [paperOf({}), paperOf({ reprint: true })];
    expect(
      again.filter(line => !first.some(other => JSON.stringify(other) === JSON.stringify(line))),
    ).toEqual([{ kind: 'text', text: '【补打】', align: 'centre', size: 2, bold: true }]);
    expect(texts(first)).not.toContain('【补打】');
    expect(texts(paperOf({ reprint: true, language: 'en' }))).toContain('[Reprint]');
  });

  it('[TK7] without an open window it promises no minutes', () => {
    const branch = openBranch();
    const ticketId = branch.issue('corporate-settlement');
    const all = texts(ticketPaper(branch.configured(), branch.ticket(ticketId), false).lines);
    expect(all).toContain('窗口开放后依次办理');
    expect(all.join('')).not.toContain('预计');
  });

  it('[TK7] never shows the class', () => {
    const branch = openBranch();
    const ticketId = branch.issue('wealth', { language: 'en' });
    const all = texts(ticketPaper(branch.configured(), branch.ticket(ticketId), false).lines).join('|');
    for (const { id, name } of SAMPLE_BANK.classes)
      for (const word of [id, name.zh, name.en]) expect(all.toLowerCase()).not.toContain(word.toLowerCase());
  });

  it('[TK7] fits its shape with the longest texts a bank may set', () => {
    const long = { zh: '长'.repeat(400), en: 'x'.repeat(400) };
    const document = bankWith({
      branch: {
        ...SAMPLE_BANK.branch,
        name: long,
        bankName: long,
        progressUrl: `http://a/${'x'.repeat(190)}`,
      },
      businesses: SAMPLE_BANK.businesses.map(business => ({
        ...business,
        name: long,
        documents: Array.from({ length: 10 }, () => long),
      })),
      texts: { ...SAMPLE_BANK.texts, ticketNotice: long },
    });
    paperOf({ language: 'en', largeType: true, reprint: true, document });
  });

  it('[TK7] shows the time on the wall of the branch', () => {
    const document = bankWith({ branch: { ...SAMPLE_BANK.branch, timeZone: 'America/New_York' } });
    expect(texts(paperOf({ document })).at(-1)).toBe('2026-03-01 20:00:00');
  });
});
