import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Command } from '#core/branch/commands.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { startHost } from '#main/host/host.ts';
import type { Host, HostAmongStations } from '#main/host/host-contract.ts';
import type { JournalBatch } from '#main/journal/check-batches.ts';
import type { Journal } from '#main/journal/journal.ts';
import { createBranchLog } from '#main/station/branch-log.ts';
import { createReplicator } from '#main/station/replicator.ts';
import { NO_HEAD_OFFICE, type StationMessage } from '#main/station/station-network.ts';
import { createHandClock } from '../../drivers/hand-clock.ts';
import { MORNING_MS, open, temporaryFolder, unwrap } from '../journal/journal-fixture.ts';

/** One PC of two: its journal and its host, and what the host gave to other PCs. */
function makePc(isHost: boolean) {
  const journal = open(temporaryFolder(), { branch: SAMPLE_BANK.branch.id });
  const batches: JournalBatch[] = [];
  let onRecorded = (_batch: JournalBatch, _commandId: string) => {};
  const stations: HostAmongStations = {
    ...{ isHost: () => isHost, mayFollowUnread: () => true, refuse: () => undefined, kept: () => [] },
    ...{
      passOn: () => ({ ok: false, error: { code: 'U551' } }),
      repeated: () => {},
      hostBlock: () => undefined,
    },
    recorded(batch, commandId) {
      batches.push(batch);
      onRecorded(batch, commandId ?? '');
    },
  };
  const host: Host = unwrap(startHost({ journal, now: () => MORNING_MS, station: 'pc-1', stations }));
  const give = (type: string, args: unknown, id: string, actor: unknown = { kind: 'system' }) =>
    unwrap(host.execute({ type, args, actor, station: 'pc-1' } as Command, id));
  return {
    ...{ journal, host, batches },
    listen: (listener: typeof onRecorded) => {
      onRecorded = listener;
    },
    configure: () => give('apply-bank-document', { document: SAMPLE_BANK }, 'document'),
    issue: (id: string) => {
      const args = { businessId: 'personal-cash', language: 'zh', largeType: false };
      return give('issue-ticket', args, id, { kind: 'customer' });
    },
  };
}

const logOf = (pc: { readonly host: Host; readonly journal: Journal }) =>
  createBranchLog(pc.host, pc.journal, trouble => expect.fail(JSON.stringify(trouble)));

describe('[BR3] what waits for a disk or an answer goes first', () => {
  test('who is told of a batch and asks for the state has the one after it', () => {
    const pc = makePc(true);
    pc.configure();
    const seen: number[] = [];
    pc.listen(() => seen.push(pc.host.state().tickets.size));
    pc.issue('first');
    pc.issue('second');
    expect(seen).toEqual([1, 2]);
    expect([pc.host.state().tickets.size, pc.host.shown().tickets.size]).toEqual([2, 0]);
    pc.host.release(pc.journal.last().seq, false);
    expect(pc.host.shown().tickets.size).toBe(2);
  });

  test('a standby takes up what it stored before it shows, tells or records anything', () => {
    const host = makePc(true);
    host.configure();
    host.issue('first');
    host.batches.push(unwrap(host.host.record([{ type: 'standby-named', data: { standby: 'pc-2' } }])));
    const standby = makePc(false);
    const log = logOf(standby);
    expect(log.store(host.batches)).toBe(true);
    expect(standby.journal.last()).toEqual(host.journal.last());
    expect(log.roles().standby).toBe('pc-2');
    log.release(standby.journal.last().seq, false);
    expect(standby.host.shown().tickets.size).toBe(1);
  });

  test('what was stored and cut again is not taken up', () => {
    const host = makePc(true);
    host.configure();
    host.issue('first');
    host.issue('second');
    const standby = makePc(false);
    const log = logOf(standby);
    expect(log.store(host.batches)).toBe(true);
    const [, , last] = host.batches;
    log.cut({ seq: (last?.firstSeq ?? 0) - 1, hash: last?.previousHash ?? '' });
    log.release(99, false);
    expect([standby.host.state().tickets.size, standby.host.shown().tickets.size]).toEqual([1, 1]);
  });

  test('an answer leaves before the screens and the other PCs hear of it', async () => {
    const pc = makePc(true);
    const order: string[] = [];
    let say = (_from: string, _message: StationMessage) => {};
    const data = { epoch: 1, host: 'pc-1', by: 'start', tookOver: false, over: null } as const;
    unwrap(pc.host.record([{ type: 'epoch-raised', data }]));
    unwrap(pc.journal.rememberSeen({ epoch: 1, host: 'pc-1', asked: false }));
    const replicator = createReplicator({
      ...{ station: 'pc-1', seen: { epoch: 1, host: 'pc-1', asked: false }, log: logOf(pc) },
      ...{ headOffice: NO_HEAD_OFFICE, clock: createHandClock() },
      network: {
        send: () => {},
        onMessage(listener) {
          say = listener;
        },
        sendSafe: () => void order.push('other PCs'),
        onSafe: () => {},
        stations: () => ['pc-2'],
      },
    });
    onTestFinished(() => replicator.stop());
    pc.listen((batch, commandId) => replicator.recorded(batch, commandId, false));
    replicator.start();
    pc.configure();
    unwrap(replicator.nameStandby('pc-2'));
    const stored = () => say('pc-2', { kind: 'stored', epoch: 1, host: 'pc-1', place: pc.journal.last() });
    stored();
    stored();
    expect(replicator.status().pair).toBe('whole');

    pc.host.onEvents(() => order.push('screens'));
    pc.issue('first');
    const answered = replicator.whenSafe('first')?.then(() => order.push('answer'));
    // What was answered before has been told.
    await nextTurn();
    order.length = 0;
    stored();
    await answered;
    await nextTurn();
    expect(order).toEqual(['answer', 'screens', 'other PCs']);
  });
});
