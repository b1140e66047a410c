import { describe, expect, it } from 'vitest';
import { createClaimClient } from '#main/upload/claim-client.ts';
import { headOfficeCalls } from '#main/upload/head-office-calls.ts';
import { pushBody } from '#main/upload/push-body.ts';
import { makeJournal } from '../../head-office/support.ts';
import { TestService } from '../../head-office/test-service.ts';

const service = new TestService('foyer_claim_client_test');

/** The client of one station, over the service's own routes or a network that answers as told. */
function clientOf(station: string, network?: typeof globalThis.fetch, timeOutMs = 20_000) {
  const calls = headOfficeCalls({
    ...{ url: 'http://head-office.invalid', branch: 'claims', key: 'a-branch-key-long-enough', timeOutMs },
    fetch: network ?? inject,
  });
  return createClaimClient(calls, station);
}

const inject = (async (input: string | URL | Request, init?: RequestInit) => {
  const answer = await service.app.inject({
    method: 'POST',
    url: new URL(String(input)).pathname,
    headers: init?.headers as Record<string, string>,
    payload: Buffer.from(init?.body as Uint8Array),
  });
  return new Response(answer.body, { status: answer.statusCode });
}) as typeof globalThis.fetch;

const UNREACHABLE = { kind: 'unreachable' };

describe('[BR4] the claim of a station', () => {
  it('is answered with who was named, to both', async () => {
    const [one, two] = [clientOf('pc-1'), clientOf('pc-2')];
    expect(await one.claim(1)).toEqual({ kind: 'named', epoch: 2, host: 'pc-1' });
    expect(await two.claim(1)).toEqual({ kind: 'named', epoch: 2, host: 'pc-1' });
    expect(await two.register(3)).toEqual({ kind: 'named', epoch: 3, host: 'pc-2' });
    expect(await one.claim(2)).toEqual({ kind: 'named', epoch: 3, host: 'pc-2' });
  });

  it.each<[string, () => Promise<Response>]>([
    ['no network', () => Promise.reject(new TypeError('fetch failed'))],
    ['a failure of its own', async () => new Response('{"code":"D404"}', { status: 503 })],
    ['busy', async () => new Response('{"code":"M608","facts":{"retryAfterMs":1}}', { status: 429 })],
    ['a wrong key', async () => new Response('{"code":"U504"}', { status: 401 })],
    ['another service', async () => new Response('<html>', { status: 200 })],
    ['half an answer', async () => new Response('{"epoch":2}', { status: 200 })],
    ['an older head office', async () => new Response('{"code":"M609"}', { status: 404 })],
  ])('%s is no word', async (_, answer) => {
    const client = clientOf('pc-1', answer as typeof globalThis.fetch);
    expect(await client.claim(1)).toEqual(UNREACHABLE);
    expect(await client.register(2)).toEqual(UNREACHABLE);
  });

  it('an answer that never comes is broken off by the time limit or by stopping', async () => {
    const silent = ((_: unknown, init?: RequestInit) =>
      new Promise((_resolve, reject) => {
        if (init?.signal?.aborted) reject(init.signal.reason);
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      })) as typeof globalThis.fetch;
    expect(await clientOf('pc-1', silent, 1).claim(1)).toEqual(UNREACHABLE);
    const client = clientOf('pc-1', silent);
    const asked = client.claim(1);
    client.stop();
    expect(await asked).toEqual(UNREACHABLE);
    expect(await client.register(1)).toEqual(UNREACHABLE);
  });
});

it('[BR5] a push carries its station in a branch of several PCs only', () => {
  const [event] = makeJournal('claims', 1);
  if (event === undefined) throw new Error('no event');
  expect(JSON.parse(pushBody([event], '0'.repeat(64), 2, 'pc-2'))).toMatchObject({
    epoch: 2,
    station: 'pc-2',
  });
  expect(JSON.parse(pushBody([event], '0'.repeat(64), 2))).not.toHaveProperty('station');
});
