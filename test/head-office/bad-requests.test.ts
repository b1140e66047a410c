import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeJournal, pushOf } from './support.ts';
import { type PostOptions, TestService } from './test-service.ts';

const seed = Number(process.env.FOYER_SEED ?? 20_260_302);
const service = new TestService('foyer_bad_request_test');

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
    const before = await service.wholeDatabase();
    const answer = await service.post(`bad ${what}`, payload, options);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(await service.wholeDatabase()).toEqual(before);
  });

  it('an event larger than a batch passes alone', async () => {
    const [event] = makeJournal('large', 1, { mark: 'x'.repeat(400_000) });
    const answer = await service.push('large', { ...pushOf([], 1, 1), events: [event] });
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
        const answer = await service.post('fuzz', payload, zipped ? { headers: gzip } : {});
        expect([200, 400, 413, 415]).toContain(answer.statusCode);
        expect(answer.json()).toHaveProperty(answer.statusCode === 200 ? 'verdict' : 'code');
      }),
      { seed, numRuns: 400 },
    );
  });
});
