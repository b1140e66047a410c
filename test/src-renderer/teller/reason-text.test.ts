import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { zh as kit } from '#renderer/kit/locales/zh.ts';
import { zh } from '#renderer/teller/locales/zh.ts';
import { reasonText } from '#renderer/teller/reason-text.ts';

const languages = i18next.createInstance();
await languages.init({ lng: 'zh', fallbackNS: 'kit', resources: { zh: { teller: zh, kit } } });
const t = languages.getFixedT('zh', 'teller');

describe('why this ticket', () => {
  it('[CS2] names the gate and how many were passed in one sentence', () => {
    expect(reasonText(t, 'zh', { gate: 'arrival', passedCount: 0, choiceReason: null })).toBe(
      '为何是他：按到达先后，未越过他人',
    );
    expect(reasonText(t, 'zh', { gate: 'returned', passedCount: 2, choiceReason: null })).toBe(
      '为何是他：过号返回优先，越过 2 人',
    );
  });

  it('[CS2] has a sentence for a gate it does not know', () => {
    expect(reasonText(t, 'zh', { gate: 'weighted-ageing', passedCount: 1, choiceReason: null })).toBe(
      '为何是他：按窗口策略，越过 1 人',
    );
  });
});
