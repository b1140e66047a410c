import type { Language, LocalText } from '#core/wire/fields.ts';

const BETWEEN = '　◆　';

/** DV4: notices one after the other on one line; each in the other language too where the bank wants it. */
export function tickerText(
  notices: readonly LocalText[],
  language: Language,
  secondLanguage: boolean,
): string {
  const other = language === 'zh' ? 'en' : 'zh';
  return notices
    .flatMap(notice => (secondLanguage ? [notice[language], notice[other]] : [notice[language]]))
    .join(BETWEEN);
}
