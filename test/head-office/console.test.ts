import { describe, expect, it } from 'vitest';
import { createDayFigures, figureReport } from '#core/figures/day-figures.ts';
import { figuresFold } from '#head-office/console-data/figures-fold.ts';
import type { BranchPage } from '#head-office/console-data/list-branches.ts';
import { makeJournal, pushOf, START_AT, sealJournal } from './support.ts';
import { TestService } from './test-service.ts';

const service = new TestService('foyer_console_test');

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
  const post2 = (body: object) => service.post('live', JSON.stringify(body), { path: 'status' });

  it('[HO2] shows the live status and how far the log is behind', async () => {
    await service.push('live', pushOf(makeJournal('live', 3), 1, 3));
    expect((await post2(status)).statusCode).toBe(204);
    const { branches } = (await service.app.inject('/v1/console/branches?after=liv&limit=1')).json();
    expect(branches).toMatchObject([{ branch: 'live', nameZh: '示范网点', durableSeq: 3, lag: 4, status }]);
    expect(branches[0].lastSeenAt).toBe(service.now);
  });

  it('[HO2] refuses the status of an older epoch and texts that cannot be kept', async () => {
    const old = await post2({ ...status, epoch: 1, waiting: 99 });
    expect([old.statusCode, old.json()]).toEqual([409, { code: 'U505' }]);
    const odd = await post2({ ...status, branchName: { zh: '\u0000', en: '' } });
    expect(odd.statusCode).toBe(400);
    const { branches } = (await service.app.inject('/v1/console/branches?after=liv&limit=1')).json();
    expect(branches[0].status.waiting).toBe(4);
  });

  it('pages through the branches', async () => {
    const names: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: BranchPage = (
        await service.app.inject({ url: '/v1/console/branches', query: { after, limit: '3' } })
      ).json();
      names.push(...page.branches.map(line => line.branch));
      after = page.next;
    }
    const all = await service.database.query<{ id: string }>(
      'SELECT branch_id AS id FROM branch ORDER BY branch_id',
    );
    expect(names).toEqual(all.map(row => row.id));
  });

  it('[HO6] passes exactly the events of a business day through the fold', async () => {
    const types = ['x', 'business-day-started', 'a', 'b', 'business-day-started', 'c'];
    const journal = sealJournal(
      'figures',
      types.map((type, index) => ({ type, data: { businessDay: index < 4 ? '2026-03-02' : '2026-03-03' } })),
    );
    await service.push('figures', pushOf(journal, 1, 6));
    const day = async (date: string) =>
      (await service.app.inject(`/v1/console/branches/figures/day?date=${date}`)).json();
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
    expect((await service.app.inject('/v1/console/branches/nobody/day?date=2026-03-02')).statusCode).toBe(
      404,
    );
  });

  it('streams which branches changed', async () => {
    const listening = await service.serverOn(service.database);
    const address = await listening.listen({ host: '127.0.0.1', port: 0 });
    const response = await fetch(`${address}/v1/console/stream`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    await service.push('streamed', pushOf(makeJournal('streamed', 1), 1, 1), listening);
    const text = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    while (!seen.includes('data:')) seen += (await text?.read())?.value ?? '';
    expect(seen).toContain('event: branches\ndata: ["streamed"]');
    await listening.close();
  });

  it('is shown on this machine only, unless a key is set', async () => {
    const outside = await service.app.inject({ url: '/v1/console/branches', remoteAddress: '192.0.2.7' });
    expect([outside.statusCode, outside.json()]).toEqual([403, { code: 'M605' }]);
    const rebound = await service.app.inject({ url: '/', headers: { host: 'evil.example' } });
    expect(rebound.statusCode).toBe(403);
    const keyed = await service.serverOn(service.database, { consoleKey: 'console-key' });
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
    const page = await service.app.inject('/');
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('npm run build');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
  });
});
