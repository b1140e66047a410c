import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDataFolder, readSettings } from '#head-office/settings.ts';
import { eventDay } from '#head-office/storage/event-day.ts';
import { takeFolder } from '#head-office/storage/folder-lock.ts';
import { migrate, readMigrations } from '#head-office/storage/migrate.ts';
import { KEY, makeJournal, openTestDatabase, pushOf } from './support.ts';

let folder = '';
const started: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer-head-office-'));
});

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function startService(): ChildProcess {
  const program = fileURLToPath(new URL('../../head-office/start.ts', import.meta.url));
  const { DATABASE_URL: _, ...environment } = process.env;
  const child = spawn(process.execPath, [program, '--port', '0', '--data', folder], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

/** The first match of `pattern` in what the service writes. */
function written(stream: NodeJS.ReadableStream | null, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream?.on('data', chunk => {
      text += chunk;
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    stream?.on('close', () => reject(new Error(`closed without ${pattern}: ${text}`)));
  });
}

const ended = (child: ChildProcess) => new Promise<number | null>(resolve => child.on('exit', resolve));

describe('the service as a program', () => {
  it('[HO1] says when it is ready, keeps its folder to itself, stops cleanly and knows everything again', async () => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    const first = startService();
    const url = (await written(first.stdout, /ready (http:\/\/127\.0\.0\.1:\d+\/)\n/))[1];
    const body = JSON.stringify(pushOf(makeJournal('b1', 4), 1, 4));
    const answer = await fetch(`${url}v1/branches/b1/events`, { method: 'POST', headers, body });
    expect(await answer.json()).toMatchObject({ verdict: 'stored' });

    const second = startService();
    const [secondEnd] = await Promise.all([ended(second), written(second.stderr, /D406/)]);
    expect(secondEnd).toBe(1);

    const firstEnd = ended(first);
    first.kill('SIGTERM');
    expect(await firstEnd).toBe(0);

    const third = startService();
    const again = (await written(third.stdout, /ready (.*)\n/))[1];
    const cursor = await fetch(`${again}v1/branches/b1/cursor`, { headers });
    expect(await cursor.json()).toMatchObject({ durableSeq: 4 });
  }, 120_000);
});

describe('settings', () => {
  const settings = (args: string[], environment = {}) =>
    readSettings(args, environment, '/home/u/.local/share');

  it('stay on this machine, in a folder, with enrolment open, unless told otherwise', () => {
    expect(settings([])).toEqual({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 8620,
        storage: { folder: '/home/u/.local/share/foyer-head-office' },
        enrolOpen: true,
        consoleKey: null,
      },
    });
    const url = 'postgres://server/foyer';
    const told = { DATABASE_URL: url, FOYER_ENROL: 'closed', FOYER_CONSOLE_KEY: 'k' };
    expect(settings(['--port', '0', '--host', '::1'], told)).toMatchObject({
      value: { host: '::1', port: 0, storage: { url }, enrolOpen: false, consoleKey: 'k' },
    });
    expect(settings(['--data', '/d'])).toMatchObject({ value: { storage: { folder: '/d' } } });
    expect(settings([], { FOYER_HEAD_OFFICE_DATA: '/e' })).toMatchObject({
      value: { storage: { folder: '/e' } },
    });
  });

  it.each([[['--port', '70000']], [['--port', 'x']], [['--unknown']], [['--port']]])(
    '%j is refused',
    args => {
      expect(settings(args)).toMatchObject({ ok: false, error: { code: 'C905' } });
    },
  );

  it('an unclear enrolment setting is refused, not guessed', () => {
    expect(settings([], { FOYER_ENROL: 'no' })).toMatchObject({ ok: false, error: { code: 'C905' } });
  });

  it('the data folder follows the operating system', () => {
    expect(localDataFolder('linux', {}, '/home/u')).toBe('/home/u/.local/share');
    expect(localDataFolder('linux', { XDG_DATA_HOME: '/x' }, '/home/u')).toBe('/x');
    expect(localDataFolder('win32', { LOCALAPPDATA: 'C:/L' }, 'C:/u')).toBe('C:/L');
  });
});

describe('the data folder', () => {
  it('is taken once, and again after it was left or its holder died', async () => {
    const leave = await takeFolder(folder);
    expect(leave).not.toBeNull();
    expect(await takeFolder(folder)).toBeNull();
    await leave?.();
    const dead = spawn(process.execPath, ['-e', '']);
    await ended(dead);
    await writeFile(join(folder, 'in-use.pid'), String(dead.pid));
    expect(await takeFolder(folder)).not.toBeNull();
  });
});

describe('the tables', () => {
  it('are brought forward once, all or nothing, and a newer database is refused with D401', async () => {
    const database = await openTestDatabase('foyer_migrate_test');
    const migrations = await readMigrations();
    expect(await migrate(database, migrations)).toEqual({ ok: true, value: 0 });
    const version = migrations.length + 1;
    const broken = { version, name: 'broken', sql: 'CREATE TABLE half (a int); SELECT nonsense' };
    await expect(migrate(database, [...migrations, broken])).rejects.toThrow('nonsense');
    expect(await database.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    const next = { version, name: 'next', sql: 'CREATE TABLE half (a int)' };
    expect(await migrate(database, [...migrations, next])).toEqual({ ok: true, value: 1 });
    expect(await migrate(database, migrations)).toMatchObject({ ok: false, error: { code: 'D401' } });
    await database.close();
  }, 60_000);

  it('hold events of any time by day', () => {
    expect(eventDay(0)).toBe('2019-12-31');
    expect(eventDay(Date.parse('2026-03-02T23:59:59.999Z'))).toBe('2026-03-02');
    expect(eventDay(Number.MAX_SAFE_INTEGER)).toBe('2100-01-01');
  });
});
