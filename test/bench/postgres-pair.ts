import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { CopiedRows } from './raw-journal.ts';

/** PostgreSQL with one synchronous standby, both on this machine: what a commit of the pair is held against. */
export interface PostgresPair {
  /** The rows of one command in one transaction and one round trip, on both disks when it resolves. */
  insert(rows: CopiedRows): Promise<void>;
  stop(): Promise<void>;
}

/** Debian's place for it. */
export const POSTGRES_PROGRAMS = '/usr/lib/postgresql/15/bin';
const PROGRAMS = ['initdb', 'postgres', 'pg_basebackup'];

/** Whether PostgreSQL 15 is installed. */
export function hasPostgres(programs: string): boolean {
  return PROGRAMS.every(name => existsSync(join(programs, name)));
}

/** As durable as the journal: every commit waits for both disks, and nothing is taken from safety for speed. */
const SETTINGS = `
listen_addresses = ''
fsync = on
full_page_writes = on
synchronous_commit = on
`;
const TABLES = `
CREATE TABLE event (
  seq bigint PRIMARY KEY, epoch bigint NOT NULL, id text NOT NULL UNIQUE, at bigint NOT NULL, type text NOT NULL,
  version bigint NOT NULL, actor text NOT NULL, station text NOT NULL, data text NOT NULL, hash text NOT NULL
);
CREATE TABLE command_answer (
  command_id text PRIMARY KEY, fingerprint text NOT NULL, answer text NOT NULL, seq bigint NOT NULL
);
CREATE TABLE batch (last_seq bigint PRIMARY KEY, first_seq bigint NOT NULL, command_id text);
`;
/** One statement is one transaction: no client of PostgreSQL can do it with fewer words. */
const INSERT = `
WITH
  events AS (
    INSERT INTO event
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::text[],
      $8::text[], $9::text[], $10::text[])
  ),
  answers AS (
    INSERT INTO command_answer
    SELECT $11::text, $12::text, $13::text, $14::bigint WHERE $11::text IS NOT NULL
  )
INSERT INTO batch SELECT $15::bigint, $16::bigint, $11::text WHERE $15::bigint IS NOT NULL`;

const USER = 'postgres';
const STANDBY = 'standby';
const PATIENCE_MS = 60_000;

/**
 * Makes and starts both servers, with data folders in `folder`.
 * @returns null when it is not installed
 * @throws Error when it does not start
 */
export async function startPostgresPair(folder: string, programs: string): Promise<PostgresPair | null> {
  if (!hasPostgres(programs)) return null;
  const owner = unprivilegedOwner();
  // Paths of sockets are short, and nothing in them lasts.
  const sockets = mkdtempSync(join(tmpdir(), 'foyer-pg-'));
  mkdirSync(folder, { recursive: true });
  if (owner) for (const path of [sockets, folder]) chownSync(path, owner.uid, owner.gid);
  const run = (name: string, ...args: string[]) =>
    execFileSync(join(programs, name), args, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const servers: Server[] = [];
  const start = async (data: string, port: number) => {
    const args = ['-D', data, '-k', sockets, '-p', String(port)];
    const process = spawn(join(programs, 'postgres'), args, { ...owner, cwd: folder, stdio: 'ignore' });
    const server = { process, exited: once(process, 'exit') };
    servers.push(server);
    return connectTo({ host: sockets, port }, server);
  };
  const clients: Client[] = [];
  const stop = async () => {
    for (const client of clients) await client.end().catch(() => {});
    for (const { process, exited } of servers) {
      process.kill('SIGINT');
      await exited;
    }
    rmSync(sockets, { recursive: true, force: true });
  };

  try {
    const [primary, standby] = [join(folder, 'primary'), join(folder, 'standby')];
    run('initdb', '-D', primary, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C');
    appendFileSync(join(primary, 'postgresql.conf'), SETTINGS);
    const client = await start(primary, 5432);
    clients.push(client);
    await client.query(TABLES);
    const connection = `host=${sockets} port=5432 user=${USER} application_name=${STANDBY}`;
    run('pg_basebackup', '-D', standby, '-d', connection, '-X', 'stream', '-R', '-c', 'fast');
    clients.push(await start(standby, 5433));
    await client.query(`ALTER SYSTEM SET synchronous_standby_names = '${STANDBY}'`);
    await client.query('SELECT pg_reload_conf()');
    await untilSynchronous(client);
    return {
      async insert(rows) {
        await client.query({ name: 'insert', text: INSERT, values: valuesOf(rows) });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Server {
  readonly process: ChildProcess;
  readonly exited: Promise<unknown>;
}

/** Root may not run PostgreSQL: then its own user does, or nobody. */
function unprivilegedOwner(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = [USER, 'nobody'].map(name => users.find(user => user.startsWith(`${name}:`))).find(Boolean);
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

async function connectTo(
  place: { readonly host: string; readonly port: number },
  { process }: Server,
): Promise<Client> {
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const client = new Client({ ...place, user: USER, database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (process.exitCode !== null || performance.now() > endMs) throw error;
      await wait(50);
    }
  }
}

/** Until then a commit would not wait for the other disk. */
async function untilSynchronous(client: Client): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query('SELECT sync_state FROM pg_stat_replication');
    if (rows[0]?.sync_state === 'sync') return;
    if (performance.now() > endMs) throw new Error('the PostgreSQL standby does not follow');
    await wait(50);
  }
}

function valuesOf({ events, answer, batch }: CopiedRows): unknown[] {
  const column = (name: keyof (typeof events)[number]) => events.map(event => event[name]);
  return [
    ...[column('seq'), column('epoch'), column('id'), column('at'), column('type'), column('version')],
    ...[column('actor'), column('station'), column('data'), column('hash')],
    ...[answer?.command_id, answer?.fingerprint, answer?.answer, answer?.seq],
    ...[batch?.last_seq, batch?.first_seq],
  ];
}
