import { describe, expect, it } from 'vitest';
import { en as benchEnglish } from '#renderer/bench/locales/en.ts';
import { zh as benchChinese } from '#renderer/bench/locales/zh.ts';
import { en as lobbyEnglish } from '#renderer/lobby/locales/en.ts';
import { zh as lobbyChinese } from '#renderer/lobby/locales/zh.ts';
import { en as tellerEnglish } from '#renderer/teller/locales/en.ts';
import { zh as tellerChinese } from '#renderer/teller/locales/zh.ts';
import { textKeys, textPlaceholders } from '../kit/text-tree.ts';

describe.each([
  ['teller', tellerChinese, tellerEnglish],
  ['lobby', lobbyChinese, lobbyEnglish],
  ['bench', benchChinese, benchEnglish],
])('language files of %s', (_screen, zh, en) => {
  it('have the same keys in both languages, none empty', () => {
    expect(textKeys(en)).toEqual(textKeys(zh));
  });

  it('fill in the same facts in both languages', () => {
    expect(textPlaceholders(en)).toEqual(textPlaceholders(zh));
  });
});
