import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlaceMemory } from '#main/windows/place-memory.ts';

const PLACE = { x: -5, y: 10, width: 800, height: 600 };
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-places-'));
  file = join(folder, 'window-places.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('place memory', () => {
  it('remembers over a restart', () => {
    openPlaceMemory(file).remember('lobby', PLACE);
    const memory = openPlaceMemory(file);
    expect(memory.placeOf('lobby')).toEqual(PLACE);
    expect(memory.placeOf('kiosk')).toBeUndefined();
  });

  it.each([
    ['rubbish', '\x00{'],
    ['another version', JSON.stringify({ version: 2, places: {} })],
    ['no size', JSON.stringify({ version: 1, places: { lobby: { ...PLACE, width: 0 } } })],
    ['no number', JSON.stringify({ version: 1, places: { lobby: { ...PLACE, x: null } } })],
    ['an unknown window', JSON.stringify({ version: 1, places: { safe: PLACE } })],
    ['__proto__', '{"version":1,"places":{"__proto__":{"x":1,"y":1,"width":1,"height":1}}}'],
  ])('takes a file with %s for an empty one, and writes it anew', (_, content) => {
    writeFileSync(file, content);
    const memory = openPlaceMemory(file);
    expect(memory.placeOf('lobby')).toBeUndefined();
    memory.remember('lobby', PLACE);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ version: 1, places: { lobby: PLACE } });
  });

  it('works on without a file it can write', () => {
    const memory = openPlaceMemory(join(folder, 'missing', 'window-places.json'));
    memory.remember('lobby', PLACE);
    expect(memory.placeOf('lobby')).toEqual(PLACE);
  });
});
