import type { LocalText } from '#core/wire/fields.ts';

/**
 * LB2: businesses found by words in either language: every word has to be in the name, in any case.
 * @returns all of them for an empty search
 */
export function findBusinesses<T extends { readonly name: LocalText }>(
  businesses: readonly T[],
  search: string,
): T[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return businesses.filter(({ name }) => {
    const names = `${name.zh} ${name.en}`.toLowerCase();
    return words.every(word => names.includes(word));
  });
}
