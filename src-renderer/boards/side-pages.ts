import type { View } from '#core/wire/views.ts';

export type Side = View<'lobby-screen'>['side'];

/** One thing beside the calls: a page of rates, a picture or a video (DV4). */
export type SidePage =
  | { readonly kind: 'rates'; readonly key: string; readonly table: Side['rates'][number] }
  | { readonly kind: 'picture' | 'video'; readonly key: string; readonly url: string };

/** Rows of a rate table that are readable at the back of a hall at once. */
const ROWS_A_PAGE = 8;

/** All pages in their order: the rates, then the playlist; a long table goes on over several pages. */
export function sidePages({ rates, playlist }: Pick<Side, 'rates' | 'playlist'>): SidePage[] {
  const ratePages = rates.flatMap((table, index) => {
    const pages: SidePage[] = [];
    for (let from = 0; from < table.rows.length; from += ROWS_A_PAGE)
      pages.push({
        kind: 'rates',
        key: `rates-${index}-${from}`,
        table: { ...table, rows: table.rows.slice(from, from + ROWS_A_PAGE) },
      });
    return pages;
  });
  return [...ratePages, ...playlist.map(({ url, kind }) => ({ kind, key: url, url }))];
}

/**
 * Which page comes after the one with this key, when pages may have come and gone meanwhile.
 * @returns undefined when there is none
 */
export function pageAfter(
  pages: readonly SidePage[],
  key: string | null,
  broken: ReadonlySet<string>,
): SidePage | undefined {
  const good = pages.filter(page => !broken.has(page.key));
  const index = good.findIndex(page => page.key === key);
  if (index >= 0) return good[(index + 1) % good.length];
  // The shown one is gone: on with the next that was behind it, else from the start.
  const place = pages.findIndex(page => page.key === key);
  return good.find(page => pages.indexOf(page) > place) ?? good[0];
}
