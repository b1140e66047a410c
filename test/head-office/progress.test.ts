import { describe, expect, it } from 'vitest';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { BranchStates } from '#head-office/progress/branch-states.ts';
import { pageLanguage } from '#head-office/progress/page-language.ts';
import { ticketPage } from '#head-office/progress/progress-page.ts';
import type { Database, SqlRunner } from '#head-office/storage/database.ts';
import {
  bankWith,
  DAY_MS,
  MINUTE_MS,
  MORNING_MS,
  openBranch,
  type PlayedBranch,
} from '../core/played-branch.ts';
import { pushOf, sealJournal } from './support.ts';
import { TestService } from './test-service.ts';

const service = new TestService('foyer_progress_test');

/** The played branch's journal so far; ids of each branch are its own. */
function journalOf(name: string, branch: PlayedBranch): EventEnvelope[] {
  const own = JSON.stringify(branch.events).replaceAll('"id-', `"${name}-`);
  return sealJournal(name, JSON.parse(own));
}

/** Sends what is new; head office's clock is then that of the branch. */
async function upload(name: string, branch: PlayedBranch): Promise<EventEnvelope[]> {
  const journal = journalOf(name, branch);
  const [cursor] = await service.database.query<{ seq: number }>(
    'SELECT durable_seq AS seq FROM branch WHERE branch_id = $1',
    [name],
  );
  service.now = branch.now;
  for (let from = (cursor?.seq ?? 0) + 1; from <= journal.length; from += 500) {
    const answer = await service.push(name, pushOf(journal, from, Math.min(journal.length, from + 499)));
    expect(answer.json()).toMatchObject({ verdict: 'stored' });
  }
  return journal;
}

function tokensOf(journal: readonly EventEnvelope[]): string[] {
  return journal.flatMap(({ type, data }) => (type === 'ticket-issued' ? [String(data.progressToken)] : []));
}

/** The page as a reader sees it: its words without markup. */
async function read(token: string, language = 'zh', on = service.app) {
  const answer = await on.inject({ url: `/t/${token}`, headers: { 'accept-language': language } });
  const main = answer.payload.slice(answer.payload.indexOf('<main'));
  return { answer, html: answer.payload, words: main.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') };
}

describe('the progress page', () => {
  it('[TK11] follows a ticket from the queue to the window as the journal arrives', async () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    const [first = '', second = ''] = tokensOf(await upload('follow', branch));
    expect((await read(second)).words).toContain('A002 前面还有 1 人 预计还需');
    expect((await read(second, 'en-GB,zh;q=0.5')).words).toContain('A002 1 ahead of you About');
    expect((await read(first)).words).toContain('A001 下一位就是您');

    branch.call();
    await upload('follow', branch);
    expect((await read(first)).words).toContain('请到1号窗口');
    expect((await read(second)).words).toContain('下一位就是您');

    branch.wait(DAY_MS);
    branch.issue();
    await upload('follow', branch);
    const over = await read(first);
    expect(over.words).toContain('A001 此号已结束');
    expect(over.html).not.toContain('http-equiv="refresh"');
  });

  it('[TK7] has the security headers, no script, no caching, and refreshes by itself', async () => {
    const branch = openBranch();
    branch.issue();
    const [token = ''] = tokensOf(await upload('headers', branch));
    const { answer, html } = await read(token);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    expect(html).toContain('<meta http-equiv="refresh" content="15">');
    expect(html).not.toMatch(/<script/);
  });

  it('[TK11] says so when the branch has not been heard of, rather than showing an old place as live', async () => {
    const branch = openBranch();
    branch.issue();
    const [token = ''] = tokensOf(await upload('silent', branch));
    expect((await read(token)).html).not.toContain('class="stale"');
    service.now += 5 * MINUTE_MS;
    expect((await read(token)).words).toContain('以上是 09:00 的情况');
  });

  it.each(['nobody-has-this', '%00', 'a%20b', 'x'.repeat(65), '..%2F..%2Fetc'])(
    '[TK11] answers token "%s" with a plain page, as not found',
    async token => {
      const { answer, words } = await read(token);
      expect(answer.statusCode).toBe(404);
      expect(words).toContain('没有找到这张号票');
    },
  );

  it('[TK11] what is no readable ticket has no page and does not stop the stream', async () => {
    const odd = [{ progressToken: 7 }, { progressToken: 'odd\u0000' }, { progressToken: 'alone' }];
    const journal = sealJournal(
      'odd',
      odd.map(data => ({ type: 'ticket-issued', data })),
    );
    expect((await service.push('odd', pushOf(journal, 1, 3))).json()).toMatchObject({ durableSeq: 3 });
    expect((await read('alone')).answer.statusCode).toBe(404);
  });

  it('[TK11] a token told twice keeps its first ticket, and another branch cannot take it away', async () => {
    const branch = openBranch();
    branch.issue();
    const [token = ''] = tokensOf(await upload('a-owner', branch));
    const thief = journalOf('b-thief', branch).map(({ hash: _, ...event }) => ({
      ...event,
      data:
        event.type === 'ticket-issued' ? { ...event.data, number: 'A777', progressToken: token } : event.data,
    }));
    const stolen = sealJournal('b-thief', thief);
    expect((await service.push('b-thief', pushOf(stolen, 1, stolen.length))).statusCode).toBe(200);
    expect((await read(token)).words).toContain('A001');
  });

  it('asks those who come too fast to wait, on a page of their own', async () => {
    const own = await service.serverOn(service.database);
    let last = await read('nobody', 'zh', own);
    for (let count = 0; count < 300; count++) last = await read('nobody', 'zh', own);
    expect([last.answer.statusCode, last.answer.headers['retry-after']]).toEqual([429, '1']);
    expect(last.words).toContain('暂时查不到进度');
    service.now += MINUTE_MS;
    expect((await read('nobody', 'zh', own)).answer.statusCode).toBe(404);
  });

  it('a database out of reach is a page too, without its cause', async () => {
    const query = () => Promise.reject(Object.assign(new Error('secret cause'), { code: 'ECONNRESET' }));
    const own = await service.serverOn({ ...service.database, query } as Database);
    const { answer, html, words } = await read('anything', 'en', own);
    expect(answer.statusCode).toBe(503);
    expect(words).toContain('Progress cannot be shown right now');
    expect(html).not.toContain('secret');
  });

  it('treats bank data as text', () => {
    const branch = openBranch(
      bankWith({
        counters: openBranch()
          .configured()
          .document.counters.map(counter => ({ ...counter, name: { zh: '<script>', en: '"&\'' } })),
      }),
    );
    const { bankName, name: branchName, timeZone } = branch.configured().document.branch;
    const counterName = branch.configured().document.counters[0]?.name ?? { zh: '', en: '' };
    const stage = { kind: 'called', counterName } as const;
    const view = { bankName, branchName, timeZone, number: 'A001', stage };
    const page = ticketPage({ view, now: MORNING_MS, staleSince: null }, 'zh');
    expect(page).toContain('请到&lt;script&gt;');
    expect(page).not.toContain('<script>');
  });
});

describe('branch states', () => {
  it('[TK11] fold a day from its start, under the document in force, to what the branch itself has', async () => {
    const branch = openBranch();
    branch.issue();
    branch.wait(DAY_MS);
    branch.signIn('1001');
    branch.must('apply-bank-document', { document: bankWith({ version: 2 }) });
    for (let count = 0; count < 400; count++) branch.issue();
    const journal = await upload('fold', branch);
    expect(journal.length).toBeGreaterThan(800);
    const state = await new BranchStates(service.database).stateOf('fold');
    const own = JSON.parse(JSON.stringify([...branch.state.tickets.values()]).replaceAll('"id-', '"fold-'));
    // Only the place in the order of arrival counts from another start.
    const withoutArrival = (tickets: Iterable<object>) =>
      [...tickets].map(ticket => ({ ...ticket, arrival: 0 }));
    expect(withoutArrival(state?.state.tickets.values() ?? [])).toEqual(withoutArrival(own));
    expect(state?.state.document.version).toBe(2);
    expect(state?.state.businessDay).toBe(branch.state.businessDay);
  });

  it('read each event once, also when asked at the same time, and forget the branches asked for longest ago', async () => {
    const branch = openBranch();
    branch.issue();
    await upload('once', branch);
    let queries = 0;
    const counting: SqlRunner = {
      ...service.database,
      query: (text, values) => {
        queries++;
        return service.database.query(text, values);
      },
    };
    const states = new BranchStates(counting, { maxBranches: 1 });
    const [one, two] = await Promise.all([states.stateOf('once'), states.stateOf('once')]);
    expect(one).toBe(two);
    expect(queries).toBe(3);
    await states.stateOf('once');
    expect(queries).toBe(4);
    expect(await states.stateOf('never-enrolled')).toBeNull();
    await states.stateOf('once');
    expect(queries).toBe(10);
  });
});

describe('the language of a page', () => {
  it.each([
    [undefined, undefined, 'zh'],
    [undefined, 'en-US,en;q=0.9', 'en'],
    [undefined, 'fr, zh-CN;q=0.7, en;q=0.8', 'en'],
    [undefined, 'en;q=0, zh;q=0.1', 'zh'],
    [undefined, ';;,=q,', 'zh'],
    ['en', 'zh', 'en'],
    [['en', 'zh'], 'zh', 'zh'],
    ['de', 'en', 'en'],
  ])('of lang=%s and Accept-Language %s is %s', (wanted, accepted, language) => {
    expect(pageLanguage(wanted, accepted)).toBe(language);
  });
});
