import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { en as kitEnglish } from '#renderer/kit/locales/en.ts';
import { zh as kitChinese } from '#renderer/kit/locales/zh.ts';
import { alarmText } from '#renderer/lobby/alarm-text.ts';
import { en } from '#renderer/lobby/locales/en.ts';
import { zh } from '#renderer/lobby/locales/zh.ts';
import { alarmOf } from './views.ts';

const languages = i18next.createInstance();
await languages.init({
  lng: 'zh',
  fallbackNS: 'kit',
  interpolation: { escapeValue: false },
  resources: { zh: { lobby: zh, kit: kitChinese }, en: { lobby: en, kit: kitEnglish } },
});

const window1 = { zh: '1号窗口', en: 'Window 1' };
const ALARMS = {
  'bad-rating': alarmOf({
    kind: 'bad-rating',
    facts: { number: 'A001', ratingId: 'rating-1' },
    subject: window1,
  }),
  'not-printed': alarmOf({
    kind: 'not-printed',
    facts: { number: 'A001', ticketId: 'ticket-1', certainty: 'failed' },
    code: 'P101',
  }),
  uncertain: alarmOf({
    kind: 'not-printed',
    facts: { number: 'A001', ticketId: 'ticket-1', certainty: 'uncertain' },
  }),
  device: alarmOf({ facts: { deviceKind: 'keypad' }, subject: window1, code: 'K302' }),
  'over-limit': alarmOf({ kind: 'over-limit', facts: { count: 3, minutes: 15 }, subject: window1 }),
  upload: alarmOf({ kind: 'upload', facts: { behind: 12 }, code: 'U501' }),
};

describe('the sentence of an alarm', () => {
  it.each(['zh', 'en'] as const)('[LB1] has all its facts and no missing key (%s)', language => {
    const t = languages.getFixedT(language, 'lobby');
    for (const [name, alarm] of Object.entries(ALARMS)) {
      const sentence = alarmText(t, alarm, text => text?.[language] ?? '');
      expect(sentence, name).not.toMatch(/\{\{|undefined|alarms\.|errors\.|device\./);
      expect(sentence.length, name).toBeGreaterThan(12);
    }
  });

  it('[TK4] is honest about a ticket that may or may not be on paper', () => {
    const t = languages.getFixedT('zh', 'lobby');
    const local = (text: { zh: string } | null) => text?.zh ?? '';
    expect(alarmText(t, ALARMS['not-printed'], local)).toContain('A001 未打印');
    expect(alarmText(t, ALARMS.uncertain, local)).toContain('A001 可能未打印');
  });

  it('names the device, its window and the error code', () => {
    const sentence = alarmText(languages.getFixedT('zh', 'lobby'), ALARMS.device, text => text?.zh ?? '');
    expect(sentence).toContain('评价器');
    expect(sentence).toContain('1号窗口');
    expect(sentence).toContain('K302');
  });
});
