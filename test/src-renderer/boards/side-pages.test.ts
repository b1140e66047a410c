import { describe, expect, it } from 'vitest';
import { SAMPLE_LOBBY_SCREEN } from '#core/sample/sample-lobby.ts';
import { pageAfter, type Side, sidePages } from '../../../src-renderer/boards/side-pages.ts';
import { tickerText } from '../../../src-renderer/boards/ticker-text.ts';

const playlist: Side['playlist'] = [
  { url: '/playlist/a.png?v=1', kind: 'picture' },
  { url: '/playlist/b.mp4?v=1', kind: 'video' },
];
const side = { rates: SAMPLE_LOBBY_SCREEN.rates, playlist };
const keys = (pages: ReturnType<typeof sidePages>) => pages.map(page => page.key);
const none = new Set<string>();

describe('pages beside the calls', () => {
  it('[DV4] rates come first, then the playlist, and it begins again', () => {
    const pages = sidePages(side);
    expect(pages.map(page => page.kind)).toEqual(['rates', 'rates', 'picture', 'video']);
    const shown: string[] = [];
    for (let key: string | null = null; shown.length < 5; ) {
      key = pageAfter(pages, key, none)?.key ?? null;
      shown.push(key ?? '');
    }
    expect(shown).toEqual([...keys(pages), keys(pages)[0]]);
  });

  it('[DV4] a long table goes on over several pages and loses no row', () => {
    const [table] = SAMPLE_LOBBY_SCREEN.rates;
    if (!table) throw new Error('no sample rates');
    const rows = Array.from({ length: 20 }, (_, row) => ({
      name: { zh: `${row}`, en: `${row}` },
      values: ['1'],
    }));
    const pages = sidePages({ rates: [{ ...table, rows }], playlist: [] });
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(page => (page.kind === 'rates' ? page.table.rows : []))).toEqual(rows);
  });

  it('[DV4] what cannot be shown is passed over; nothing at all leaves the place empty', () => {
    const pages = sidePages({ rates: [], playlist });
    const broken = new Set(['/playlist/a.png?v=1']);
    expect(pageAfter(pages, null, broken)?.key).toBe('/playlist/b.mp4?v=1');
    expect(pageAfter(pages, '/playlist/a.png?v=1', broken)?.key).toBe('/playlist/b.mp4?v=1');
    expect(pageAfter(pages, '/playlist/b.mp4?v=1', broken)?.key).toBe('/playlist/b.mp4?v=1');
    expect(pageAfter(pages, null, new Set(keys(pages)))).toBeUndefined();
    expect(pageAfter([], 'gone', none)).toBeUndefined();
  });
});

it('[DV4] the notice runs in the other language too where the bank wants it', () => {
  const notices = [{ zh: '请留意叫号', en: 'Watch for your number' }];
  expect(tickerText(notices, 'zh', false)).toBe('请留意叫号');
  expect(tickerText(notices, 'en', true)).toMatch(/^Watch for your number.*请留意叫号$/);
});
