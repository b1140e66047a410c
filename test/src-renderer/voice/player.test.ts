import { describe, expect, it } from 'vitest';
import { createPlayer } from '#renderer/voice/player.ts';
import { createReportedMemory } from '#renderer/voice/reported-memory.ts';

const flush = () => new Promise<void>(resolve => setImmediate(resolve));
const announcement = (id: string) => ({ id, url: `/voice/${id}.wav` });

function setupPlayer(storage = new Map<string, string>()) {
  const begun: string[] = [];
  const reports: [string, boolean][] = [];
  let finish: (played: boolean) => void = () => {};
  const player = createPlayer({
    play(url) {
      begun.push(url);
      return new Promise(resolve => {
        finish = resolve;
      });
    },
    report: (id, played) => reports.push([id, played]),
    memory: createReportedMemory({
      getItem: key => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
    }),
  });
  const end = async (played = true) => {
    finish(played);
    await flush();
  };
  return { player, begun, reports, end, storage };
}

describe('announcement player', () => {
  it('[DV3] plays each announcement once and reports it at its end', async () => {
    const { player, begun, reports, end } = setupPlayer();
    player.want(announcement('a1'));
    player.want(announcement('a1'));
    expect(begun).toEqual(['/voice/a1.wav']);
    expect(reports).toEqual([]);
    await end();
    expect(reports).toEqual([['a1', true]]);
    expect(begun).toHaveLength(1);
  });

  it('[DV3] never cuts a sound off: the next one waits for its end', async () => {
    const { player, begun, end } = setupPlayer();
    player.want(announcement('a1'));
    player.want(announcement('a2'));
    expect(begun).toEqual(['/voice/a1.wav']);
    await end();
    expect(begun).toEqual(['/voice/a1.wav', '/voice/a2.wav']);
  });

  it('[HW5] a sound that cannot be played is reported as not played', async () => {
    const { player, reports, end } = setupPlayer();
    player.want(announcement('a1'));
    await end(false);
    expect(reports).toEqual([['a1', false]]);
  });

  it('does not play again after a reload what it has reported, but reports it again', async () => {
    const before = setupPlayer();
    before.player.want(announcement('a1'));
    await before.end();
    const after = setupPlayer(before.storage);
    after.player.want(announcement('a1'));
    await flush();
    expect(after.begun).toEqual([]);
    expect(after.reports).toEqual([['a1', true]]);
    after.player.want(announcement('a2'));
    expect(after.begun).toEqual(['/voice/a2.wav']);
  });

  it('keeps silent while nothing is wanted, and an unreadable memory counts as empty', async () => {
    const { player, begun, reports } = setupPlayer(new Map([['foyer.voice.reported', '{broken']]));
    player.want(null);
    await flush();
    expect([begun, reports]).toEqual([[], []]);
    player.want(announcement('a1'));
    expect(begun).toHaveLength(1);
  });
});
