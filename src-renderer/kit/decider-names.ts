import type { LocalText } from '#core/wire/fields.ts';

/**
 * The people to ask, as part of a sentence.
 * @param somebody what to say where no role is known to have the right
 */
export function deciderNames(
  deciders: readonly LocalText[],
  language: 'zh' | 'en',
  somebody: string,
  most = deciders.length,
): string {
  const names = deciders.slice(0, most).map(name => name[language]);
  return names.length === 0 ? somebody : names.join(language === 'zh' ? '、' : ' / ');
}
