import { createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import { createKeypadDriver, type ProfiledKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { createEvaluatorPort, type EvaluatorPortOptions } from '#main/devices/evaluator-port.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { profileOf } from '../../drivers/keypad/profiles.ts';

const PATIENCE = { timeout: 20_000 };
const PROFILE = profileOf(SHIPPED_KEYPAD_PROFILES['network-evaluator'], {
  pages: { welcome: 'https://branch.local/hello?c={counterId}', 'please-rate': 'https://branch.local/rate' },
});
const ending: (() => unknown)[] = [];

vi.setConfig({ testTimeout: 60_000 });

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** A TCP port nobody uses now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('a port');
  return address.port;
}

function counter(options: Partial<EvaluatorPortOptions> & { port: number }) {
  const port = createEvaluatorPort({
    listen: 'this-pc',
    workNumber: '10086',
    key: 'secret',
    silenceMs: 60_000,
    ...options,
  });
  const driver: ProfiledKeypadDriver = createKeypadDriver({
    profile: PROFILE,
    port,
    clock: REAL_CLOCK,
    reopenAfterMs: 50,
  });
  const healths: DeviceHealth[] = [];
  driver.onHealth(health => healths.push(health));
  driver.start();
  ending.push(() => driver.stop());
  return { driver, healths };
}

/** An evaluator's end; waits until the server listens. */
async function evaluator(port: number, headers: Record<string, string> = {}) {
  for (let attempt = 0; ; attempt += 1) {
    const heard: { code: number; state: number; data?: unknown; msg?: string }[] = [];
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers });
    let isClosed = false;
    socket.on('message', data => heard.push(JSON.parse(String(data))));
    socket.on('close', () => {
      isClosed = true;
    });
    const isOpen = await new Promise<boolean>(resolve => {
      socket.once('open', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (!isOpen && attempt < 200) {
      await new Promise(resolve => setTimeout(resolve, 50));
      continue;
    }
    ending.push(() => socket.terminate());
    const send = (message: unknown) =>
      socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    const logIn = (number = '10086', key = 'secret') =>
      send({ code: 40_001, data: { work_no: number, key } });
    const last = () => heard.at(-1);
    return { heard, last, send, logIn, isClosed: () => isClosed, close: () => socket.close() };
  }
}

function refusalsHeard(heard: readonly { code: number; msg?: string }[]): number {
  return heard.filter(({ code, msg }) => code === 40_001 && msg === 'refused').length;
}

describe('[HW4] networked evaluators (10.5)', () => {
  it('is asked for its number, logs in, gets its page, answers heartbeats, and is lost when it goes', async () => {
    const port = await freePort();
    const { driver, healths } = counter({ port });
    await driver.prompt('welcome', { counterId: 'counter-1' });
    const tablet = await evaluator(port);
    await expect.poll(tablet.last, PATIENCE).toMatchObject({ code: 40_001, state: 0 });
    expect(healths.at(-1)?.code).toBe('K301');
    tablet.logIn();
    await expect.poll(() => healths.at(-1)?.status, PATIENCE).toBe('ready');
    // What was asked before it came is shown when it is there.
    await expect.poll(tablet.last, PATIENCE).toEqual({
      code: 50_100,
      state: 1,
      data: 'https://branch.local/hello?c=counter-1',
      msg: '',
    });
    expect(await driver.prompt('please-rate')).toBe(true);
    await expect.poll(tablet.last, PATIENCE).toMatchObject({ data: 'https://branch.local/rate' });
    tablet.send({ code: 40_000, data: 1_735_781_400_000 });
    await expect.poll(tablet.last, PATIENCE).toMatchObject({ code: 40_000, state: 1 });
    tablet.close();
    await expect.poll(() => healths.at(-1), PATIENCE).toEqual({ status: 'down', code: 'K302' });
    expect(await driver.prompt('please-rate')).toBe(false);
  });

  it('wrong number or key is told and not let in', async () => {
    const port = await freePort();
    const { healths } = counter({ port });
    const stranger = await evaluator(port);
    let refusals = 0;
    for (const [number, key] of [
      ['10086', 'guess'],
      ['10087', 'secret'],
    ]) {
      stranger.logIn(number, key);
      refusals += 1;
      await expect.poll(() => refusalsHeard(stranger.heard), PATIENCE).toBe(refusals);
    }
    expect(healths.every(({ status }) => status !== 'ready')).toBe(true);
  });

  it('without a key, a web page of this PC is not let in, a program is', async () => {
    const port = await freePort();
    const { healths } = counter({ port, key: '' });
    const page = await evaluator(port, { origin: 'https://elsewhere.example' });
    page.logIn('10086', '');
    await expect.poll(() => refusalsHeard(page.heard), PATIENCE).toBe(1);
    expect(healths.every(({ status }) => status !== 'ready')).toBe(true);
    const program = await evaluator(port);
    program.logIn('10086', '');
    await expect.poll(() => healths.at(-1)?.status, PATIENCE).toBe('ready');
  });

  it('bad packets and unknown commands are answered and change nothing', async () => {
    const port = await freePort();
    const { driver, healths } = counter({ port });
    const tablet = await evaluator(port);
    tablet.logIn();
    await expect.poll(() => healths.at(-1)?.status, PATIENCE).toBe('ready');
    tablet.send('hello');
    await expect.poll(tablet.last, PATIENCE).toMatchObject({ code: 40_002, state: 0 });
    tablet.send({ code: 12 });
    await expect.poll(tablet.last, PATIENCE).toMatchObject({ code: 50_000, state: 0 });
    expect(driver.malformedCount()).toBe(1);
    expect(driver.isOpen()).toBe(true);
  });

  it('one that falls silent is given up', async () => {
    const port = await freePort();
    const { healths } = counter({ port, silenceMs: 1500 });
    const tablet = await evaluator(port);
    tablet.logIn();
    await expect.poll(() => healths.at(-1)?.status, PATIENCE).toBe('ready');
    await expect.poll(() => tablet.isClosed(), PATIENCE).toBe(true);
    await expect.poll(() => healths.some(({ code }) => code === 'K302'), PATIENCE).toBe(true);
  });

  it('two counters share a port; a tablet that comes again takes over from itself', async () => {
    const port = await freePort();
    const one = counter({ port });
    const two = counter({ port, workNumber: '10087' });
    const first = await evaluator(port);
    const other = await evaluator(port);
    first.logIn();
    other.logIn('10087');
    await expect.poll(() => [one.driver.isOpen(), two.driver.isOpen()], PATIENCE).toEqual([true, true]);
    const again = await evaluator(port);
    again.logIn();
    await expect.poll(first.isClosed, PATIENCE).toBe(true);
    await expect.poll(one.driver.isOpen, PATIENCE).toBe(true);
    await one.driver.prompt('please-rate');
    await expect.poll(again.last, PATIENCE).toMatchObject({ code: 50_100 });
    expect(two.driver.isOpen()).toBe(true);
    await one.driver.stop();
    expect(other.isClosed()).toBe(false);
  });

  it('a port of another program: K314; free again, it works', async () => {
    const port = await freePort();
    const blocker = createServer();
    await new Promise<void>(resolve => blocker.listen(port, '127.0.0.1', resolve));
    const { healths } = counter({ port });
    await expect.poll(() => healths.at(-1), PATIENCE).toEqual({ status: 'down', code: 'K314' });
    await new Promise(resolve => blocker.close(resolve));
    const tablet = await evaluator(port);
    tablet.logIn();
    await expect.poll(() => healths.at(-1)?.status, PATIENCE).toBe('ready');
  });

  it('listens on this PC alone unless told otherwise, and not for both on one port', async () => {
    const port = await freePort();
    const one = counter({ port });
    await expect.poll(() => one.healths.at(-1)?.code, PATIENCE).toBe('K301');
    const two = counter({ port, workNumber: '10087', listen: 'branch-network' });
    await expect.poll(() => two.healths.at(-1)?.code, PATIENCE).toBe('K314');
  });
});
