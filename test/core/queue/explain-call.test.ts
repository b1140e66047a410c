import { describe, expect, it } from 'vitest';
import { GATE_WORDS } from '#core/locales/call-words.ts';
import { explainCall } from '#core/queue/explain-call.ts';

const call = (gate: string, passedCount: number) => explainCall({ gate, passedCount, choiceReason: null });

describe('why a ticket was called', () => {
  it('[CS2] is one sentence in both languages: what chose it, and how many were passed', () => {
    expect(call('longest-wait', 0)).toEqual({
      zh: '等候超过上限优先，未越过他人',
      en: 'Waited beyond the limit, nobody passed',
    });
    expect(call('ageing', 2)).toEqual({
      zh: '按等候时间与等级，越过 2 人',
      en: 'By waiting time and class, 2 passed',
    });
  });

  it('[CS2] [CS6] does not say of somebody put first that papers were missing', () => {
    expect(call('parked-ready', 0)).toEqual({
      zh: '资料备齐或已安排最前，未越过他人',
      en: 'Ready to go on, or put first, nobody passed',
    });
  });

  it('[CS4] a choice is said with its reason, whatever the bank wrote there', () => {
    const reason = { zh: '身体不适{count}$&', en: 'Feels unwell 😀' };
    expect(explainCall({ gate: 'chosen', passedCount: 1, choiceReason: reason })).toEqual({
      zh: '人工指定（身体不适{count}$&），越过 1 人',
      en: 'Chosen by the teller (Feels unwell 😀), 1 passed',
    });
  });

  it('[CS2] has other words for each gate, and words for one it does not know', () => {
    const sentences = Object.keys(GATE_WORDS).map(gate => call(gate, 0).zh);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const gate of ['toString', '', 'newer-gate']) expect(call(gate, 0)).toEqual(call('other', 0));
  });
});
