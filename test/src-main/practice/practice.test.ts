import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BranchEvent } from '#core/branch/events.ts';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { appFolders } from '#main/app-folders.ts';
import { startBranch, type WiredBranch } from '#main/branch.ts';
import { connectInProcess } from '#main/simulate/in-process-connection.ts';
import { type LoopbackTraffic, watchLoopbackTraffic } from '#main/simulate/loopback-traffic.ts';
import { settle } from '#main/simulate/settle.ts';
import { createVirtualClock, type VirtualClock } from '#main/simulate/virtual-clock.ts';
import { openWindow, type SimulatedWindow } from '#main/simulate/window.ts';

const FOLDERS = appFolders(fileURLToPath(new URL('../../../', import.meta.url)));
const MIDNIGHT = Date.parse('2026-03-02T00:00:00+08:00');
const MINUTE = 60_000;
const root = mkdtempSync(join(tmpdir(), 'foyer-practice-'));
let folders = 0;
let clock: VirtualClock;
let traffic: LoopbackTraffic;
let branch: WiredBranch;
let events: BranchEvent[];

function start(dataFolder: string, practice: boolean) {
  // At three in the morning: practice is open at any hour.
  const now = () => MIDNIGHT + 3 * 60 * MINUTE + Math.floor(clock.nowMs());
  const settings = { ...FOLDERS, dataFolder, headOfficeUrl: 'http://127.0.0.1:9/' };
  return startBranch(
    { ...settings, ...(practice ? { practice: { speed: 4, seed: 7 } } : {}) },
    { clock, now },
  );
}

/** Lets `minutes` of the branch's own time pass. */
async function pass(minutes: number, windows: readonly SimulatedWindow[] = []): Promise<void> {
  const until = clock.nowMs() + minutes * MINUTE;
  while (clock.nowMs() < until) {
    await settle(() => traffic.isQuiet() && windows.every(window => window.unanswered() === 0));
    clock.step();
  }
}

function open(kind: 'teller' | 'lobby'): SimulatedWindow {
  const [mine, hosts] = connectInProcess();
  branch.servePort(hosts, kind);
  let asked = 0;
  return openWindow(kind, mine, () => `trainee-${kind}-${++asked}`);
}

const happened = <T extends BranchEvent['type']>(type: T) =>
  events.filter(event => event.type === type) as Extract<BranchEvent, { type: T }>[];

beforeEach(async () => {
  clock = createVirtualClock();
  traffic = watchLoopbackTraffic();
  const started = await start(join(root, String(++folders)), true);
  if (!started.ok) throw new Error(started.error.code);
  branch = started.value;
  events = [];
  branch.host.onEvents(news => void events.push(...news));
});

afterEach(async () => {
  await branch.stop();
  traffic.stop();
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('practice mode', () => {
  it('[AS4] is a branch of its own id, with simulated devices and no upload, open at three in the morning', async () => {
    expect(branch.journal.branch).toBe(`practice-${SAMPLE_BANK.branch.id}`);
    expect(branch.host.state().document?.branch.id).toBe(branch.journal.branch);
    const { printers, boards, keypads } = branch.devices.hardware;
    expect(printers).toHaveLength(1);
    expect(boards).toHaveLength(SAMPLE_BANK.counters.length + 1);
    expect(keypads).toHaveLength(SAMPLE_BANK.counters.length);
    const lobby = open('lobby');
    const signedIn = await lobby.ask('sign-in', { staffNumber: '2001', password: SAMPLE_PASSWORD });
    if (!signedIn.ok) throw new Error(signedIn.error.code);
    await pass(1, [lobby]);
    expect((await lobby.look('lobby', {}, signedIn.value.session)).upload.state).toBe('off');
    expect(happened('ticket-issued').length).toBeGreaterThanOrEqual(6);
  });

  it('[AS4] customers come, colleagues call and serve them, and ratings are pressed; counter 1 is left free', async () => {
    await pass(12);
    expect(happened('ticket-issued').length).toBeGreaterThan(12);
    expect(happened('service-finished').length).toBeGreaterThan(3);
    expect(happened('rating-given').length).toBeGreaterThan(1);
    expect(happened('counter-opened').map(({ data }) => data.counterId)).not.toContain('counter-1');
    expect(happened('staff-signed-in').map(({ data }) => data.staffNumber)).not.toContain('1001');
    // Somebody heard the calls, so the voice is no alarm; no loudspeaker was needed.
    const voice = [...branch.host.state().devices.values()].find(({ kind }) => kind === 'voice');
    expect(voice?.health.status).toBe('ready');
  });

  it('[AS4] a trainee calls, serves and is rated by a simulated customer', async () => {
    const window = open('teller');
    const signedIn = await window.ask('sign-in', { staffNumber: '1001', password: SAMPLE_PASSWORD });
    if (!signedIn.ok) throw new Error(signedIn.error.code);
    const { session } = signedIn.value;
    const counterId = 'counter-1';
    await window.ask('open-counter', { counterId }, session);
    for (let served = 0; served < 4; served++) {
      await pass(1, [window]);
      const called = await window.ask('call-next', { counterId }, session);
      if (!called.ok) throw new Error(called.error.code);
      const args = { counterId, ticketId: called.value.ticketId };
      expect(await window.ask('start-service', args, session)).toMatchObject({ ok: true });
      await pass(2, [window]);
      expect(await window.ask('finish-service', args, session)).toMatchObject({ ok: true });
    }
    await pass(1, [window]);
    expect(happened('rating-given').some(({ data }) => data.counterId === counterId)).toBe(true);
  });

  it('[AS4] a trainee who signs in under a colleague’s number has the place; the colleague stands aside', async () => {
    // Which second the colleague starts to serve in hangs on the play; wait for it rather than guess it.
    const atCounter = () => branch.host.state().counters.get('counter-2')?.ticketId;
    const isServing = () => branch.host.state().tickets.get(atCounter() ?? '')?.status === 'serving';
    for (let minute = 0; minute < 15 && !isServing(); minute++) await pass(1);
    const inHand = { counterId: 'counter-2', ticketId: atCounter() ?? '' };
    const window = open('teller');
    const signedIn = await window.ask('sign-in', { staffNumber: '1002', password: SAMPLE_PASSWORD });
    if (!signedIn.ok) throw new Error(signedIn.error.code);
    await pass(6, [window]);
    const sessions = [...branch.host.state().sessions.values()];
    expect(sessions.filter(({ staffNumber }) => staffNumber === '1002')).toHaveLength(1);
    expect(happened('staff-signed-in').filter(({ data }) => data.staffNumber === '1002')).toHaveLength(2);
    // The counter and whoever sits there came along with the number.
    const { session } = signedIn.value;
    expect(atCounter()).toBe(inHand.ticketId);
    expect(await window.ask('finish-service', inHand, session)).toMatchObject({ ok: true });
    expect(await window.ask('sign-out', {}, session)).toMatchObject({ ok: true });
    await pass(2, [window]);
    expect(happened('staff-signed-in').filter(({ data }) => data.staffNumber === '1002')).toHaveLength(3);
  });

  it('[AS4] its journal never opens as a real one, nor a real one as practice', async () => {
    const practiceFolder = join(root, String(folders));
    await branch.stop();
    expect(await start(practiceFolder, false)).toMatchObject({ ok: false, error: { code: 'D408' } });
    const realFolder = join(root, 'real');
    const real = await start(realFolder, false);
    if (!real.ok) throw new Error(real.error.code);
    await real.value.stop();
    expect(await start(realFolder, true)).toMatchObject({ ok: false, error: { code: 'D408' } });
  });
});
