import type { LightMyRequestResponse } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Database } from '#head-office/storage/database.ts';
import { heldOf, KEY, makeJournal, pushOf, START_AT, sealJournal } from './support.ts';
import { TestService } from './test-service.ts';

const service = new TestService('foyer_stream_test');

describe('the upload stream', () => {
  it('[HO1] goes from enrolment through repeats, overlaps and gaps with every event once', async () => {
    const journal = makeJournal('stream', 30);
    expect((await service.push('stream', pushOf(journal, 1, 10))).json()).toMatchObject({
      verdict: 'stored',
      durableSeq: 10,
      durableHash: journal[9]?.hash,
    });
    const before = await service.wholeDatabase();
    expect((await service.push('stream', pushOf(journal, 1, 10))).json()).toMatchObject({
      verdict: 'repeat',
    });
    expect((await service.push('stream', pushOf(journal, 4, 6))).json()).toMatchObject({ durableSeq: 10 });
    expect((await service.push('stream', pushOf(journal, 15, 20))).json()).toMatchObject({
      verdict: 'gap',
      durableSeq: 10,
    });
    expect((await service.push('stream', pushOf(journal, 11, 12, 1))).json()).toMatchObject({
      verdict: 'stored',
    });
    expect(await service.wholeDatabase()).not.toEqual(before);
    expect((await service.push('stream', pushOf(journal, 8, 30))).json()).toMatchObject({
      verdict: 'stored',
      durableSeq: 30,
    });
    expect(await heldOf(service.database, 'stream')).toEqual(journal.map(event => event.hash));
    const cursor = await service.app.inject({
      url: '/v1/branches/stream/cursor',
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(cursor.json()).toEqual({ durableSeq: 30, durableHash: journal[29]?.hash, epoch: 1 });
  });

  it('[HO1] repeats, gaps and lower epochs leave every row as it was', async () => {
    const journal = makeJournal('still', 10, { epoch: 1 });
    await service.push('still', pushOf(journal, 1, 5, 2));
    const before = await service.wholeDatabase();
    for (const request of [pushOf(journal, 1, 5, 2), pushOf(journal, 8, 9, 2), pushOf(journal, 6, 8, 1)]) {
      expect((await service.push('still', request)).statusCode).toBe(200);
    }
    expect(await service.wholeDatabase()).toEqual(before);
  });

  it.each(['INSERT INTO raw_event', 'UPDATE branch', 'COMMIT'])(
    '[HO1] rows and cursor are one: an error at "%s" leaves neither',
    async failing => {
      const branch = `atomic ${failing}`;
      const journal = makeJournal(branch, 6);
      await service.push(branch, pushOf(journal, 1, 2));
      const broken: Database = {
        ...service.database,
        transaction: work =>
          service.database.transaction(async sql => {
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
      const brokenApp = await service.serverOn(broken);
      const request = pushOf(journal, 3, 6);
      request.events[3] = { unreadable: true };
      const before = await service.wholeDatabase();
      const answer = await service.push(branch, request, brokenApp);
      expect(answer.statusCode).toBe(503);
      expect(answer.json().code).toBe(failing === 'COMMIT' ? 'D404' : 'D403');
      expect(await service.wholeDatabase()).toEqual(before);
      expect((await service.push(branch, request)).json()).toMatchObject({
        verdict: 'stored',
        durableSeq: 6,
      });
      expect(await heldOf(service.database, branch)).toHaveLength(6);
      await brokenApp.close();
    },
  );

  it('[HO1] a fork is kept whole, once, is shown, and moves nothing', async () => {
    const journal = makeJournal('forked', 8);
    const other = makeJournal('forked', 5, { mark: 'other', after: journal.slice(0, 4) });
    await service.push('forked', pushOf(journal, 1, 6));
    for (let time = 0; time < 2; time++) {
      expect((await service.push('forked', pushOf(other, 5, 9))).json()).toMatchObject({
        verdict: 'fork',
        durableSeq: 6,
      });
    }
    const forks = await service.database.query<{ body: string }>(
      `SELECT body FROM fork WHERE branch_id = 'forked'`,
    );
    expect(forks.map(fork => JSON.parse(fork.body))).toEqual([pushOf(other, 5, 9)]);
    expect(await heldOf(service.database, 'forked')).toEqual(journal.slice(0, 6).map(event => event.hash));
    const list = await service.app.inject('/v1/console/branches');
    expect(list.json().branches).toContainEqual(expect.objectContaining({ branch: 'forked', forks: 1 }));
    const shown = await service.app.inject('/v1/console/branches/forked/forks');
    expect(shown.json()).toMatchObject([{ reason: 'differs', atSeq: 5, fromSeq: 5, toSeq: 9 }]);
    expect((await service.push('forked', pushOf(journal, 7, 8))).json()).toMatchObject({ verdict: 'stored' });
  });

  it('[HO1] what cannot be read is kept to the letter and acknowledged', async () => {
    const journal = makeJournal('raw', 3);
    const deep = `{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const texts = [JSON.stringify(journal[0]), '1e999', deep, '{"a":1,"a":2, "s":"\\u0000\\ud800"}'];
    const frame = { protocol: 1, epoch: 1, from: 1, to: 4, previousHash: '0'.repeat(64) };
    const body = `${JSON.stringify(frame).slice(0, -1)},"events":[${texts.join(',')}]}`;
    const answer = await service.post('raw', body);
    expect(answer.json()).toMatchObject({ verdict: 'stored', durableSeq: 4, durableHash: null });
    expect(await heldOf(service.database, 'raw')).toEqual([journal[0]?.hash, ...texts.slice(1)]);
    expect((await service.post('raw', body)).json()).toMatchObject({ verdict: 'repeat', durableSeq: 4 });
  });

  it('[HO1] odd clocks and odd texts in data do not block the stream', async () => {
    const data = { mark: '\u0000\ud800', ['__proto__']: 1 };
    const times = [0, 1e12, Number.MAX_SAFE_INTEGER, START_AT];
    const odd = sealJournal(
      'odd',
      times.map(at => ({ at, data })),
    );
    expect((await service.push('odd', pushOf(odd, 1, odd.length))).json()).toMatchObject({
      verdict: 'stored',
    });
    const [last] = await service.database.query<{ data: { mark: string } }>(
      `SELECT data FROM event WHERE branch_id = 'odd' AND seq = 3`,
    );
    expect(last?.data.mark).toBe('\u0000\ud800');
  });

  it('[HO4] events lie in partitions by day, with the branch in every key', async () => {
    const journal = makeJournal('days', 3, { everyMs: 86_400_000 });
    await service.push('days', pushOf(journal, 1, 3));
    const days = await service.database.query<{ day: string; table: string }>(
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
          return service.push(branch, pushOf(journal, day + 1, day + 1));
        }),
      );
      expect(answers.map(answer => answer.json().verdict)).toEqual(branches.map(() => 'stored'));
    }
  });

  it('[HO1] one push twice at the same moment is stored once', async () => {
    const journal = makeJournal('twice', 10);
    await service.push('twice', pushOf(journal, 1, 2));
    const answers = await Promise.all([1, 2, 3].map(() => service.push('twice', pushOf(journal, 3, 10))));
    expect(answers.map(answer => answer.json().verdict).sort()).toEqual(['repeat', 'repeat', 'stored']);
    expect(await heldOf(service.database, 'twice')).toHaveLength(10);
  });
});

describe('who may send', () => {
  const journal = makeJournal('known', 2);

  it('[HO1] the first key counts, another is refused and changes nothing', async () => {
    await service.push('known', pushOf(journal, 1, 1));
    const before = await service.wholeDatabase();
    for (const key of ['another-key-long-enough', 'short', null]) {
      const answer = await service.post('known', JSON.stringify(pushOf(journal, 2, 2)), { key });
      expect([answer.statusCode, answer.json()]).toEqual([401, { code: 'U504' }]);
    }
    expect(await service.wholeDatabase()).toEqual(before);
    const [row] = await service.database.query<{ keyHash: string }>(
      `SELECT key_hash AS "keyHash" FROM branch WHERE branch_id = 'known'`,
    );
    expect(row?.keyHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('closed enrolment refuses unknown branches and serves known ones', async () => {
    const closed = await service.serverOn(service.database, { enrolOpen: false });
    const unknown = await service.push('never-seen', pushOf(makeJournal('never-seen', 1), 1, 1), closed);
    expect([unknown.statusCode, unknown.json()]).toEqual([403, { code: 'U507' }]);
    expect((await service.push('known', pushOf(journal, 1, 2), closed)).statusCode).toBe(200);
    await closed.close();
  });

  it('many wrong keys are slowed down, for that branch and address only', async () => {
    let last: LightMyRequestResponse | undefined;
    for (let attempt = 0; attempt < 20; attempt++) {
      last = await service.post('known', '{}', { key: `wrong-key-number-${attempt}` });
    }
    expect(last?.statusCode).toBe(429);
    expect(last?.json().code).toBe('M608');
    expect((await service.push('stranger', pushOf(makeJournal('stranger', 1), 1, 1))).statusCode).toBe(200);
    service.now += 60_000;
    expect((await service.push('known', pushOf(journal, 1, 2))).statusCode).toBe(200);
  });
});
