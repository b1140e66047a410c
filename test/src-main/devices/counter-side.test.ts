import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_BRANCH } from '#core/branch/state.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { ok } from '#core/wire/result.ts';
import type { DeviceDesk } from '#main/devices/device-desk.ts';
import { createKeypadGroup } from '#main/devices/keypads.ts';
import { createOneMetreLine } from '#main/devices/one-metre-line.ts';
import { createStaffPhotos } from '#main/devices/staff-photos.ts';
import { createHandClock, settle } from '../../drivers/hand-clock.ts';

describe('the one-metre line', () => {
  function lineAt(start: number) {
    const said: string[] = [];
    const clock = { now: start };
    let changes = 0;
    const line = createOneMetreLine({
      now: () => clock.now,
      text: () => SAMPLE_BANK.texts.oneMetreLine,
      say: (counterId, text) => said.push(`${counterId} ${text.zh}`),
      onChange: () => changes++,
    });
    return { line, clock, said, changes: () => changes };
  }

  it('[RT4] is spoken at once in the bank’s words and shown for eight seconds', () => {
    const { line, clock, said, changes } = lineAt(1_000);
    expect(line.until('counter-1')).toBeNull();
    line.ask('counter-1');
    expect(said).toEqual([`counter-1 ${SAMPLE_BANK.texts.oneMetreLine.zh}`]);
    expect([line.until('counter-1'), line.until('counter-2'), changes()]).toEqual([9_000, null, 1]);
    clock.now = 9_000;
    expect(line.until('counter-1')).toBeNull();
  });

  it('[RT4] is asked for once in 15 seconds at a counter, whatever the clock does', () => {
    const { line, clock, said } = lineAt(100_000);
    for (const at of [100_000, 100_001, 114_999, 115_000, 115_001]) {
      clock.now = at;
      line.ask('counter-1');
    }
    expect(said).toHaveLength(2);
    line.ask('counter-2');
    expect(said).toHaveLength(3);
    // Set back by an hour: not silent for an hour.
    clock.now = -3_500_000;
    line.ask('counter-1');
    expect(said).toHaveLength(4);
  });
});

describe('a counter with a rating screen', () => {
  const prompted = {
    type: 'rating-prompted',
    at: 0,
    actor: 'staff:1001',
    station: 'station-1',
    data: { ratingId: 'r1', ticketId: 't1', counterId: 'counter-1', staffNumber: '1001', openMs: 10_000 },
  } as const;

  it.each([
    [true, []],
    [false, [{ counterId: 'counter-1', ratingId: 'r1', keypadAbsent: true }]],
  ])('[RT2] and no keypad: with the screen there (%s) the prompt is delivered', async (isThere, closed) => {
    const told: unknown[] = [];
    const desk: DeviceDesk = {
      state: () => ({ ...EMPTY_BRANCH, document: SAMPLE_BANK }),
      tell: ({ args }) => {
        told.push(args);
        return ok(undefined);
      },
      tellHealth: () => {},
      refreshViews: () => {},
    };
    const side = { hasRatingScreen: () => isThere, askOneMetreLine: () => {} };
    const group = createKeypadGroup([], desk, createHandClock(), side);
    group.follow([prompted]);
    await settle();
    expect(told).toEqual(closed);
    await group.stop();
  });
});

describe('pictures of staff', () => {
  const PNG = Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1');
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'foyer-photos-'));
    mkdirSync(join(home, 'photos', 'folder.png'), { recursive: true });
    writeFileSync(join(home, 'secret.png'), PNG);
    for (const [name, bytes] of Object.entries({
      '1001.png': PNG,
      '1002.jpg': Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      '1003.webp': Buffer.from('RIFF0000WEBP'),
      'other.png': PNG,
      'page.png': Buffer.from('<!doctype html>'),
      'wrong.jpg': PNG,
      'large.png': Buffer.concat([PNG, Buffer.alloc(4 * 1024 * 1024)]),
    }))
      writeFileSync(join(home, 'photos', name), bytes);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('[RT4] are served when the document names them and they are what their name says', () => {
    const named = ['1001.png', '1002.jpg', '1003.webp', 'page.png', 'wrong.jpg', 'large.png', 'gone.png'];
    const photoOf = createStaffPhotos(
      join(home, 'photos'),
      () => new Set([...named, 'folder.png', '../secret.png']),
    );
    const types = ['1001.png', '1002.jpg', '1003.webp'].map(
      name => photoOf(`/staff-photos/${name}`)?.contentType,
    );
    expect(types).toEqual(['image/png', 'image/jpeg', 'image/webp']);
    for (const name of ['other.png', 'page.png', 'wrong.jpg', 'large.png', 'gone.png', 'folder.png', ''])
      expect(photoOf(`/staff-photos/${name}`), name).toBeNull();
    expect(photoOf('/playlist/1001.png')).toBeNull();
  });

  it('[RT4] a bank document cannot name a file outside the folder', async () => {
    const { StaffMember } = await import('#core/branch/bank-document.ts');
    const photo = (name: string) =>
      StaffMember.safeParse({ number: '1', name: { zh: '甲', en: 'A' }, roleIds: ['r'], photo: name })
        .success;
    expect(['1001.png', 'a-b_c.jpeg', 'x.webp'].map(photo)).toEqual([true, true, true]);
    for (const name of [
      '../secret.png',
      'a/b.png',
      'a\\b.png',
      '.png',
      'a.svg',
      'a.png.exe',
      '',
      `${'a'.repeat(64)}.png`,
    ])
      expect(photo(name), name).toBe(false);
  });
});
