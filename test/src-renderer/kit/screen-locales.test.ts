import { describe, expect, it } from 'vitest';
import { en as boardsEnglish } from '#renderer/boards/locales/en.ts';
import { zh as boardsChinese } from '#renderer/boards/locales/zh.ts';
import { en as kioskEnglish } from '#renderer/kiosk/locales/en.ts';
import { zh as kioskChinese } from '#renderer/kiosk/locales/zh.ts';
import { en as ratingEnglish } from '#renderer/rating-screen/locales/en.ts';
import { zh as ratingChinese } from '#renderer/rating-screen/locales/zh.ts';
import { en as voiceEnglish } from '#renderer/voice/locales/en.ts';
import { zh as voiceChinese } from '#renderer/voice/locales/zh.ts';
import { textKeys, textPlaceholders } from './text-tree.ts';

describe.each([
  ['kiosk', kioskChinese, kioskEnglish],
  ['boards', boardsChinese, boardsEnglish],
  ['rating screen', ratingChinese, ratingEnglish],
  ['voice', voiceChinese, voiceEnglish],
])('language files of %s', (_screen, zh, en) => {
  it('have the same keys and facts in both languages', () => {
    expect(textKeys(en)).toEqual(textKeys(zh));
    expect(textPlaceholders(en)).toEqual(textPlaceholders(zh));
  });
});
