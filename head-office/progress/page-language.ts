import type { Language } from '#core/wire/fields.ts';

/**
 * The language of a page without script: the address's `?lang=`, else the reader's first preference among ours
 * (`Accept-Language`, RFC 9110 section 12.5.4), else Chinese.
 */
export function pageLanguage(wanted: unknown, acceptLanguage: string | undefined): Language {
  if (wanted === 'zh' || wanted === 'en') return wanted;
  const preferences = (acceptLanguage ?? '').split(',').flatMap(part => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = tag.split('-')[0];
    const quality = Number(/^\s*q=([\d.]+)/.exec(parameters.join(';'))?.[1] ?? 1);
    return (language === 'zh' || language === 'en') && quality > 0 ? [{ language, quality } as const] : [];
  });
  // Sorting is stable: of equal wishes the first named counts.
  return preferences.sort((a, b) => b.quality - a.quality)[0]?.language ?? 'zh';
}
