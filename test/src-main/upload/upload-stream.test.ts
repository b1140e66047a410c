import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { type BranchStatus, MAX_BATCH_BYTES } from '#core/wire/upload.ts';
import { createServer } from '#head-office/server.ts';
import type { Database } from '#head-office/storage/database.ts';
import { headOfficeCalls } from '#main/upload/head-office-calls.ts';
import { pushBody } from '#main/upload/push-body.ts';
import { createStatusSender } from '#main/upload/status-sender.ts';
import { createUploadClient, type UploadClient, type UploadView } from '#main/upload/upload-client.ts';
import type { UploadCursor } from '#main/upload/upload-machine.ts';
import { heldOf, KEY, makeJournal, openTestDatabase } from '../../head-office/support.ts';

const seed = Number(process.env.FOYER_SEED ?? 20_260_304);
const patience = { startJitterMs: 2, backOffBaseMs: 2, backOffMaxMs: 10, slowRetryMs: 15 };

let database: Database;
let app: FastifyInstance | null = null;
let port = 0;

async function startServer(): Promise<void> {
  app = await createServer({
    database,
    fold: { report: () => ({ figures: null, unknown: 0 }) },
    enrolOpen: true,
    consoleKey: null,
    consoleFolder: '/nowhere',
    clock: Date.now,
  });
  await app.listen({ host: '127.0.0.1', port });
  const address = app.server.address();
  if (typeof address === 'object' && address !== null) port = address.port;
}

async function stopServer(): Promise<void> {
  await app?.close();
  app = null;
}

beforeAll(async () => {
  database = await openTestDatabase('foyer_client_test');
  await startServer();
}, 60_000);

afterAll(async () => {
  await stopServer();
  await database?.close();
});

/** A branch with a journal in memory and the real client. */
class TestBranch {
  readonly name: string;
  readonly errors: unknown[] = [];
  journal: EventEnvelope[] = [];
  cursor: UploadCursor | null = null;
  epoch = 1;
  client: UploadClient;

  constructor(name: string, fetch: typeof globalThis.fetch = globalThis.fetch, key = KEY) {
    this.name = name;
    const url = `http://127.0.0.1:${port}/`;
    this.client = createUploadClient({
      source: {
        read: (from, limit) => this.journal.filter(event => event.seq >= from).slice(0, limit),
        last: () => this.journal.at(-1)?.seq ?? 0,
        loadCursor: () => this.cursor,
        saveCursor: cursor => {
          this.cursor = cursor;
        },
      },
      calls: headOfficeCalls({ url, branch: name, key, timeOutMs: 5_000, fetch }),
      epoch: () => this.epoch,
      random: () => 0.5,
      onError: error => this.errors.push(error),
      patience,
    });
  }

  append(count: number, mark = ''): void {
    this.journal = makeJournal(this.name, count, { after: this.journal, mark });
    this.client.notifyAppended();
  }

  /** Resolves with the first view that fits. */
  until(fits: (view: UploadView) => boolean): Promise<UploadView> {
    return new Promise(resolve => {
      let stop = () => {};
      stop = this.client.onState(view => {
        if (!fits(view)) return;
        queueMicrotask(() => stop());
        resolve(view);
      });
    });
  }

  async upToDate(): Promise<void> {
    await this.until(view => view.state === 'up-to-date' && view.durableSeq === this.journal.length);
  }

  hashes(): string[] {
    return this.journal.map(event => event.hash);
  }
}

describe('the upload of a branch', () => {
  it('[HO1] sends what there is, then every append, in batches', async () => {
    const branch = new TestBranch('plain');
    const states = new Set<string>();
    branch.client.onState(view => states.add(view.state));
    branch.append(1203);
    await branch.client.start();
    await branch.upToDate();
    branch.append(2);
    await branch.upToDate();
    expect(await heldOf(database, 'plain')).toEqual(branch.hashes());
    expect([...states]).toEqual(['off', 'waiting', 'sending', 'up-to-date']);
    branch.client.stop();
    expect(branch.client.view().state).toBe('off');
    expect(branch.errors).toEqual([]);
  });

  it('[HO2] offline, then back: catches up by itself', async () => {
    const branch = new TestBranch('offline');
    branch.append(3);
    await branch.client.start();
    await branch.upToDate();
    await stopServer();
    branch.append(700);
    expect(await branch.until(view => view.code !== null)).toMatchObject({ state: 'waiting', code: 'U501' });
    branch.append(10);
    await startServer();
    await branch.upToDate();
    expect(await heldOf(database, 'offline')).toEqual(branch.hashes());
    branch.client.stop();
  });

  it('[HO1] a restarted program without its cursor goes on where head office stands', async () => {
    const branch = new TestBranch('restarted');
    branch.append(5);
    await branch.client.start();
    await branch.upToDate();
    branch.client.stop();
    branch.cursor = null;
    branch.append(5);
    await branch.client.start();
    await branch.upToDate();
    expect(await heldOf(database, 'restarted')).toEqual(branch.hashes());
    branch.client.stop();
  });

  it('[HO1] a journal that was rewritten stops with U503, and head office keeps the proof', async () => {
    const branch = new TestBranch('rewritten');
    branch.append(6);
    await branch.client.start();
    await branch.upToDate();
    const held = branch.hashes();
    branch.client.stop();
    branch.journal = makeJournal('rewritten', 2, { after: branch.journal.slice(0, 4), mark: 'other' });
    await branch.client.start();
    await branch.until(view => view.code === 'U503');
    expect(await heldOf(database, 'rewritten')).toEqual(held);
    expect(await database.query(`SELECT 1 FROM fork WHERE branch_id = 'rewritten'`)).toHaveLength(1);
    branch.client.stop();
  });

  it('a wrong key waits with U504 and goes on once it is right', async () => {
    const first = new TestBranch('keyed');
    first.append(2);
    await first.client.start();
    await first.upToDate();
    first.client.stop();
    const wrong = new TestBranch('keyed', globalThis.fetch, 'not-the-key-of-keyed');
    await wrong.client.start();
    expect((await wrong.until(view => view.code !== null)).code).toBe('U504');
    wrong.client.stop();
  });

  it('[HO1] an old host is refused with U505', async () => {
    const branch = new TestBranch('two-hosts');
    branch.append(2);
    branch.epoch = 2;
    await branch.client.start();
    await branch.upToDate();
    branch.epoch = 1;
    branch.append(1);
    expect((await branch.until(view => view.code !== null)).code).toBe('U505');
    branch.epoch = 3;
    await branch.upToDate();
    branch.client.stop();
  });

  it('says U502 when head office wants events the branch no longer has', async () => {
    const branch = new TestBranch('trimmed');
    branch.append(10);
    branch.journal = branch.journal.slice(5);
    await branch.client.start();
    expect((await branch.until(view => view.code !== null)).code).toBe('U502');
    branch.client.stop();
  });

  it('a journal that cannot be read is told and tried again', async () => {
    const branch = new TestBranch('sick');
    branch.append(3);
    const whole = branch.journal;
    Object.defineProperty(branch, 'journal', {
      configurable: true,
      get() {
        if (branch.errors.length < 2 && new Error().stack?.includes('read')) throw new Error('disk');
        return whole;
      },
    });
    await branch.client.start();
    await branch.upToDate();
    expect(branch.errors).toHaveLength(2);
    branch.client.stop();
  });
});

/** Loses requests, loses answers, sends twice, and sends an old request again late, all by the numbers of `next`. */
function unreliable(next: () => number): typeof globalThis.fetch {
  const old: (() => Promise<Response>)[] = [];
  return async (input, init) => {
    const send = () => globalThis.fetch(input, init);
    const again = () =>
      send()
        .then(response => response.text())
        .catch(() => '');
    const luck = next();
    if (luck < 0.15) throw new TypeError('request lost');
    old.push(send);
    if (luck < 0.25) {
      await again();
      throw new TypeError('answer lost');
    }
    if (luck < 0.35) await again();
    if (luck < 0.5) {
      const late = old[Math.floor(next() * old.length)];
      await late?.()
        .then(response => response.text())
        .catch(() => '');
    }
    return send();
  };
}

describe('the upload in bad weather', () => {
  it(`[HO1] drops, repeats, reorders and restarts leave both ends equal (seed ${seed})`, {
    timeout: 60_000,
  }, async () => {
    let run = 0;
    const weather = fc.array(
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            what: fc.constant('append' as const),
            count: fc.integer({ min: 1, max: 250 }),
          }),
        },
        {
          weight: 2,
          arbitrary: fc.record({
            what: fc.constantFrom('restart server', 'restart branch', 'lose cursor', 'rest'),
          }),
        },
      ),
      { minLength: 4, maxLength: 10 },
    );
    const luck = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 20, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(weather, luck, async (steps, numbers) => {
        run++;
        let drawn = 0;
        const branch = new TestBranch(
          `weather-${run}`,
          unreliable(() => numbers[drawn++ % numbers.length] ?? 0.9),
        );
        // Luck that is all bad would never let anything through.
        numbers.push(0.9, 0.9);
        await branch.client.start();
        for (const step of steps) {
          if (step.what === 'append') branch.append(step.count);
          if (step.what === 'restart server') {
            await stopServer();
            await startServer();
          }
          if (step.what === 'restart branch' || step.what === 'lose cursor') {
            branch.client.stop();
            if (step.what === 'lose cursor') branch.cursor = null;
            await branch.client.start();
          }
          if (step.what === 'rest') await branch.until(view => view.state !== 'off');
        }
        await branch.upToDate();
        branch.client.stop();
        expect(await heldOf(database, branch.name)).toEqual(branch.hashes());
        expect(branch.errors).toEqual([]);
      }),
      { seed, numRuns: 12 },
    );
    expect(await database.query(`SELECT 1 FROM fork WHERE branch_id LIKE 'weather-%'`)).toEqual([]);
  });
});

describe('pushBody', () => {
  it('[HO1] stays within a batch and sends an event that is larger alone', () => {
    const journal = makeJournal('bytes', 400, { mark: '号'.repeat(500) });
    const [first, ...more] = journal;
    if (first === undefined) throw new Error('no event');
    const body = pushBody([first, ...more], '0'.repeat(64), 1);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    const { from, to, events } = JSON.parse(body);
    expect(events).toEqual(journal.slice(from - 1, to));
    expect(Buffer.byteLength(JSON.stringify(events)) + 2 * 1700).toBeGreaterThan(MAX_BATCH_BYTES - 512);
    const [large] = makeJournal('bytes', 1, { mark: 'x'.repeat(MAX_BATCH_BYTES) });
    if (large === undefined) throw new Error('no event');
    expect(JSON.parse(pushBody([large, first], '0'.repeat(64), 1)).events).toHaveLength(1);
  });
});

describe('the live status', () => {
  const status = { waiting: 1 } as BranchStatus;

  it('[HO2] goes out at the start, soon after changes together, and by itself', async () => {
    const sent: number[] = [];
    let waiting = 0;
    let wake = () => {};
    const reached = (count: number) =>
      new Promise<void>(resolve => {
        wake = () => sent.length >= count && resolve();
        wake();
      });
    const sender = createStatusSender(
      {
        async status(message) {
          sent.push(message.waiting);
          wake();
          return { ok: true, answer: null };
        },
      },
      () => ({ ...status, waiting }),
      { everyMs: 60_000, soonMs: 5 },
    );
    sender.start();
    await reached(1);
    for (waiting = 1; waiting < 9; waiting++) sender.notifyChanged();
    await reached(2);
    expect(sent).toEqual([0, 9]);
    sender.stop();
    sender.notifyChanged();
    const often = createStatusSender(
      {
        async status() {
          sent.push(100);
          wake();
          return { ok: true, answer: null };
        },
      },
      () => status,
      { everyMs: 2, soonMs: 2 },
    );
    often.start();
    await reached(6);
    often.stop();
  });
});
