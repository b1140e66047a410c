import { describe, expect, it } from 'vitest';
import {
  advanceTakeover,
  type Call,
  HURRIED_TAKEOVER_MS,
  NO_TAKEOVER,
  TAKEOVER_MS,
} from '#renderer/boards/takeover.ts';

const START = 1_000_000;
const call = (key: string, at = START): Call => ({
  key,
  number: 'A001',
  counterName: { zh: '3号窗口', en: 'Window 3' },
  counterNumber: 3,
  at,
});

describe('takeover of the lobby screen', () => {
  const started = advanceTakeover(NO_TAKEOVER, [call('old')], START);

  it('[DV4] a new call has the whole screen for 4 s', () => {
    const shown = advanceTakeover(started, [call('new'), call('old')], START);
    expect(shown.current?.key).toBe('new');
    const still = advanceTakeover(shown, [call('new'), call('old')], START + TAKEOVER_MS - 1);
    expect(still.current?.key).toBe('new');
    expect(advanceTakeover(still, [call('new'), call('old')], START + TAKEOVER_MS).current).toBeNull();
  });

  it('calls that were there at the start are not announced', () => {
    expect(started.current).toBeNull();
    expect(advanceTakeover(started, [call('old')], START + 1).current).toBeNull();
  });

  it('[DV2] calls that come together each have their turn, oldest first', () => {
    const calls = [call('c'), call('b'), call('a'), call('old')];
    const seen: string[] = [];
    let state = started;
    for (let now = START; now < START + 15_000; now += 100) {
      state = advanceTakeover(state, calls, now);
      if (state.current && seen.at(-1) !== state.current.key) seen.push(state.current.key);
    }
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(state.current).toBeNull();
  });

  it('the one on screen hurries when another comes, but is seen long enough', () => {
    const shown = advanceTakeover(started, [call('a')], START);
    const both = advanceTakeover(shown, [call('b'), call('a')], START + 500);
    expect(both.current?.key).toBe('a');
    expect(both.until).toBe(START + HURRIED_TAKEOVER_MS);
    expect(advanceTakeover(both, [call('b'), call('a')], both.until).current?.key).toBe('b');
  });

  it('[DV5] an old call that shows up after a lost link is no news', () => {
    expect(advanceTakeover(started, [call('stale', START - 60_000)], START).current).toBeNull();
  });
});
