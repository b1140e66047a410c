import { describe, expect, it } from 'vitest';
import { KEY, makeJournal, pushOf } from './support.ts';
import { TestService } from './test-service.ts';

const service = new TestService('foyer_claim_test');

const claim = (branch: string, expected: number, station: string) =>
  service.post(branch, JSON.stringify({ protocol: 1, expected, station }), { path: 'claim' });
const register = (branch: string, epoch: number, station: string) =>
  service.post(branch, JSON.stringify({ protocol: 1, epoch, station }), { path: 'register' });

describe('[BR4] who decides in a branch', () => {
  it('two who ask at once: one is named, both hear who, and asking again changes nothing', async () => {
    for (let round = 1; round <= 12; round += 1) {
      const stations = ['pc-1', 'pc-2', 'pc-1', 'pc-2'];
      const answers = await Promise.all(stations.map(station => claim('race', round, station)));
      const named = answers.map(answer => answer.json());
      expect(named[0]).toEqual({ epoch: round + 1, station: expect.stringMatching(/^pc-[12]$/) });
      expect(named).toEqual(stations.map(() => named[0]));
      const other = named[0]?.station === 'pc-1' ? 'pc-2' : 'pc-1';
      expect((await claim('race', round, other)).json()).toEqual(named[0]);
    }
  });

  it('who comes with an old epoch hears who was named for the present one', async () => {
    expect((await claim('old', 4, 'pc-1')).json()).toEqual({ epoch: 5, station: 'pc-1' });
    expect((await claim('old', 2, 'pc-2')).json()).toEqual({ epoch: 5, station: 'pc-1' });
    expect((await claim('old', 5, 'pc-2')).json()).toEqual({ epoch: 6, station: 'pc-2' });
  });

  it('an epoch reached without a name is nobody’s: the next one is named', async () => {
    await service.push('unnamed', pushOf(makeJournal('unnamed', 2, { epoch: 3 }), 1, 2, 3));
    expect((await claim('unnamed', 2, 'pc-1')).json()).toEqual({ epoch: 4, station: 'pc-1' });
  });

  it('a person’s decision: the higher epoch stands, in one epoch the higher station', async () => {
    await claim('hand', 1, 'pc-2');
    expect((await register('hand', 1, 'pc-9')).json()).toEqual({ epoch: 2, station: 'pc-2' });
    expect((await register('hand', 2, 'pc-1')).json()).toEqual({ epoch: 2, station: 'pc-2' });
    expect((await register('hand', 2, 'pc-3')).json()).toEqual({ epoch: 2, station: 'pc-3' });
    expect((await register('hand', 4, 'pc-1')).json()).toEqual({ epoch: 4, station: 'pc-1' });
    expect((await register('hand', 4, 'pc-1')).json()).toEqual({ epoch: 4, station: 'pc-1' });
    // By code unit, as the stations themselves compare.
    expect((await register('hand', 4, 'PC-9')).json()).toEqual({ epoch: 4, station: 'pc-1' });
  });
});

describe('[BR5] pushes of somebody who does not decide any more', () => {
  it('are refused with who does, and change nothing', async () => {
    const journal = makeJournal('fenced', 10);
    expect(
      (await service.push('fenced', { ...pushOf(journal, 1, 5), station: 'pc-1' })).json(),
    ).toMatchObject({
      verdict: 'stored',
    });
    await claim('fenced', 1, 'pc-2');
    const before = await service.wholeDatabase();
    for (const station of [{ station: 'pc-1' }, {}]) {
      const late = await service.push('fenced', { ...pushOf(journal, 6, 10), ...station });
      expect(late.json()).toMatchObject({
        ...{ verdict: 'lower-epoch', durableSeq: 5, credit: 0, named: { epoch: 2, station: 'pc-2' } },
      });
    }
    expect(await service.wholeDatabase()).toEqual(before);
    const next = makeJournal('fenced', 3, { epoch: 2, after: journal.slice(0, 5) });
    const push = { ...pushOf(next, 6, 8, 2), station: 'pc-2' };
    expect((await service.push('fenced', push)).json()).toMatchObject({ verdict: 'stored', durableSeq: 8 });
    expect((await service.push('fenced', { ...push, station: 'pc-1' })).json()).toMatchObject({
      verdict: 'lower-epoch',
    });
  });

  it('a push names its station for its epoch', async () => {
    const journal = makeJournal('names', 4, { epoch: 3 });
    await service.push('names', { ...pushOf(journal, 1, 2, 3), station: 'pc-2' });
    expect((await claim('names', 2, 'pc-1')).json()).toEqual({ epoch: 3, station: 'pc-2' });
  });

  it('a branch of one PC pushes without a name, as ever', async () => {
    const journal = makeJournal('one-pc', 4);
    expect((await service.push('one-pc', pushOf(journal, 1, 2))).json()).toMatchObject({ verdict: 'stored' });
    expect((await service.push('one-pc', pushOf(journal, 3, 4))).json()).toMatchObject({ verdict: 'stored' });
  });
});

describe('[BR4] a claim is read like a push', () => {
  it.each([
    ['not JSON', '{', 400, 'M601'],
    ['no station', JSON.stringify({ protocol: 1, expected: 1 }), 400, 'M601'],
    ['an empty station', JSON.stringify({ protocol: 1, expected: 1, station: '' }), 400, 'M601'],
    [
      'a text that cannot be kept',
      JSON.stringify({ protocol: 1, expected: 1, station: 'a\u0000' }),
      400,
      'M601',
    ],
    ['half an epoch', JSON.stringify({ protocol: 1, expected: 1.5, station: 'pc-1' }), 400, 'M601'],
    ['another protocol', JSON.stringify({ protocol: 2, expected: 1, station: 'pc-1' }), 400, 'M604'],
  ])('%s', async (_, body, status, code) => {
    await claim('read', 1, 'pc-1');
    const before = await service.wholeDatabase();
    for (const path of ['claim', 'register']) {
      const answer = await service.post('read', body, { path });
      expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    }
    expect(await service.wholeDatabase()).toEqual(before);
  });

  it('with the branch’s key', async () => {
    await claim('keyed', 1, 'pc-1');
    const body = JSON.stringify({ protocol: 1, expected: 2, station: 'pc-2' });
    for (const key of [null, `${KEY}-other`])
      expect((await service.post('keyed', body, { path: 'claim', key })).json()).toMatchObject({
        code: 'U504',
      });
    expect((await claim('keyed', 1, 'pc-2')).json()).toEqual({ epoch: 2, station: 'pc-1' });
  });
});
