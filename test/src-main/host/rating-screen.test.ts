import { describe, expect, it } from 'vitest';
import type { WindowKind } from '#core/wire/port-messages.ts';
import type { View } from '#core/wire/views.ts';
import { createRatingScreens } from '#main/host/rating-screens.ts';
import { unwrap } from '../journal/journal-fixture.ts';
import { ANY_TICKET, CUSTOMER, FakeWindow, HostBench, nextTurn, refusalOf } from './host-fixture.ts';

type Server = ReturnType<HostBench['portServer']>;
const COUNTER = 'counter-1';

/** A branch with an open counter and no keypad, its port, and whose one-metre line was asked for. */
function branchWithoutKeypads() {
  const bench = new HostBench().configure();
  const teller = bench.openCounter();
  const ratingScreens = createRatingScreens({
    host: bench.host,
    clock: bench.clock,
    station: 'station-1',
  });
  const asked: string[] = [];
  const server = bench.portServer({ ratingScreens, askOneMetreLine: counterId => asked.push(counterId) });
  bench.host.onEvents(() => server.refresh());
  const finish = () => {
    unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER));
    const { ticketId } = unwrap(bench.give('call-next', { counterId: COUNTER }, teller));
    const args = { counterId: COUNTER, ticketId: String(ticketId) };
    unwrap(bench.give('start-service', args, teller));
    unwrap(bench.give('finish-service', args, teller));
  };
  const health = () => bench.host.state().devices.get(`rating-screen-${COUNTER}`)?.health.status;
  return { bench, server, ratingScreens, asked, finish, health };
}

function openWindow(server: Server, window: WindowKind = 'rating-screen'): FakeWindow {
  const connection = new FakeWindow();
  server.serve(connection, null);
  connection.send({ kind: 'hello', protocol: 1, window });
  return connection;
}

function openScreen(server: Server, counterId = COUNTER): FakeWindow {
  const window = openWindow(server);
  window.send({ kind: 'subscribe', subscription: 1, view: 'rating-screen', args: { counterId } });
  return window;
}

/** What the screen shows now. */
async function shownOn(window: FakeWindow): Promise<View<'rating-screen'>> {
  await nextTurn();
  const views = window.received.filter(one => one.kind === 'view');
  return views.at(-1)?.value as View<'rating-screen'>;
}

async function promptOn(window: FakeWindow): Promise<string> {
  const { rating } = await shownOn(window);
  return rating?.ratingId ?? '';
}

const press = (window: FakeWindow, ratingId: string, position = 1, id?: string, counterId = COUNTER) =>
  window.command('press-rating-screen', { counterId, ratingId, position }, undefined, id);

describe('a rating screen', () => {
  it('[RT1] shows the prompt as soon as the service is finished, and its first press counts', async () => {
    const { bench, server, finish } = branchWithoutKeypads();
    const screen = openScreen(server);
    finish();
    expect((await shownOn(screen)).rating).toMatchObject({ status: 'open', until: bench.now + 10_000 });
    expect(refusalOf(press(screen, await promptOn(screen), 4))).toBe('ok');
    expect((await shownOn(screen)).rating).toMatchObject({ status: 'thanks', at: bench.now });
    expect(bench.host.state().recentRatings).toMatchObject([
      { outcome: 'rated', levelId: 'dissatisfied', bad: true, staffNumber: '1001' },
    ]);
  });

  it('[RT1] a second press is ignored, and the same press sent again gets its first answer', async () => {
    const { bench, server, finish } = branchWithoutKeypads();
    const screen = openScreen(server);
    finish();
    const ratingId = await promptOn(screen);
    expect(refusalOf(press(screen, ratingId, 1, 'press-1'))).toBe('ok');
    expect(refusalOf(press(screen, ratingId, 1, 'press-1'))).toBe('ok');
    expect(refusalOf(press(screen, ratingId, 4, 'press-2'))).toBe('T815');
    expect(bench.host.state().recentRatings).toMatchObject([{ levelId: 'very-satisfied' }]);
  });

  it('[RT1] two screens of one counter at once: both show the prompt, the first press of either counts', async () => {
    const { bench, server, finish } = branchWithoutKeypads();
    const screens = [openScreen(server), openScreen(server)] as const;
    finish();
    const ratingIds = await Promise.all(screens.map(promptOn));
    expect(ratingIds[0]).toBe(ratingIds[1]);
    const answers = screens.map((screen, index) =>
      refusalOf(press(screen, ratingIds[0] ?? '', index + 1, `press-${index}`)),
    );
    expect(answers).toEqual(['ok', 'T815']);
    expect(bench.host.state().recentRatings).toMatchObject([{ levelId: 'very-satisfied' }]);
    for (const screen of screens) expect((await shownOn(screen)).rating?.status).toBe('thanks');
  });

  it('[RT1] late presses count for nothing, nor for the prompt that came after', async () => {
    const { bench, server, finish } = branchWithoutKeypads();
    const screen = openScreen(server);
    finish();
    const first = await promptOn(screen);
    bench.now += 10_000;
    expect(refusalOf(press(screen, first))).toBe('T815');
    bench.host.tick();
    finish();
    expect(refusalOf(press(screen, first))).toBe('T815');
    expect(bench.host.state().recentRatings).toMatchObject([{ outcome: 'unrated' }]);
    expect(refusalOf(press(screen, await promptOn(screen)))).toBe('ok');
  });

  it('[RT1] nobody but a screen of that counter can press: no other window, no other counter, no list', async () => {
    const { bench, server, finish } = branchWithoutKeypads();
    const screen = openScreen(server);
    finish();
    const ratingId = await promptOn(screen);
    for (const kind of ['kiosk', 'teller', 'lobby', 'lobby-screen', 'voice', 'bench', 'setup'] as const)
      expect(refusalOf(press(openWindow(server, kind), ratingId)), kind).toBe('M605');
    const [foreign, idle] = [openScreen(server, 'counter-2'), openWindow(server)];
    idle.send({ kind: 'subscribe', subscription: 1, view: 'counter-list', args: {} });
    for (const window of [foreign, idle]) {
      expect(refusalOf(press(window, ratingId))).toBe('M605');
      expect(refusalOf(window.command('ask-one-metre-line', { counterId: COUNTER }))).toBe('M605');
    }
    screen.send({ kind: 'unsubscribe', subscription: 1 });
    expect(refusalOf(press(screen, ratingId))).toBe('M605');
    expect(bench.host.state().recentRatings).toEqual([]);
  });

  it('[RT1] a level there is not, and nonsense, change nothing', async () => {
    const { bench, server, finish } = branchWithoutKeypads();
    const screen = openScreen(server);
    finish();
    const ratingId = await promptOn(screen);
    expect(refusalOf(press(screen, ratingId, 5))).toBe('K306');
    for (const position of [0, -1, 1.5, 7, null, '1'])
      expect(refusalOf(press(screen, ratingId, position as number))).toBe('M601');
    expect(bench.host.state().recentRatings).toEqual([]);
    expect(refusalOf(press(screen, ratingId))).toBe('ok');
  });

  it('[RT4] an unknown counter is told so, and nobody waits for its screen', () => {
    const { bench, server } = branchWithoutKeypads();
    const window = openWindow(server);
    const subscribe = { kind: 'subscribe', subscription: 1, view: 'rating-screen', args: {} };
    expect(refusalOf(window.send(subscribe))).toBe('T808');
    expect(refusalOf(window.send({ ...subscribe, args: { counterId: 'nowhere' } }))).toBe('T808');
    expect([...bench.host.state().devices.keys()]).toEqual([]);
  });

  it('[RT4] passes the wish for the one-metre line on for its own counter', () => {
    const { server, asked } = branchWithoutKeypads();
    const screen = openScreen(server);
    expect(refusalOf(screen.command('ask-one-metre-line', { counterId: COUNTER }))).toBe('ok');
    expect(refusalOf(screen.command('ask-one-metre-line', { counterId: 'counter-2' }))).toBe('M605');
    expect(asked).toEqual([COUNTER]);
  });
});

describe('whether a rating screen is there', () => {
  it('[RT2] without keypad and screen a finish is counted apart; with a screen it prompts', async () => {
    const { bench, server, finish } = branchWithoutKeypads();
    finish();
    expect(bench.host.state().recentRatings).toMatchObject([{ outcome: 'keypad-absent' }]);
    openScreen(server);
    finish();
    expect(bench.host.state().counters.get(COUNTER)?.openRating).not.toBeNull();
  });

  it('[RT2] a page that is loaded again is not missed; one that stays away is, once', async () => {
    const { bench, server, ratingScreens, health } = branchWithoutKeypads();
    const first = openScreen(server);
    expect([health(), ratingScreens.isConnected(COUNTER)]).toEqual(['ready', true]);
    first.close();
    expect([health(), ratingScreens.isConnected(COUNTER)]).toEqual(['ready', false]);
    await bench.clock.advance(4_000);
    const again = openScreen(server);
    await bench.clock.advance(60_000);
    expect(health()).toBe('ready');
    again.send({ kind: 'unsubscribe', subscription: 1 });
    await bench.clock.advance(5_000);
    expect(health()).toBe('absent');
    const told = [...bench.journal.read()].filter(
      read => read.ok && read.value.type === 'device-health-changed',
    );
    expect(told).toHaveLength(2);
  });

  it('[RT2] a prompt whose only screen went away is counted apart, not as silence', async () => {
    const { bench, server, finish } = branchWithoutKeypads();
    const screen = openScreen(server);
    finish();
    screen.close();
    await bench.clock.advance(4_999);
    expect(bench.host.state().recentRatings).toEqual([]);
    await bench.clock.advance(1);
    expect(bench.host.state().recentRatings).toMatchObject([{ outcome: 'keypad-absent' }]);
  });

  it('[RT2] one of two screens may go', async () => {
    const { bench, server, ratingScreens, health } = branchWithoutKeypads();
    const [one] = [openScreen(server), openScreen(server)];
    one.close();
    await bench.clock.advance(60_000);
    expect([health(), ratingScreens.isConnected(COUNTER)]).toEqual(['ready', true]);
  });

  it('[RT2] after a restart of the program, those that were there have to come again', () => {
    const { bench, server, health } = branchWithoutKeypads();
    openScreen(server);
    bench.restart();
    const parts = { host: bench.host, clock: bench.clock, station: 'station-1' };
    expect(health()).toBe('ready');
    createRatingScreens(parts).start();
    expect(health()).toBe('absent');
  });

  it('an end of the program is no news: nothing is written while the journal closes', async () => {
    const { bench, server, ratingScreens } = branchWithoutKeypads();
    openScreen(server);
    ratingScreens.stop();
    server.stop();
    bench.journal.close();
    await expect(bench.clock.advance(60_000)).resolves.toBeUndefined();
  });
});
