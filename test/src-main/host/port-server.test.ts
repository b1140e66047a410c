import { describe, expect, it } from 'vitest';
import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { MAX_MESSAGE_CHARACTERS, type WindowKind } from '#core/wire/port-messages.ts';
import { VIEWS } from '#core/wire/views.ts';
import { ANY_TICKET, FakeWindow, HostBench, nextTurn, refusalOf } from './host-fixture.ts';

type Server = ReturnType<HostBench['portServer']>;

/** A window that has said hello. */
function openWindow(server: Server, window: WindowKind): FakeWindow {
  const connection = new FakeWindow();
  server.serve(connection, null);
  expect(connection.send({ kind: 'hello', protocol: 1, window })?.kind).toBe('welcome');
  return connection;
}

async function benchWithStaff(...staffNumbers: string[]) {
  const bench = new HostBench().configure();
  await bench.setPasswords(...staffNumbers);
  return { bench, server: bench.portServer() };
}

/** Waits until the host has answered this command. */
async function answerTo(window: FakeWindow, commandId: string) {
  for (let turn = 0; turn < 100_000; turn++) {
    const answer = window.received.find(one => one.kind === 'answer' && one.commandId === commandId);
    if (answer?.kind === 'answer') return answer;
    await nextTurn();
  }
  throw new Error(`no answer to ${commandId}`);
}

async function signInAt(window: FakeWindow, staffNumber: string): Promise<string> {
  const id = `sign-in-${staffNumber}`;
  window.command('sign-in', { staffNumber, password: SAMPLE_PASSWORD }, undefined, id);
  return String((await answerTo(window, id)).value?.session);
}

const subscribe = (view: string, more: object = {}) => ({
  kind: 'subscribe',
  subscription: 1,
  view,
  args: {},
  ...more,
});

describe('saying hello', () => {
  it('a window is told whom it speaks with, and the host’s clock', () => {
    const bench = new HostBench().configure();
    const window = new FakeWindow();
    bench.portServer().serve(window, null);
    expect(window.send({ kind: 'hello', protocol: 1, window: 'kiosk' })).toEqual({
      kind: 'welcome',
      protocol: 1,
      branch: 'sample-0001',
      epoch: 1,
      station: 'station-1',
      now: bench.now,
    });
  });

  it('another protocol, another kind than the carrier knows, and silence are refused', () => {
    const bench = new HostBench().configure();
    const window = new FakeWindow();
    bench.portServer().serve(window, 'kiosk');
    expect(refusalOf(window.command('issue-ticket', ANY_TICKET))).toBe('M605');
    expect(refusalOf(window.send({ kind: 'hello', protocol: 2, window: 'kiosk' }))).toBe('M604');
    expect(refusalOf(window.send({ kind: 'hello', protocol: 1, window: 'lobby' }))).toBe('M605');
    expect(refusalOf(window.command('issue-ticket', ANY_TICKET))).toBe('M605');
    expect(window.send({ kind: 'hello', protocol: 1, window: 'kiosk' })?.kind).toBe('welcome');
    expect(refusalOf(window.command('issue-ticket', ANY_TICKET))).toBe('ok');
  });
});

describe('messages', () => {
  it('malformed ones are refused with M601, too long ones unread with M602, and the window goes on', () => {
    const bench = new HostBench().configure();
    const window = openWindow(bench.portServer(), 'kiosk');
    const malformed = [
      '',
      'null',
      '[]',
      '{',
      '42',
      '"hello"',
      '{"kind":"surprise"}',
      `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
      JSON.stringify({ kind: 'unsubscribe', subscription: 0 }),
      JSON.stringify({ kind: 'command', command: { id: 'c', type: 'issue-ticket', args: {} } }),
      JSON.stringify({ kind: 'command', command: { id: 'c', type: 'press-rating', args: {} } }),
      JSON.stringify({ kind: 'command', command: { id: 'c', type: 'sign-out', args: {}, actor: 'system' } }),
      JSON.stringify({
        kind: 'command',
        command: { id: 'c', type: 'issue-ticket', args: { ...ANY_TICKET, businessId: '号'.repeat(10_000) } },
      }),
    ];
    for (const text of malformed) expect(refusalOf(window.send(text)), text.slice(0, 60)).toBe('M601');
    const long = JSON.stringify({ kind: 'hello', protocol: 1, window: 'kiosk' }).padEnd(
      MAX_MESSAGE_CHARACTERS,
      ' ',
    );
    expect(refusalOf(window.send(long))).toBe('ok');
    expect(refusalOf(window.send(`${long} `))).toBe('M602');
    expect(refusalOf(window.command('issue-ticket', ANY_TICKET))).toBe('ok');
    expect(bench.host.state().tickets.size).toBe(1);
  });

  it('the first wrong field is named', () => {
    const window = openWindow(new HostBench().configure().portServer(), 'kiosk');
    const refused = window.command('issue-ticket', { ...ANY_TICKET, language: 'fr' });
    expect(refused).toMatchObject({ error: { facts: { field: 'command.args.language' } } });
  });
});

describe('what a kind of window may do', () => {
  const commands: Record<string, object> = {
    'issue-ticket': ANY_TICKET,
    'sign-out': {},
    'call-next': { counterId: 'counter-1' },
    'return-no-show': { ticketId: 't' },
    'mark-left': { ticketId: 't' },
    'answer-ask': { askId: 'a', answer: 'coming' },
    'withdraw-document': { version: 2 },
  };
  const allowed: Record<WindowKind, { commands: string[]; views: string[] }> = {
    kiosk: { commands: ['issue-ticket'], views: ['kiosk', 'reader'] },
    teller: { commands: ['sign-out', 'call-next', 'answer-ask'], views: ['sign-in', 'teller'] },
    lobby: {
      commands: ['issue-ticket', 'sign-out', 'return-no-show', 'mark-left', 'answer-ask'],
      views: ['sign-in', 'lobby', 'guidance', 'reader', 'stations'],
    },
    'lobby-screen': { commands: [], views: ['lobby-screen'] },
    // Its commands need its own counter's screen: see rating-screen.test.ts.
    'rating-screen': { commands: [], views: ['rating-screen', 'counter-list'] },
    voice: { commands: [], views: ['voice'] },
    bench: { commands: [], views: ['bench'] },
    setup: {
      commands: ['sign-out', 'withdraw-document'],
      views: ['sign-in', 'setup', 'hardware', 'device-log', 'voice-packs', 'stations'],
    },
  };

  it.each(Object.keys(allowed) as WindowKind[])('[ID1] %s', kind => {
    const server = new HostBench().configure().portServer();
    const window = openWindow(server, kind);
    for (const [type, args] of Object.entries(commands))
      expect(refusalOf(window.command(type, args)) !== 'M605', type).toBe(
        allowed[kind].commands.includes(type),
      );
    for (const view of Object.keys(VIEWS))
      expect(refusalOf(window.send(subscribe(view))) !== 'M605', view).toBe(
        // How it stands with the PCs of the branch concerns everybody.
        view === 'link-state' || allowed[kind].views.includes(view),
      );
    const bench = window.send({ kind: 'bench', order: { type: 'press-key', deviceId: 'k', position: 1 } });
    expect(refusalOf(bench)).toBe(kind === 'bench' ? 'ok' : 'M605');
    const played = window.send({ kind: 'announcement-played', id: 'a', played: true });
    expect(refusalOf(played)).toBe(kind === 'voice' ? 'ok' : 'M605');
  });

  it('[ID3] only a kiosk speaks for customers; elsewhere somebody must be signed in', async () => {
    const { bench, server } = await benchWithStaff('2001');
    const lobby = openWindow(server, 'lobby');
    expect(refusalOf(lobby.command('issue-ticket', ANY_TICKET))).toBe('S703');
    expect(refusalOf(lobby.command('issue-ticket', ANY_TICKET, 'no-such-session'))).toBe('S703');
    const session = await signInAt(lobby, '2001');
    expect(refusalOf(lobby.command('issue-ticket', ANY_TICKET, session))).toBe('ok');
    expect(refusalOf(openWindow(server, 'kiosk').command('issue-ticket', ANY_TICKET))).toBe('ok');
    expect(bench.host.state().tickets.size).toBe(2);
  });
});

describe('commands', () => {
  it('[CS5] two windows that press at once get two different tickets; the same press twice gets one', async () => {
    const { bench, server } = await benchWithStaff('1001', '1002');
    const kiosk = openWindow(server, 'kiosk');
    kiosk.command('issue-ticket', ANY_TICKET);
    kiosk.command('issue-ticket', ANY_TICKET);
    const tellers = [openWindow(server, 'teller'), openWindow(server, 'teller')];
    const sessions = await Promise.all(tellers.map((window, index) => signInAt(window, `100${index + 1}`)));
    const press = (index: number, type: string, id: string) =>
      tellers[index]?.command(type, { counterId: `counter-${index + 1}` }, sessions[index], id);
    for (const index of [0, 1]) press(index, 'open-counter', `open-${index}`);
    const calls = [press(0, 'call-next', 'call-0'), press(1, 'call-next', 'call-1')];
    expect(calls).toMatchObject([{ value: { number: 'A001' } }, { value: { number: 'A002' } }]);
    expect(press(0, 'call-next', 'call-0')).toEqual(calls[0]);
    expect(refusalOf(press(0, 'call-next', 'call-again'))).toBe('T806');
    const held = [...bench.host.state().counters.values()].map(counter => counter.ticketId);
    expect(new Set(held).size).toBe(2);
  });

  it('[ID1] a sign-in under way when the host stops is answered, not thrown', async () => {
    const { bench, server } = await benchWithStaff('1001');
    const window = openWindow(server, 'teller');
    window.command('sign-in', { staffNumber: '1001', password: SAMPLE_PASSWORD }, undefined, 's');
    server.stop();
    bench.journal.close();
    expect(refusalOf(await answerTo(window, 's'))).toBe('M606');
  });

  it('[ID1] a wrong password is answered S701', async () => {
    const { server } = await benchWithStaff('1001');
    const window = openWindow(server, 'teller');
    window.command('sign-in', { staffNumber: '1001', password: 'wrong' }, undefined, 's');
    expect(refusalOf(await answerTo(window, 's'))).toBe('S701');
  });
});

describe('views', () => {
  it('[ID1] of staff are refused without a session, and without the right', async () => {
    const { server } = await benchWithStaff('1001', '2001');
    const lobby = openWindow(server, 'lobby');
    const [teller, lobbyManager] = [await signInAt(lobby, '1001'), await signInAt(lobby, '2001')];
    expect(refusalOf(lobby.send(subscribe('lobby')))).toBe('S703');
    expect(refusalOf(lobby.send(subscribe('lobby', { session: 'no-such-session' })))).toBe('S703');
    expect(refusalOf(lobby.send(subscribe('lobby', { session: teller })))).toBe('S704');
    expect(lobby.send(subscribe('lobby', { session: lobbyManager }))).toMatchObject({
      kind: 'view',
      version: 1,
    });
  });

  it('[ID1] are taken away when the session ends', async () => {
    const { server } = await benchWithStaff('2001');
    const lobby = openWindow(server, 'lobby');
    const session = await signInAt(lobby, '2001');
    lobby.send(subscribe('lobby', { session }));
    lobby.command('sign-out', {}, session);
    server.refresh();
    await nextTurn();
    expect(lobby.received.at(-1)).toMatchObject({
      kind: 'view-refused',
      subscription: 1,
      error: { code: 'S703' },
    });
    const count = lobby.received.length;
    server.refresh();
    await nextTurn();
    expect(lobby.received).toHaveLength(count);
  });

  it('are sent whole at once, in their agreed shape, and again only when they changed', async () => {
    const bench = new HostBench().configure();
    const server = bench.portServer();
    const [kiosk, screen] = [openWindow(server, 'kiosk'), openWindow(server, 'lobby-screen')];
    const first = kiosk.send(subscribe('kiosk'));
    expect(first?.kind === 'view' && VIEWS.kiosk.parse(first.value)).toBeTruthy();
    screen.send(subscribe('lobby-screen'));
    const counts = () => [kiosk.received.length, screen.received.length];
    const before = counts();
    server.refresh();
    await nextTurn();
    expect(counts()).toEqual(before);
    kiosk.command('issue-ticket', ANY_TICKET);
    for (let n = 0; n < 5; n++) server.refresh();
    await nextTurn();
    // The kiosk got its answer and one new view; the screen one new view.
    expect(counts()).toEqual([(before[0] ?? 0) + 2, (before[1] ?? 0) + 1]);
    expect(kiosk.received.at(-1)).toMatchObject({ kind: 'view', version: 2 });
  });

  it('end with the subscription, or with the window', async () => {
    const bench = new HostBench().configure();
    const server = bench.portServer();
    const [left, closed] = [openWindow(server, 'kiosk'), openWindow(server, 'kiosk')];
    for (const window of [left, closed]) window.send(subscribe('kiosk'));
    left.send({ kind: 'unsubscribe', subscription: 1 });
    closed.close();
    const counts = [left.received.length, closed.received.length];
    openWindow(server, 'kiosk').command('issue-ticket', ANY_TICKET);
    server.refresh();
    await nextTurn();
    expect([left.received.length, closed.received.length]).toEqual(counts);
  });

  it('are at most twenty a window', () => {
    const window = openWindow(new HostBench().configure().portServer(), 'kiosk');
    const codes = Array.from({ length: 21 }, (_, index) =>
      refusalOf(window.send(subscribe('kiosk', { subscription: index + 1 }))),
    );
    expect(codes).toEqual([...Array(20).fill('ok'), 'M602']);
    expect(refusalOf(window.send(subscribe('kiosk', { subscription: 7 })))).toBe('ok');
    window.send({ kind: 'unsubscribe', subscription: 7 });
    expect(refusalOf(window.send(subscribe('kiosk', { subscription: 21 })))).toBe('ok');
  });

  it('[CS8] of a counter that is not there, or of a branch without a document, are refused', async () => {
    const { server } = await benchWithStaff('1001');
    const window = openWindow(server, 'teller');
    const session = await signInAt(window, '1001');
    expect(refusalOf(window.send(subscribe('teller', { session })))).toBe('T808');
    expect(refusalOf(window.send(subscribe('teller', { session, args: { counterId: 'none' } })))).toBe(
      'T808',
    );
    expect(refusalOf(window.send(subscribe('teller', { session, args: { counterId: 'counter-1' } })))).toBe(
      'ok',
    );
    const empty = openWindow(new HostBench().portServer(), 'kiosk');
    expect(refusalOf(empty.send(subscribe('kiosk')))).toBe('C903');
  });
});

describe('stopping', () => {
  it('closes the windows there are and serves no new ones', () => {
    const server = new HostBench().configure().portServer();
    const [old, late] = [openWindow(server, 'kiosk'), new FakeWindow()];
    server.stop();
    server.serve(late, null);
    expect([old.isClosed, late.isClosed]).toEqual([true, true]);
  });
});
