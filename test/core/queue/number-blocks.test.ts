import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BankDocument } from '#core/branch/bank-document.ts';
import { DEFAULT_NUMBERING, type NumberBlock } from '#core/branch/bank-numbering.ts';
import { blockOfHost, nextNumberAt, withNumber } from '#core/queue/numbers.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { SEED } from '../../seed.ts';
import { bankWith, CUSTOMER, openBranch, type PlayedBranch } from '../played-branch.ts';

const range = (firstNumber: number, lastNumber: number) => ({ firstNumber, lastNumber });

describe('[BR5] blocks of a queue', () => {
  it('main is what of the range lies in it, the others are the rules’ own', () => {
    const blocksOf = (first: number, last: number) =>
      [0, 1, 2].map(index => blockOfHost(range(first, last), index, DEFAULT_NUMBERING));
    const standby = { first: 800, last: 899 };
    expect(blocksOf(1, 999)).toEqual([{ first: 1, last: 799 }, standby, null]);
    expect(blocksOf(1, 799)).toEqual([{ first: 1, last: 799 }, standby, null]);
    expect(blocksOf(101, 200)).toEqual([{ first: 101, last: 200 }, standby, null]);
    expect(blocksOf(850, 950)).toEqual([null, standby, null]);
  });

  it(`no number is given twice, whatever the block and the range are at the time (seed ${SEED})`, () => {
    const step = fc.record({
      block: fc.constantFrom(0, 1, 2),
      first: fc.integer({ min: 780, max: 830 }),
      size: fc.integer({ min: 1, max: 60 }),
      count: fc.integer({ min: 1, max: 12 }),
    });
    const numbering = {
      ...DEFAULT_NUMBERING,
      hosts: [...DEFAULT_NUMBERING.hosts, ...DEFAULT_NUMBERING.printing],
      printing: [],
    };
    const [sample] = SAMPLE_BANK.queues;
    if (sample === undefined) throw new Error('no queue');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        const given: number[] = [];
        let runs: readonly NumberBlock[] = [];
        for (const { block, first, size, count } of steps)
          for (let index = 0; index < count; index += 1) {
            const queue = { ...sample, prefix: 'Z', ...range(first, first + size - 1) };
            const place = { numbering, block, lasts: new Map(), runs: new Map([['Z', runs]]), held: [] };
            const next = nextNumberAt(queue, place);
            if (next === undefined) break;
            given.push(next.value);
            runs = withNumber(runs, next.value);
          }
        expect(new Set(given).size).toBe(given.length);
      }),
      { seed: SEED },
    );
  });

  it('are checked with the bank document; one without them gets the default', () => {
    const { numbering: _, ...old } = SAMPLE_BANK;
    expect(BankDocument.parse(old).numbering).toEqual(DEFAULT_NUMBERING);
    const refused = (hosts: NumberBlock[]) =>
      BankDocument.safeParse({
        ...SAMPLE_BANK,
        numbering: { ...DEFAULT_NUMBERING, hosts },
      }).error?.issues.map(({ path }) => path.join('.'));
    expect(refused([{ first: 1, last: 900 }])).toEqual(['numbering.printing.0.first']);
    expect(refused([{ first: 9, last: 8 }])).toEqual(['numbering.hosts.0.last']);
  });
});

describe('[BR5] which block a host gives numbers from', () => {
  const happen = (branch: PlayedBranch, type: string, data: object) =>
    branch.happen({ type, data, at: branch.now, actor: 'system', station: 'pc-1' } as never);
  const raise = (branch: PlayedBranch, epoch: number, host: string, tookOver: boolean) =>
    happen(branch, 'epoch-raised', { epoch, host, by: 'start', tookOver, over: null });
  const next = (branch: PlayedBranch) => branch.ticket(branch.issue()).number;
  const queues = SAMPLE_BANK.queues.map(queue => ({ ...queue, ...range(1, 999) }));

  it('one PC: the whole range, as ever', () => {
    const branch = openBranch(bankWith({ queues: queues.map(queue => ({ ...queue, firstNumber: 799 })) }));
    raise(branch, 1, 'pc-1', false);
    expect([next(branch), next(branch)]).toEqual(['A799', 'A800']);
  });

  it('main while paired, the standby’s after a take-over, main again when the old host’s last word is here', () => {
    const branch = openBranch(bankWith({ queues }));
    raise(branch, 1, 'pc-1', false);
    expect(next(branch)).toBe('A001');
    happen(branch, 'standby-named', { standby: 'pc-2' });
    expect(next(branch)).toBe('A002');
    raise(branch, 2, 'pc-2', true);
    expect([next(branch), next(branch)]).toEqual(['A800', 'A801']);
    const nothing = { fromStation: 'pc-1', hashes: [], batches: [], conflicts: [], stale: [] };
    happen(branch, 'late-events-merged', nothing);
    expect(next(branch)).toBe('A003');
    // A second take-over before the first host is back has no block left: it takes parts nobody has.
    raise(branch, 3, 'pc-1', true);
    expect(next(branch)).toBe('A802');
    raise(branch, 4, 'pc-3', true);
    expect(next(branch)).toBe('A940');
    for (const [epoch, host, number] of [
      [5, 'pc-4', 'A920'],
      [6, 'pc-5', 'A900'],
    ] as const) {
      raise(branch, epoch, host, true);
      expect(next(branch)).toBe(number);
    }
    raise(branch, 7, 'pc-6', true);
    const args = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('T802');
  });

  it('main again on the next day, though the old host never comes back', () => {
    const branch = openBranch(bankWith({ queues }));
    raise(branch, 1, 'pc-1', false);
    happen(branch, 'standby-named', { standby: 'pc-2' });
    raise(branch, 2, 'pc-2', true);
    expect(next(branch)).toBe('A800');
    happen(branch, 'business-day-started', { businessDay: '2026-03-03' });
    expect(next(branch)).toBe('A001');
    // Today's take-over. The host of yesterday still owes its last word, and may give from the standby's block alone.
    happen(branch, 'standby-named', { standby: 'pc-3' });
    raise(branch, 3, 'pc-3', true);
    expect(next(branch)).toBe('A940');
    expect(branch.state.stations.roles.unaccounted.map(({ station }) => station)).toEqual(['pc-1', 'pc-2']);
    const nothing = { fromStation: 'pc-1', hashes: [], batches: [], conflicts: [], stale: [] };
    happen(branch, 'late-events-merged', nothing);
    expect(next(branch)).toBe('A941');
    happen(branch, 'late-events-merged', { ...nothing, fromStation: 'pc-2' });
    expect(next(branch)).toBe('A002');
  });

  it('a used-up block is used up, though the range is not', () => {
    const branch = openBranch(bankWith({ queues: queues.map(queue => ({ ...queue, ...range(798, 999) })) }));
    happen(branch, 'standby-named', { standby: 'pc-2' });
    expect([next(branch), next(branch)]).toEqual(['A798', 'A799']);
    const args = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('T802');
  });

  it('whole ranges again on the day after the standby has left', () => {
    const branch = openBranch(bankWith({ queues }));
    happen(branch, 'standby-named', { standby: 'pc-2' });
    happen(branch, 'standby-leaving', {});
    happen(branch, 'standby-left', {});
    expect(branch.state.stations.usesBlocks).toBe(true);
    happen(branch, 'business-day-started', { businessDay: '2026-03-03' });
    expect(branch.state.stations.usesBlocks).toBe(false);
  });
});
