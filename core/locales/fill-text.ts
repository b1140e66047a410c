import type { LocalText } from '../wire/fields.ts';

/** A template in both languages with its `{names}` filled in; a name without a value stays as it is. */
export function fillText(
  template: LocalText,
  values: Readonly<Record<string, LocalText | string>>,
): LocalText {
  const fill = (language: 'zh' | 'en') =>
    template[language].replace(/\{(\w+)\}/g, (whole, key: string) => {
      const value = values[key];
      return value === undefined ? whole : typeof value === 'string' ? value : value[language];
    });
  return { zh: fill('zh'), en: fill('en') };
}
