import { expect, test } from 'vitest';
import { EVENT_VERSIONS, type NewEvent } from '#core/branch/events.ts';
import { mergeLateEvents } from '#core/branch/merge-late.ts';
import { newLateBatches } from '#core/replication/late.ts';
import { roleEventOf } from '#core/replication/role-events.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { startHost } from '#main/host/host.ts';
import type { Host } from '#main/host/host-contract.ts';
import { lateJournalBatches } from '#main/journal/check-batches.ts';
import type { Journal } from '#main/journal/journal.ts';
import { MORNING_MS, open, temporaryFolder, unwrap } from './journal-fixture.ts';

const ALL = { after: 0, maxBytes: Number.POSITIVE_INFINITY };
const BRANCH = { branch: SAMPLE_BANK.branch.id };
let ids = 0;

function hostOn(journal: Journal, station: string): Host {
  return unwrap(startHost({ journal, now: () => MORNING_MS, station }));
}

function issue(host: Host, commandId: string): unknown {
  const args = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;
  const command = { type: 'issue-ticket', args, actor: { kind: 'customer' }, station: 'kiosk' } as const;
  return unwrap(host.execute(command as never, commandId)).number;
}

/** Records something no command asked for, as the station runtime will. */
function record(journal: Journal, { type, data }: NewEvent): void {
  const event = { at: MORNING_MS, type, version: EVENT_VERSIONS[type], actor: 'system', station: 'pc' };
  unwrap(journal.append({ events: [{ ...event, id: `role-${ids++}`, data }] }));
}

test('[BR5][BR6] a take-over, the old host’s return and its late events, on two real journals', () => {
  const [one, two] = [open(temporaryFolder(), BRANCH), open(temporaryFolder(), BRANCH)];
  const first = hostOn(one, 'pc-1');
  unwrap(
    first.execute({
      ...{ type: 'apply-bank-document', args: { document: SAMPLE_BANK }, actor: { kind: 'system' } },
      station: 'pc-1',
    } as never),
  );
  const began = { epoch: 1, host: 'pc-1', by: 'start', tookOver: false, over: null } as const;
  record(one, roleEventOf({ kind: 'epoch-raised', ...began }));
  record(one, roleEventOf({ kind: 'pair-made', standby: 'pc-2' }));
  const paired = hostOn(one, 'pc-1');
  expect(issue(paired, 'both')).toBe('A001');
  unwrap(two.appendBatches(one.batches(ALL)));
  // The link is lost: the old host issues alone, the standby takes over.
  expect(issue(paired, 'alone')).toBe('A002');
  unwrap(two.raiseEpoch(2));
  const took = { epoch: 2, host: 'pc-2', by: 'hand', tookOver: true, over: null } as const;
  record(two, roleEventOf({ kind: 'epoch-raised', ...took }));
  expect(issue(hostOn(two, 'pc-2'), 'new')).toBe('A800');

  // It is back: it moves aside what it has alone, follows, and brings it.
  const common = two.epochEnds().findLast(({ seq, hash }) => one.hashAt(seq) === hash)?.seq ?? 0;
  unwrap(one.cutAfter(common));
  unwrap(one.appendBatches(two.batches({ after: common, maxBytes: Number.POSITIVE_INFINITY })));
  const { state } = hostOn(two, 'pc-2');
  const late = newLateBatches(one.aside(), lateJournalBatches, state().stations.roles, two);
  expect(late.fresh).toHaveLength(1);
  record(two, mergeLateEvents(state(), 'pc-1', late.hashes, late.fresh));
  unwrap(one.appendBatches(two.batches({ after: one.last().seq, maxBytes: Number.POSITIVE_INFINITY })));

  expect(one.last()).toEqual(two.last());
  expect([one.aside(), one.aside('all').length]).toEqual([[], 1]);
  const [here, there] = [hostOn(one, 'pc-1'), hostOn(two, 'pc-2')];
  expect(here.state()).toEqual(there.state());
  expect(here.figures()).toEqual(there.figures());
  const numbers = [...there.state().tickets.values()].map(({ number }) => number);
  expect(numbers.toSorted()).toEqual(['A001', 'A002', 'A800']);
  // A retry of what the old host had answered has no second effect, and the main block goes on.
  expect(issue(there, 'alone')).toBe('A002');
  expect(issue(there, 'next')).toBe('A003');
});
