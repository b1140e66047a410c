import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDayFigures, figureReport } from '#core/figures/day-figures.ts';
import type { PushRequest } from '#core/wire/upload.ts';
import { figuresFold } from '#head-office/console-data/figures-fold.ts';
import type { BranchPage } from '#head-office/console-data/list-branches.ts';
import { createServer } from '#head-office/server.ts';
import type { Database } from '#head-office/storage/database.ts';
import { heldOf, KEY, makeJournal, openTestDatabase, pushOf, START_AT, sealJournal } from './support.ts';

const seed = Number(process.env.FOYER_SEED ?? 20_260_302);
let database: Database;
let app: FastifyInstance;
let now = START_AT;

function serverOn(on: Database, enrolOpen = true): Promise<FastifyInstance> {
  return createServer({
    database: on,
    fold: { report: events => ({ figures: events.map(event => event.type), unknown: 0 }) },
    enrolOpen,
    consoleKey: null,
    consoleFolder: '/nowhere',
    clock: () => now,
  });
}

beforeAll(async () => {
  database = await openTestDatabase('foyer_service_test');
  app = await serverOn(database);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await database?.close();
});

interface PostOptions {
  key?: string | null;
  headers?: Record<string, string>;
  on?: FastifyInstance;
  path?: string;
}

/** Posts a body as it is. */
function post(
  branch: string,
  payload: string | Buffer,
  options: PostOptions = {},
): Promise<LightMyRequestResponse> {
  const { key = KEY, headers = {}, on = app, path = 'events' } = options;
  now += 1000;
  return on.inject({
    method: 'POST',
    url: `/v1/branches/${encodeURIComponent(branch)}/${path}`,
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    payload,
  });
}

function push(branch: string, request: PushRequest, on = app): Promise<LightMyRequestResponse> {
  return post(branch, gzipSync(JSON.stringify(request)), { headers: { 'content-encoding': 'gzip' }, on });
}

async function wholeDatabase(): Promise<unknown> {
  const tables = ['branch', 'event', 'raw_event', 'fork'];
  return Promise.all(tables.map(table => database.query(`SELECT * FROM ${table} ORDER BY 1, 2, 3`)));
}

describe('the upload stream', () => {
  it('[HO1] goes from enrolment through repeats, overlaps and gaps with every event once', async () => {
    const journal = makeJournal('stream', 30);
    expect((await push('stream', pushOf(journal, 1, 10))).json()).toMatchObject({
      verdict: 'stored',
      durableSeq: 10,
      durableHash: journal[9]?.hash,
    });
    const before = await wholeDatabase();
    expect((await push('stream', pushOf(journal, 1, 10))).json()).toMatchObject({ verdict: 'repeat' });
    expect((await push('stream', pushOf(journal, 4, 6))).json()).toMatchObject({ durableSeq: 10 });
    expect((await push('stream', pushOf(journal, 15, 20))).json()).toMatchObject({
      verdict: 'gap',
      durableSeq: 10,
    });
    expect((await push('stream', pushOf(journal, 11, 12, 1))).json()).toMatchObject({ verdict: 'stored' });
    expect(await wholeDatabase()).not.toEqual(before);
    expect((await push('stream', pushOf(journal, 8, 30))).json()).toMatchObject({
      verdict: 'stored',
      durableSeq: 30,
    });
    expect(await heldOf(database, 'stream')).toEqual(journal.map(event => event.hash));
    const cursor = await app.inject({
      url: '/v1/branches/stream/cursor',
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(cursor.json()).toEqual({ durableSeq: 30, durableHash: journal[29]?.hash, epoch: 1 });
  });

  it('[HO1] repeats, gaps and lower epochs leave every row as it was', async () => {
    const journal = makeJournal('still', 10, { epoch: 1 });
    await push('still', pushOf(journal, 1, 5, 2));
    const before = await wholeDatabase();
    for (const request of [pushOf(journal, 1, 5, 2), pushOf(journal, 8, 9, 2), pushOf(journal, 6, 8, 1)]) {
      expect((await push('still', request)).statusCode).toBe(200);
    }
    expect(await wholeDatabase()).toEqual(before);
  });

  it.each(['INSERT INTO raw_event', 'UPDATE branch', 'COMMIT'])(
    '[HO1] rows and cursor are one: an error at "%s" leaves neither',
    async failing => {
      const branch = `atomic ${failing}`;
      const journal = makeJournal(branch, 6);
      await push(branch, pushOf(journal, 1, 2));
      const broken: Database = {
        ...database,
        transaction: work =>
          database.transaction(async sql => {
            const answer = await work({
              ...sql,
              async query(text, values) {
                if (text.includes(failing)) throw Object.assign(new Error('disk'), { code: '53100' });
                return sql.query(text, values);
              },
            });
            if (failing === 'COMMIT') throw Object.assign(new Error('lost'), { code: 'ECONNRESET' });
            return answer;
          }),
      };
      const brokenApp = await serverOn(broken);
      const request = pushOf(journal, 3, 6);
      request.events[3] = { unreadable: true };
      const before = await wholeDatabase();
      const answer = await push(branch, request, brokenApp);
      expect(answer.statusCode).toBe(503);
      expect(answer.json().code).toBe(failing === 'COMMIT' ? 'D404' : 'D403');
      expect(await wholeDatabase()).toEqual(before);
      expect((await push(branch, request)).json()).toMatchObject({ verdict: 'stored', durableSeq: 6 });
      expect(await heldOf(database, branch)).toHaveLength(6);
      await brokenApp.close();
    },
  );

  it('[HO1] a fork is kept whole, once, is shown, and moves nothing', async () => {
    const journal = makeJournal('forked', 8);
    const other = makeJournal('forked', 5, { mark: 'other', after: journal.slice(0, 4) });
    await push('forked', pushOf(journal, 1, 6));
    for (let time = 0; time < 2; time++) {
      expect((await push('forked', pushOf(other, 5, 9))).json()).toMatchObject({
        verdict: 'fork',
        durableSeq: 6,
      });
    }
    const forks = await database.query<{ body: string }>(`SELECT body FROM fork WHERE branch_id = 'forked'`);
    expect(forks.map(fork => JSON.parse(fork.body))).toEqual([pushOf(other, 5, 9)]);
    expect(await heldOf(database, 'forked')).toEqual(journal.slice(0, 6).map(event => event.hash));
    const list = await app.inject('/v1/console/branches');
    expect(list.json().branches).toContainEqual(expect.objectContaining({ branch: 'forked', forks: 1 }));
    const shown = await app.inject('/v1/console/branches/forked/forks');
    expect(shown.json()).toMatchObject([{ reason: 'differs', atSeq: 5, fromSeq: 5, toSeq: 9 }]);
    expect((await push('forked', pushOf(journal, 7, 8))).json()).toMatchObject({ verdict: 'stored' });
  });

  it('[HO1] what cannot be read is kept to the letter and acknowledged', async () => {
    const journal = makeJournal('raw', 3);
    const deep = `{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const texts = [JSON.stringify(journal[0]), '1e999', deep, '{"a":1,"a":2, "s":"\\u0000\\ud800"}'];
    const frame = { protocol: 1, epoch: 1, from: 1, to: 4, previousHash: '0'.repeat(64) };
    const body = `${JSON.stringify(frame).slice(0, -1)},"events":[${texts.join(',')}]}`;
    const answer = await post('raw', body);
    expect(answer.json()).toMatchObject({ verdict: 'stored', durableSeq: 4, durableHash: null });
    expect(await heldOf(database, 'raw')).toEqual([journal[0]?.hash, ...texts.slice(1)]);
    expect((await post('raw', body)).json()).toMatchObject({ verdict: 'repeat', durableSeq: 4 });
  });

  it('[HO1] odd clocks and odd texts in data do not block the stream', async () => {
    const data = { mark: '\u0000\ud800', ['__proto__']: 1 };
    const times = [0, 1e12, Number.MAX_SAFE_INTEGER, START_AT];
    const odd = sealJournal(
      'odd',
      times.map(at => ({ at, data })),
    );
    expect((await push('odd', pushOf(odd, 1, odd.length))).json()).toMatchObject({ verdict: 'stored' });
    const [last] = await database.query<{ data: { mark: string } }>(
      `SELECT data FROM event WHERE branch_id = 'odd' AND seq = 3`,
    );
    expect(last?.data.mark).toBe('\u0000\ud800');
  });

  it('[HO4] events lie in partitions by day, with the branch in every key', async () => {
    const journal = makeJournal('days', 3, { everyMs: 86_400_000 });
    await push('days', pushOf(journal, 1, 3));
    const days = await database.query<{ day: string; table: string }>(
      `SELECT day, tableoid::regclass::text AS "table" FROM event WHERE branch_id = 'days' ORDER BY seq`,
    );
    expect(days.map(row => row.day)).toEqual(['2026-03-03', '2026-03-04', '2026-03-05']);
    expect(days.map(row => row.table.replace(/^.*\./, ''))).toEqual(
      days.map(row => `event_${row.day.replaceAll('-', '_')}`),
    );
  });

  it('[HO4] branches that open the same new days together all get through', async () => {
    const branches = Array.from({ length: 8 }, (_, index) => `together-${index}`);
    for (let day = 0; day < 5; day++) {
      const answers = await Promise.all(
        branches.map(branch => {
          const journal = makeJournal(branch, day + 1, { everyMs: 200_000_000 });
          return push(branch, pushOf(journal, day + 1, day + 1));
        }),
      );
      expect(answers.map(answer => answer.json().verdict)).toEqual(branches.map(() => 'stored'));
    }
  });

  it('[HO1] one push twice at the same moment is stored once', async () => {
    const journal = makeJournal('twice', 10);
    await push('twice', pushOf(journal, 1, 2));
    const answers = await Promise.all([1, 2, 3].map(() => push('twice', pushOf(journal, 3, 10))));
    expect(answers.map(answer => answer.json().verdict).sort()).toEqual(['repeat', 'repeat', 'stored']);
    expect(await heldOf(database, 'twice')).toHaveLength(10);
  });
});

describe('who may send', () => {
  const journal = makeJournal('known', 2);

  it('[HO1] the first key counts, another is refused and changes nothing', async () => {
    await push('known', pushOf(journal, 1, 1));
    const before = await wholeDatabase();
    for (const key of ['another-key-long-enough', 'short', null]) {
      const answer = await post('known', JSON.stringify(pushOf(journal, 2, 2)), { key });
      expect([answer.statusCode, answer.json()]).toEqual([401, { code: 'U504' }]);
    }
    expect(await wholeDatabase()).toEqual(before);
    const [row] = await database.query<{ keyHash: string }>(
      `SELECT key_hash AS "keyHash" FROM branch WHERE branch_id = 'known'`,
    );
    expect(row?.keyHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('closed enrolment refuses unknown branches and serves known ones', async () => {
    const closed = await serverOn(database, false);
    const unknown = await push('never-seen', pushOf(makeJournal('never-seen', 1), 1, 1), closed);
    expect([unknown.statusCode, unknown.json()]).toEqual([403, { code: 'U507' }]);
    expect((await push('known', pushOf(journal, 1, 2), closed)).statusCode).toBe(200);
    await closed.close();
  });

  it('many wrong keys are slowed down, for that branch and address only', async () => {
    let last: LightMyRequestResponse | undefined;
    for (let attempt = 0; attempt < 20; attempt++) {
      last = await post('known', '{}', { key: `wrong-key-number-${attempt}` });
    }
    expect(last?.statusCode).toBe(429);
    expect(last?.json().code).toBe('M608');
    expect((await push('stranger', pushOf(makeJournal('stranger', 1), 1, 1))).statusCode).toBe(200);
    now += 60_000;
    expect((await push('known', pushOf(journal, 1, 2))).statusCode).toBe(200);
  });
});

describe('bad requests get a code and change nothing', () => {
  const good = JSON.stringify(pushOf(makeJournal('bad', 3), 1, 3));
  const gzip = { 'content-encoding': 'gzip' };
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
  const heavy = JSON.stringify({ ...JSON.parse(good), events: Array(3).fill({ text: 'x'.repeat(120_000) }) });
  const requests: [string, string | Buffer, PostOptions, number, string][] = [
    ['no JSON', '{', {}, 400, 'M601'],
    ['an empty body', '', {}, 400, 'M601'],
    ['null', 'null', {}, 400, 'M601'],
    ['another protocol version', good.replace('"protocol":1', '"protocol":2'), {}, 400, 'M604'],
    ['a wrong end', good.replace('"to":3', '"to":4'), {}, 400, 'M601'],
    ['another content type', good, { headers: { 'content-type': 'text/plain' } }, 415, 'M601'],
    ['another compression', good, { headers: { 'content-encoding': 'br' } }, 415, 'M601'],
    ['broken compression', good, { headers: gzip }, 400, 'M601'],
    ['a cut off body', gzipSync(good).subarray(0, 60), { headers: gzip }, 400, 'M601'],
    ['bytes that are no text', Buffer.from([0x22, 0xff, 0x22]), {}, 400, 'M601'],
    ['a zip bomb', bomb, { headers: gzip }, 413, 'U506'],
    ['a long body', Buffer.alloc(5 * 1024 * 1024, ' '), {}, 413, 'U506'],
    ['a batch over its size', heavy, {}, 413, 'U506'],
    ['an unknown address', good, { path: 'nothing' }, 404, 'M609'],
    ['an impossible branch', good, { path: '../%00/events' }, 400, 'M601'],
    ['a status that is none', good, { path: 'status' }, 400, 'M601'],
  ];

  it.each(requests)('%s', async (what, payload, options, status, code) => {
    const before = await wholeDatabase();
    const answer = await post(`bad ${what}`, payload, options);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(await wholeDatabase()).toEqual(before);
  });

  it('an event larger than a batch passes alone', async () => {
    const [event] = makeJournal('large', 1, { mark: 'x'.repeat(400_000) });
    const answer = await push('large', { ...pushOf([], 1, 1), events: [event] });
    expect(answer.json()).toMatchObject({ verdict: 'stored', durableSeq: 1 });
  });

  it(`400 random bodies are answered with JSON and a proper status (seed ${seed})`, async () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.nat(good.length - 1), fc.string())
        .map(([at, put]) => good.slice(0, at) + put + good.slice(at + 3)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, fc.boolean(), fc.nat(), async (body, zipped, cut) => {
        const bytes = zipped ? gzipSync(body) : Buffer.from(body);
        const payload = cut % 3 === 0 ? bytes.subarray(0, cut % (bytes.length + 1)) : bytes;
        const answer = await post('fuzz', payload, zipped ? { headers: gzip } : {});
        expect([200, 400, 413, 415]).toContain(answer.statusCode);
        expect(answer.json()).toHaveProperty(answer.statusCode === 200 ? 'verdict' : 'code');
      }),
      { seed, numRuns: 400 },
    );
  });
});

describe('status and console', () => {
  const status = {
    protocol: 1,
    at: START_AT,
    epoch: 2,
    lastSeq: 7,
    branchName: { zh: '示范网点', en: 'Sample branch' },
    timeZone: 'Asia/Shanghai',
    businessDay: '2026-03-02',
    waiting: 4,
    serving: 2,
    openCounters: 3,
    counters: 5,
    longestWaitMs: 61_000,
    devicesDown: 0,
  };
  const post2 = (body: object) => post('live', JSON.stringify(body), { path: 'status' });

  it('[HO2] shows the live status and how far the log is behind', async () => {
    await push('live', pushOf(makeJournal('live', 3), 1, 3));
    expect((await post2(status)).statusCode).toBe(204);
    const { branches } = (await app.inject('/v1/console/branches?after=liv&limit=1')).json();
    expect(branches).toMatchObject([{ branch: 'live', nameZh: '示范网点', durableSeq: 3, lag: 4, status }]);
    expect(branches[0].lastSeenAt).toBe(now);
  });

  it('[HO2] refuses the status of an older epoch and texts that cannot be kept', async () => {
    const old = await post2({ ...status, epoch: 1, waiting: 99 });
    expect([old.statusCode, old.json()]).toEqual([409, { code: 'U505' }]);
    const odd = await post2({ ...status, branchName: { zh: '\u0000', en: '' } });
    expect(odd.statusCode).toBe(400);
    const { branches } = (await app.inject('/v1/console/branches?after=liv&limit=1')).json();
    expect(branches[0].status.waiting).toBe(4);
  });

  it('pages through the branches', async () => {
    const names: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: BranchPage = (
        await app.inject({ url: '/v1/console/branches', query: { after, limit: '3' } })
      ).json();
      names.push(...page.branches.map(line => line.branch));
      after = page.next;
    }
    const all = await database.query<{ id: string }>('SELECT branch_id AS id FROM branch ORDER BY branch_id');
    expect(names).toEqual(all.map(row => row.id));
  });

  it('[HO6] passes exactly the events of a business day through the fold', async () => {
    const types = ['x', 'business-day-started', 'a', 'b', 'business-day-started', 'c'];
    const journal = sealJournal(
      'figures',
      types.map((type, index) => ({ type, data: { businessDay: index < 4 ? '2026-03-02' : '2026-03-03' } })),
    );
    await push('figures', pushOf(journal, 1, 6));
    const day = async (date: string) =>
      (await app.inject(`/v1/console/branches/figures/day?date=${date}`)).json();
    expect(await day('2026-03-02')).toEqual({
      branch: 'figures',
      date: '2026-03-02',
      events: 3,
      unreadable: 0,
      figures: ['business-day-started', 'a', 'b'],
    });
    const { figures, unknown } = figuresFold.report(journal);
    expect(figures).toEqual(figureReport(createDayFigures()));
    expect(unknown).toBe(4);
    expect((await day('2026-03-03')).figures).toEqual(['business-day-started', 'c']);
    expect((await day('2026-03-04')).figures).toEqual([]);
    expect((await day('tomorrow')).code).toBe('M601');
    expect((await app.inject('/v1/console/branches/nobody/day?date=2026-03-02')).statusCode).toBe(404);
  });

  it('streams which branches changed', async () => {
    const listening = await serverOn(database);
    const address = await listening.listen({ host: '127.0.0.1', port: 0 });
    const response = await fetch(`${address}/v1/console/stream`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    await push('streamed', pushOf(makeJournal('streamed', 1), 1, 1), listening);
    const text = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    while (!seen.includes('data:')) seen += (await text?.read())?.value ?? '';
    expect(seen).toContain('event: branches\ndata: ["streamed"]');
    await listening.close();
  });

  it('is shown on this machine only, unless a key is set', async () => {
    const outside = await app.inject({ url: '/v1/console/branches', remoteAddress: '192.0.2.7' });
    expect([outside.statusCode, outside.json()]).toEqual([403, { code: 'M605' }]);
    const rebound = await app.inject({ url: '/', headers: { host: 'evil.example' } });
    expect(rebound.statusCode).toBe(403);
    const keyed = await createServer({
      database,
      fold: { report: () => ({ figures: null, unknown: 0 }) },
      enrolOpen: true,
      consoleKey: 'console-key',
      consoleFolder: '/nowhere',
      clock: () => now,
    });
    const ask = (key: string) =>
      keyed.inject({
        url: '/v1/console/branches',
        remoteAddress: '192.0.2.7',
        headers: { authorization: `Basic ${Buffer.from(`anyone:${key}`).toString('base64')}` },
      });
    expect((await ask('console-key')).statusCode).toBe(200);
    const refused = await ask('other');
    expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('Basic'),
    ]);
    await keyed.close();
  });

  it('says plainly that the console has not been built', async () => {
    const page = await app.inject('/');
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('npm run build');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
  });
});
