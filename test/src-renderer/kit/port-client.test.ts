import { describe, expect, it } from 'vitest';
import type { LinkState } from '#core/wire/branch-port.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import { PORT_TIMES, reconnectDelayMs } from '#renderer/kit/port-client.ts';
import { setupPort } from './hand-port.ts';

const callNext: WindowCommand<'call-next'> = { id: 'c1', type: 'call-next', args: { counterId: 'w1' } };
const flush = () => new Promise<void>(resolve => setImmediate(resolve));
const kinds = (messages: readonly { kind: string }[]) => messages.map(message => message.kind);
const zone = { id: 'voice-1', name: '' };
const voiceView = (text: string) => ({
  zone,
  output: null,
  announcement: { id: 'a1', url: '/voice/a1.wav', text, speech: null },
});

describe('port client', () => {
  it('says hello first and is connected by the welcome', async () => {
    const { client, newest } = setupPort();
    const states: LinkState[] = [];
    client.onLink(state => states.push(state));
    await flush();
    expect(newest().received[0]).toEqual({ kind: 'hello', protocol: 1, window: 'voice' });
    expect(states).toEqual(['connecting', 'connected']);
  });

  it('keeps a command until it is connected, and answers it', async () => {
    const { client, newest } = setupPort();
    const answer = client.send(callNext);
    expect(kinds(newest().received)).toEqual(['hello']);
    await flush();
    expect(newest().received.at(-1)).toEqual({ kind: 'command', command: callNext });
    newest().send({ kind: 'answer', commandId: 'c1', value: { ticketId: 't1', number: 'A001' } });
    expect(await answer).toEqual({ ok: true, value: { ticketId: 't1', number: 'A001' } });
  });

  it('gives a refusal as a value; an unknown code reads as M601', async () => {
    const { client, newest } = setupPort();
    await flush();
    const first = client.send(callNext);
    newest().send({ kind: 'answer', commandId: 'c1', error: { code: 'T805' } });
    expect(await first).toEqual({ ok: false, error: { code: 'T805' } });
    const second = client.send({ ...callNext, id: 'c2' });
    newest().send({ kind: 'answer', commandId: 'c2', error: { code: 'Z999' } });
    expect(await second).toEqual({ ok: false, error: { code: 'M601' } });
  });

  it('[CS10] the same id sent twice is one command', async () => {
    const { client, newest } = setupPort();
    await flush();
    const both = [client.send(callNext), client.send(callNext)];
    expect(kinds(newest().received)).toEqual(['hello', 'command']);
    newest().send({ kind: 'answer', commandId: 'c1', value: {} });
    expect(await Promise.all(both)).toHaveLength(2);
  });

  it('[CS5] re-sends an unanswered command with the same id after a reconnect', async () => {
    const { client, newest, hosts, hand } = setupPort();
    await flush();
    const answer = client.send(callNext);
    newest().break();
    hand.advance(PORT_TIMES.firstReconnectMs);
    await flush();
    expect(hosts).toHaveLength(2);
    expect(newest().received.at(-1)).toEqual({ kind: 'command', command: callNext });
    newest().send({ kind: 'answer', commandId: 'c1', value: {} });
    expect((await answer).ok).toBe(true);
  });

  it('ends a command without an answer with M610 in time, connected or not', async () => {
    const { client, hand } = setupPort({ autoWelcome: false });
    const answer = client.send(callNext);
    hand.advance(PORT_TIMES.answerMs);
    expect(await answer).toEqual({ ok: false, error: { code: 'M610' } });
  });

  it('delivers views, and brings subscriptions to the host again after a reconnect', async () => {
    const { client, newest, hand } = setupPort();
    const texts: (string | undefined)[] = [];
    client.subscribe('voice', {}, undefined, update => {
      texts.push(update.ok ? update.value.value.announcement?.text : update.error.code);
    });
    await flush();
    expect(newest().received.at(-1)).toEqual({ kind: 'subscribe', subscription: 1, view: 'voice', args: {} });
    newest().send({ kind: 'view', subscription: 1, version: 1, now: 5, value: voiceView('one') });
    newest().break();
    hand.advance(PORT_TIMES.firstReconnectMs);
    await flush();
    expect(kinds(newest().received)).toEqual(['hello', 'subscribe']);
    newest().send({ kind: 'view', subscription: 1, version: 1, now: 6, value: voiceView('two') });
    expect(texts).toEqual(['one', 'two']);
  });

  it('reports a view that does not fit its schema as M601 and a refused one by its code', async () => {
    const { client, newest } = setupPort();
    const codes: string[] = [];
    client.subscribe('voice', {}, undefined, update => {
      if (!update.ok) codes.push(update.error.code);
    });
    await flush();
    newest().send({ kind: 'view', subscription: 1, version: 1, now: 5, value: { zone, announcement: 7 } });
    newest().send({ kind: 'view-refused', subscription: 1, error: { code: 'S703' } });
    expect(codes).toEqual(['M601', 'S703']);
  });

  it('forgets a subscription that was ended', async () => {
    const { client, newest } = setupPort();
    let updates = 0;
    const end = client.subscribe('voice', {}, undefined, () => updates++);
    await flush();
    end();
    newest().send({ kind: 'view', subscription: 1, version: 1, now: 5, value: voiceView('late') });
    expect(updates).toBe(0);
    expect(newest().received.at(-1)).toEqual({ kind: 'unsubscribe', subscription: 1 });
  });

  it('[DV5] a host that has fallen silent counts as lost', async () => {
    const { client, newest, hand } = setupPort();
    const states: LinkState[] = [];
    client.onLink(state => states.push(state));
    client.subscribe('voice', {}, undefined, () => {});
    await flush();
    hand.advance(PORT_TIMES.silenceMs);
    expect(newest().received.at(-1)).toMatchObject({ kind: 'subscribe', subscription: 1_000_000 });
    expect(states.at(-1)).toBe('connected');
    hand.advance(PORT_TIMES.probeMs);
    expect(states.at(-1)).toBe('lost');
  });

  it('[DV5] a quiet host that answers the probe stays connected', async () => {
    const { client, newest, hand } = setupPort();
    const states: LinkState[] = [];
    client.onLink(state => states.push(state));
    client.subscribe('voice', {}, undefined, () => {});
    await flush();
    for (let round = 0; round < 5; round++) {
      hand.advance(PORT_TIMES.silenceMs);
      newest().send({
        kind: 'view',
        subscription: 1_000_000,
        version: 1,
        now: 9,
        value: { zone, output: null, announcement: null },
      });
      expect(newest().received.at(-1)).toEqual({ kind: 'unsubscribe', subscription: 1_000_000 });
    }
    expect(states).toEqual(['connecting', 'connected']);
  });

  it('says M604 to every view when the host speaks another version, and keeps trying', async () => {
    const { client, newest, hosts, hand } = setupPort({ autoWelcome: false });
    const codes: string[] = [];
    client.subscribe('voice', {}, undefined, update => codes.push(update.ok ? 'ok' : update.error.code));
    newest().send({ kind: 'refused', error: { code: 'M604' } });
    expect(codes).toEqual(['M604']);
    hand.advance(PORT_TIMES.longestReconnectMs);
    expect(hosts.length).toBeGreaterThan(1);
  });

  it('[BR5] does not listen to a host of a lower epoch', async () => {
    const { client, newest, welcome, hand } = setupPort({ autoWelcome: false });
    const states: LinkState[] = [];
    client.onLink(state => states.push(state));
    welcome(newest(), 4);
    newest().break();
    hand.advance(PORT_TIMES.firstReconnectMs);
    welcome(newest(), 3);
    expect(states).toEqual(['connecting', 'connected', 'lost']);
  });

  it('gives up a connection without a welcome', () => {
    const { hosts, hand } = setupPort({ autoWelcome: false });
    hand.advance(PORT_TIMES.welcomeMs + PORT_TIMES.firstReconnectMs);
    expect(hosts.map(host => host.open)).toEqual([false, true]);
  });

  it('skips what is no message, and goes on', async () => {
    const { client, newest } = setupPort();
    await flush();
    const answer = client.send(callNext);
    for (const text of ['', '{', 'null', '[]', '{"kind":"answer"}', '{"kind":"nonsense"}'])
      newest().sendText(text);
    newest().send({ kind: 'answer', commandId: 'c1', value: {} });
    expect((await answer).ok).toBe(true);
  });

  it('keeps reports of played announcements over a lost link, but no bench orders', async () => {
    const { client, newest, hand } = setupPort();
    await flush();
    newest().break();
    client.reportAnnouncementPlayed('a1', true);
    client.reportAnnouncementPlayed('a2', false);
    client.sendBenchOrder({ type: 'press-key', deviceId: 'k1', position: 1 });
    hand.advance(PORT_TIMES.firstReconnectMs);
    await flush();
    expect(newest().received.slice(1)).toEqual([
      { kind: 'announcement-played', id: 'a1', played: true },
      { kind: 'announcement-played', id: 'a2', played: false },
    ]);
  });

  it('tells every host anew which sound outputs this PC has', async () => {
    const { client, newest, hand } = setupPort();
    await flush();
    const report = { zoneId: null, outputs: ['HDMI'], inUse: null };
    client.reportAudioOutputs(report);
    expect(newest().received.at(-1)).toEqual({ kind: 'audio-outputs', ...report });
    newest().break();
    client.reportAudioOutputs({ ...report, inUse: 'HDMI' });
    hand.advance(PORT_TIMES.firstReconnectMs);
    await flush();
    expect(newest().received.slice(1)).toEqual([{ kind: 'audio-outputs', ...report, inUse: 'HDMI' }]);
  });

  it('follows the host’s clock', async () => {
    const { client, newest, hand } = setupPort();
    client.subscribe('voice', {}, undefined, () => {});
    await flush();
    newest().send({
      kind: 'view',
      subscription: 1,
      version: 1,
      now: 5_000,
      value: { zone, output: null, announcement: null },
    });
    hand.advance(250);
    expect(client.hostNow()).toBe(5_250);
  });

  it('leaves no timer behind when closed, and ends what is unanswered', async () => {
    const { client, hand } = setupPort();
    await flush();
    const answer = client.send(callNext);
    client.close();
    expect(await answer).toEqual({ ok: false, error: { code: 'M610' } });
    expect(hand.waiting()).toBe(0);
  });
});

describe('reconnectDelayMs', () => {
  it('doubles up to 5 s, the last half of it at random', () => {
    expect([0, 1, 2, 3, 10, 1000].map(attempt => reconnectDelayMs(attempt, 0))).toEqual([
      125, 250, 500, 1000, 2500, 2500,
    ]);
    expect(reconnectDelayMs(10, 0.999)).toBeLessThanOrEqual(5000);
    expect(reconnectDelayMs(0, 0.999)).toBeGreaterThan(reconnectDelayMs(0, 0));
  });
});
