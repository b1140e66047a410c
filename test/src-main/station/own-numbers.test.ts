import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '#core/branch/commands.ts';
import { giveNumberBlocks } from '#main/station/give-blocks.ts';
import { createKeptCourier } from '#main/station/kept-courier.ts';
import { KeptDelivery, KeptEvent } from '#main/station/kept-delivery.ts';
import { deliveryOf, withKeptNumbers } from '#main/station/kept-work.ts';
import { type KeptDeed, openOutbox } from '#main/station/outbox.ts';
import { openOwnNumbers } from '#main/station/own-numbers.ts';
import { openBranch } from '../../core/played-branch.ts';
import { SEED } from '../../seed.ts';

/** A disk with one file, which can be full. */
function disk(text: string | null = null) {
  return {
    text,
    isFull: false,
    read() {
      return this.text;
    },
    write(next: string) {
      if (this.isFull) throw new Error('disk full');
      this.text = next;
    },
  };
}

const BLOCK = { first: 920, last: 939 };

describe('[BR5] the book of a PC’s own numbers', () => {
  test('knows after a start what was its own and how far it came that day', () => {
    const file = disk();
    const book = openOwnNumbers(file);
    expect(book.numbersOf('2026-03-02')).toBeNull();
    book.remember(BLOCK);
    expect(book.take('2026-03-02', 'A925')).toBe(true);
    expect(book.take('2026-03-02', 'B920')).toBe(true);
    const again = openOwnNumbers(disk(file.text));
    const lasts = new Map(Object.entries({ A: 925, B: 920 }));
    expect(again.numbersOf('2026-03-02')).toEqual({ ...BLOCK, lasts });
    // A clock that was set back to yesterday gives nothing of today once more.
    expect(again.numbersOf('2026-03-01')).toEqual({ ...BLOCK, lasts });
    expect(again.numbersOf('2026-03-03')).toEqual({ ...BLOCK, lasts: new Map() });
    // What the branch says is not its own any more it does not give.
    again.remember(null);
    expect(again.numbersOf('2026-03-02')).toBeNull();
  });

  test('a full disk promises nothing, a damaged file is no book', () => {
    const file = disk();
    const book = openOwnNumbers(file);
    book.remember(BLOCK);
    file.isFull = true;
    expect(book.take('2026-03-02', 'A920')).toBe(false);
    expect(book.numbersOf('2026-03-02')?.lasts.size).toBe(0);
    for (const text of ['{', '[]', '{"block":{"first":-1,"last":3},"day":"","lasts":{}}'])
      expect(openOwnNumbers(disk(text)).numbersOf('2026-03-02')).toBeNull();
  });

  test(`whatever the clock says, the highest number of a day is never forgotten (seed ${SEED})`, () => {
    const step = fc.record({
      day: fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-03'),
      value: fc.integer({ min: 900, max: 999 }),
    });
    fc.assert(
      fc.property(fc.array(step), steps => {
        const file = disk();
        openOwnNumbers(file).remember(BLOCK);
        let [day, highest] = ['', 0];
        for (const { day: shown, value } of steps) {
          openOwnNumbers(file).take(shown, `A${value}`);
          highest = shown > day ? value : Math.max(highest, value);
          day = shown > day ? shown : day;
          expect(openOwnNumbers(file).numbersOf(day)?.lasts.get('A')).toBe(highest);
        }
      }),
      { seed: SEED, numRuns: 50 },
    );
  });
});

describe('[BR5] who gets numbers of its own', () => {
  interface Pc {
    readonly printers: number;
    readonly protocol: number;
  }
  const given = (
    pcs: Readonly<Record<string, Pc>>,
    more: { isHost?: boolean; mayCall?: boolean; printers?: number } = {},
  ) => {
    const branch = openBranch();
    const { isHost = true, mayCall = true, printers = 1 } = more;
    giveNumberBlocks({
      own: 'pc-1',
      host: {
        state: () => branch.state,
        execute: ({ type, args }: Command) => branch.give(type, args as never) as never,
      },
      network: {
        stations: () => Object.keys(pcs),
        aboutOf: id => ({ printers: pcs[id]?.printers ?? 0 }) as never,
        connectionTo: id => ({ protocol: pcs[id]?.protocol }) as never,
      },
      replicator: { isHost: () => isHost, mayCall: () => mayCall },
      printers: () => printers,
    });
    return [...branch.state.stations.ownNumbers.keys()];
  };
  const printing = { printers: 1, protocol: 2 };

  test('every PC with a printer that is here, and the host', () => {
    expect(given({ 'pc-3': printing, 'pc-2': printing, 'pc-4': { ...printing, printers: 0 } })).toEqual([
      ...['pc-1', 'pc-2', 'pc-3'],
    ]);
    expect(given({ 'pc-2': printing }, { printers: 0 })).toEqual(['pc-2']);
  });

  test.each<[string, Record<string, Pc>, Parameters<typeof given>[1]]>([
    ['a branch of one PC', {}, {}],
    ['somebody with an earlier program', { 'pc-2': printing, 'pc-3': { printers: 0, protocol: 1 } }, {}],
    ['a PC that does not decide', { 'pc-2': printing }, { isHost: false }],
    ['a broken pair', { 'pc-2': printing }, { mayCall: false }],
  ])('nobody: %s', (_, pcs, more) => {
    expect(given(pcs, more)).toEqual([]);
  });
});

describe('[BR7] what is delivered', () => {
  const order = {
    type: 'start-service',
    args: { counterId: 'counter-1', ticketId: 'ticket-1' },
    actor: { kind: 'staff', staffNumber: '1001', sessionId: 'session-1' },
  } as const;
  const started = {
    type: 'service-started',
    data: { counterId: 'counter-1', ticketId: 'ticket-1' },
  } as const;
  const deed = (id: string, run: { id: string; atMs: number }, at = 1_000): KeptDeed => ({
    kind: 'window',
    id,
    window: 'teller',
    command: { id, type: 'start-service', args: { ...order.args }, session: 'token' },
    done: { at, run, order, events: [started], answer: {} },
  });

  test('is as old as a clock says that nobody sets; after a start, as the clock on the wall says', () => {
    const run = { id: 'run-1', atMs: 90_500 };
    const ages = (now: number) =>
      deliveryOf(
        [deed('a', { id: 'run-1', atMs: 500 }), deed('b', { id: 'run-0', atMs: 7 })],
        run,
        now,
      )?.deeds.map(({ ageMs }) => ageMs);
    expect(ages(61_000)).toEqual([90_000, 60_000]);
    expect(ages(0)).toEqual([90_000, 0]);
    expect(deliveryOf([], run, 0)).toBeNull();
  });

  test('counts for numbers whatever the day is: none that is kept is given again', () => {
    const outbox = openOutbox(disk());
    const { done, ...rest } = deed('a', { id: 'run-1', atMs: 0 });
    const branch = openBranch();
    branch.issue();
    const issued = branch.events.flatMap(event => (event.type === 'ticket-issued' ? [event] : []));
    const events = issued.map(({ type, data }) => ({ type, data: { ...data, number: 'A925' } }));
    outbox.add({ ...rest, ...(done ? { done: { ...done, events } } : {}) } as KeptDeed);
    const lasts = new Map(Object.entries({ A: 921, B: 930 }));
    expect([...withKeptNumbers({ ...BLOCK, lasts }, outbox).lasts]).toEqual([
      ['A', 925],
      ['B', 930],
    ]);
  });

  test('is on disk as it was, each deed apart from one that cannot be read', () => {
    const file = disk();
    const outbox = openOutbox(file);
    outbox.add(deed('a', { id: 'run-1', atMs: 0 }));
    outbox.add(deed('b', { id: 'run-1', atMs: 1 }));
    const kept = JSON.parse(file.text ?? '[]');
    const again = openOutbox(disk(JSON.stringify([kept[0], { kind: 'odd' }, kept[1]])));
    expect(again.all()).toEqual(outbox.all());
  });

  test('is what docs/link.md shows; nothing else is a deed', () => {
    const text = readFileSync(new URL('../../../docs/link.md', import.meta.url), 'utf8');
    const example = [...text.matchAll(/```json LinkFrame\n(.*?)```/gs)]
      .map(([, json]) => JSON.parse(json ?? '').m)
      .find(message => message.order?.type === 'kept-deeds');
    expect(KeptDelivery.parse(example.order).deeds).toHaveLength(1);
    for (const type of ['ticket-called', 'epoch-raised', 'no-such-event'])
      expect(KeptEvent.safeParse({ ...started, type }).success).toBe(false);
    expect(KeptEvent.safeParse({ ...started, data: { ...started.data, more: 1 } }).success).toBe(false);
  });

  test('is sent until it is answered, and given up with the link', async () => {
    const sent: string[] = [];
    let again = () => {};
    let hasLink = true;
    const clock = {
      nowMs: () => 0,
      after(_: number, task: () => void) {
        again = task;
        return () => {
          again = () => {};
        };
      },
    };
    let ids = 0;
    const courier = createKeptCourier(
      clock,
      () => `id-${++ids}`,
      (_, id) => hasLink && sent.push(id) > 0,
    );
    const make = () => deliveryOf([deed('a', { id: 'run-1', atMs: 0 })], { id: 'run-1', atMs: 1 }, 0);
    const word = courier.give(make);
    again();
    expect(sent).toEqual(['id-1', 'id-1']);
    expect(courier.answered('another', null, {})).toBe(false);
    expect(courier.answered('id-1', 'D403', { taken: 0 })).toBe(true);
    expect(await word).toEqual({ code: 'D403', taken: 0 });
    const lost = courier.give(make);
    hasLink = false;
    again();
    expect(await lost).toBeNull();
    expect(courier.answered('id-2', null, {})).toBe(false);
  });
});
