import { describe, expect, it } from 'vitest';
import { nextNumber, numberToPrefix, numberToValue } from '#core/queue/numbers.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { TicketNumber } from '#core/wire/fields.ts';
import { bankWith, CUSTOMER, openBranch } from '../played-branch.ts';

const queueOf = (prefix: string, firstNumber: number, lastNumber: number) => {
  const [queue] = SAMPLE_BANK.queues;
  if (!queue) throw new Error('no queue');
  return { ...queue, prefix, firstNumber, lastNumber };
};

describe('ticket numbers', () => {
  it('[TK3] are a letter and three digits from the range of the queue, each once', () => {
    for (const [first, last] of [
      [0, 999],
      [1, 799],
      [998, 999],
      [7, 7],
    ] as const) {
      const given: string[] = [];
      let value: number | undefined;
      for (;;) {
        const next = nextNumber(queueOf('Z', first, last), value);
        if (!next) break;
        expect(TicketNumber.safeParse(next.text).success).toBe(true);
        expect([numberToPrefix(next.text), numberToValue(next.text)]).toEqual(['Z', next.value]);
        given.push(next.text);
        value = next.value;
      }
      expect(new Set(given).size).toBe(last - first + 1);
      expect(given[0]).toBe(`Z${String(first).padStart(3, '0')}`);
      expect(given.at(-1)).toBe(`Z${String(last).padStart(3, '0')}`);
    }
  });

  it('[TK3] run out with a clear code, and other queues go on', () => {
    const queues = SAMPLE_BANK.queues.map(queue => ({ ...queue, firstNumber: 5, lastNumber: 6 }));
    const branch = openBranch(bankWith({ queues }));
    expect([branch.issue(), branch.issue()].map(id => branch.ticket(id).number)).toEqual(['A005', 'A006']);
    const args = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('T802');
    expect(branch.ticket(branch.issue('credit-card')).number).toBe('C005');
  });
});
