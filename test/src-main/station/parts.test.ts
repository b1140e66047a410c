import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WindowCommand } from '#core/wire/commands.ts';
import { newsToCommand } from '#main/station/device-news.ts';
import { type KeptDeed, openOutbox } from '#main/station/outbox.ts';
import { readStationSettings } from '#main/station/station-settings.ts';
import { codeOf, temporaryFolder } from '../journal/journal-fixture.ts';

describe('[BR1] station.json', () => {
  const read = (text: string | null) => {
    const folder = temporaryFolder();
    if (text !== null) writeFileSync(join(folder, 'station.json'), text);
    return readStationSettings(folder);
  };

  test('none: the branch is this PC', () => {
    expect(read(null)).toEqual({ ok: true, value: null });
  });

  test('the first PC, and another one', () => {
    const first = { stationId: 'pc-1', host: null, listen: { port: 8630 } };
    expect(read(JSON.stringify(first))).toEqual({
      ok: true,
      value: { ...first, name: '', roles: [], discovery: true },
    });
    const other = { stationId: 'pc-2', host: { address: '10.0.0.5', port: 8630 }, listen: null };
    expect(read(JSON.stringify(other))).toMatchObject({ ok: true, value: other });
  });

  test.each([
    ['no JSON', '{', 'JSON'],
    ['a name too few', '{"host":null,"listen":{"port":1}}', 'stationId'],
    ['a field too many', '{"stationId":"a","host":null,"listen":{"port":1},"mac":"00:00"}', ''],
    ['a first PC nobody can reach', '{"stationId":"a","host":null,"listen":null}', 'listen'],
    ['a port that is none', '{"stationId":"a","host":{"address":"b","port":0},"listen":null}', 'host.port'],
  ])('%s is refused', (_, text, field) => {
    expect(read(text)).toEqual({ ok: false, error: { code: 'C921', facts: { field } } });
  });
});

describe('news of devices of another PC', () => {
  const actor = { kind: 'device', deviceId: 'keypad-1' };
  const press = { type: 'press-rating', args: { counterId: 'counter-1', position: 1 }, actor };

  test('becomes a command of that station', () => {
    expect(newsToCommand(press, 'pc-2')).toEqual({ ok: true, value: { ...press, station: 'pc-2' } });
  });

  test.each([
    ['another command', { ...press, type: 'call-next' }],
    ['somebody else', { ...press, actor: { kind: 'staff', staffNumber: '1', sessionId: 'a' } }],
    ['the system', { ...press, actor: { kind: 'system' } }],
    ['a field too many', { ...press, args: { ...press.args, more: 1 } }],
    ['nothing', null],
  ])('%s is refused', (_, order) => {
    expect(codeOf(newsToCommand(order, 'pc-2'))).toBe('M601');
  });
});

describe('[BR7] what waits for a host', () => {
  const deed = (id: string): KeptDeed => ({
    kind: 'window',
    id,
    window: 'teller',
    command: {
      id,
      type: 'finish-service',
      args: { counterId: 'counter-1', ticketId: 'ticket-1' },
      session: 'token',
    } as WindowCommand,
  });
  const file = (text: string | null = null) => ({
    text,
    broken: false,
    read() {
      return this.text;
    },
    write(next: string) {
      if (this.broken) throw new Error('disk full');
      this.text = next;
    },
  });

  test('is on disk in its order, each once, until it is given', () => {
    const disk = file();
    const outbox = openOutbox(disk);
    expect([outbox.add(deed('a')), outbox.add(deed('b')), outbox.add(deed('a'))]).toEqual([true, true, true]);
    const again = openOutbox(file(disk.text));
    expect(again.count()).toBe(2);
    expect(again.first()).toEqual(deed('a'));
    again.remove('a');
    expect(again.first()).toEqual(deed('b'));
  });

  test('a disk that refuses promises nothing', () => {
    const disk = file();
    disk.broken = true;
    const outbox = openOutbox(disk);
    expect(outbox.add(deed('a'))).toBe(false);
    expect(outbox.count()).toBe(0);
  });

  test('a damaged file is none', () => {
    expect(openOutbox(file('[{"kind":"window"}]')).count()).toBe(0);
    expect(openOutbox(file('{')).first()).toBeNull();
  });
});
