import { mkdirSync, mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needsBuild } from '#main/cli/build-freshness.ts';

let folder: string;
const at = (path: string) => join(folder, path);
const setTime = (path: string, seconds: number) => utimesSync(at(path), seconds, seconds);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-build-'));
  mkdirSync(at('source/part'), { recursive: true });
  for (const file of ['source/part/a.ts', 'config.ts', 'main.js', 'page.html']) writeFileSync(at(file), '');
  for (const path of ['source/part/a.ts', 'source/part', 'source', 'config.ts']) setTime(path, 1000);
  for (const path of ['main.js', 'page.html']) setTime(path, 2000);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stale = () =>
  needsBuild([at('main.js'), at('page.html')], [at('source'), at('config.ts'), at('absent')]);

describe('freshness of the build', () => {
  it('is fresh when everything built is newer than every source', () => {
    expect(stale()).toBe(false);
  });

  it('is stale when a source deep down changed', () => {
    setTime('source/part/a.ts', 3000);
    expect(stale()).toBe(true);
  });

  it('is stale when one source is newer than the oldest built file', () => {
    setTime('main.js', 900);
    expect(stale()).toBe(true);
  });

  it('is stale when a source was removed', () => {
    unlinkSync(at('source/part/a.ts'));
    expect(stale()).toBe(true);
  });

  it('is stale when a built file is missing', () => {
    unlinkSync(at('page.html'));
    expect(stale()).toBe(true);
  });
});
