import { describe, expect, test } from 'vitest';
import { GENESIS_HASH } from '#core/wire/event-chain.ts';
import { batchOfAppend, type JournalBatch } from '#main/journal/check-batches.ts';
import type { Journal } from '#main/journal/journal.ts';
import { sealEvents } from '#main/journal/seal-events.ts';
import { sha256Hex } from '#main/journal/sha256.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import {
  appendMany,
  codeOf,
  everyEvent,
  happening,
  open,
  temporaryFolder,
  tryOpen,
  unwrap,
} from './journal-fixture.ts';

const ALL = { after: 0, maxBytes: Number.POSITIVE_INFINITY };

/** A command with two events. */
function command(journal: Journal, n: number): void {
  const events = [happening(n), happening(n + 1)];
  unwrap(journal.append({ events, command: { id: `c${n}`, fingerprint: 'f', answer: { n } } }));
}

/** Two journals of one branch: the second has copied the first. */
function pair(): { host: Journal; standby: Journal; folders: string[] } {
  const folders = [temporaryFolder(), temporaryFolder()];
  const [host, standby] = folders.map(folder => open(folder)) as [Journal, Journal];
  appendMany(host, 1, 2);
  command(host, 3);
  unwrap(standby.appendBatches(host.batches(ALL)));
  return { host, standby, folders };
}

/** Everything of a journal that must not change when a batch is refused. */
function picture(journal: Journal): unknown {
  const { epoch } = journal;
  return [everyEvent(journal), journal.batches(ALL), journal.aside('all'), journal.epochEnds(), epoch];
}

describe('[BR3] batches', () => {
  test('are the events of one append, with the command they came from', () => {
    const { host } = pair();
    const [one, two, three, ...more] = host.batches(ALL);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      firstSeq: 1,
      lastSeq: 1,
      previousHash: GENESIS_HASH,
      command: null,
      epoch: 1,
    });
    expect(two?.previousHash).toBe(one?.hash);
    expect(three).toMatchObject({ firstSeq: 3, lastSeq: 4, change: null });
    expect(three?.command).toEqual({ id: 'c3', fingerprint: 'f', answer: { n: 3 } });
    expect(three?.events.map(({ seq }) => seq)).toEqual([3, 4]);
    expect(host.seqOfCommand('c3')).toBe(4);
    // What the host sends without reading it again is what it would read.
    const before = host.last();
    const answer = { id: 'c8', fingerprint: 'f', answer: { n: 8 } };
    const events = unwrap(host.append({ events: [happening(8)], command: answer }));
    expect([batchOfAppend(before, events, answer)]).toEqual(host.batches({ after: before.seq, maxBytes: 1 }));
    expect(batchOfAppend(before, [], answer)).toBeNull();
    expect(host.seqOfCommand('c9')).toBeNull();
  });

  test('come from a place on, as many as fit, at least one', () => {
    const { host } = pair();
    expect(host.batches({ after: 1, maxBytes: 1 }).map(({ lastSeq }) => lastSeq)).toEqual([2]);
    expect(host.batches({ after: 2, maxBytes: 1e6 }).map(({ lastSeq }) => lastSeq)).toEqual([4]);
    expect(host.batches({ after: 4, maxBytes: 1e6 })).toEqual([]);
  });

  test('stored elsewhere give the same journal, answers of commands included', () => {
    const { host, standby, folders } = pair();
    expect(everyEvent(standby)).toEqual(everyEvent(host));
    expect(standby.batches(ALL)).toEqual(host.batches(ALL));
    expect(standby.answerOf('c3')).toEqual({ fingerprint: 'f', answer: { n: 3 } });
    expect(standby.last()).toEqual(host.last());
    standby.close();
    expect(unwrap(verifyJournalFile(folders[1] ?? ''))).toEqual({ whole: true, end: host.last() });
    // The host may follow the standby in turn.
    const again = open(folders[1] ?? '');
    command(again, 5);
    unwrap(host.appendBatches(again.batches({ after: 4, maxBytes: 1e6 })));
    expect(host.last()).toEqual(again.last());
  });
});

describe('[BR5] a bad batch is refused whole and changes nothing', () => {
  const good = (): { standby: Journal; batches: JournalBatch[] } => {
    const { host, standby } = pair();
    appendMany(host, 5, 5);
    command(host, 6);
    return { standby, batches: [...host.batches({ after: 4, maxBytes: 1e6 })] };
  };
  const change = (batches: JournalBatch[], index: number, work: (batch: JournalBatch) => JournalBatch) =>
    batches.map((batch, at) => (at === index ? work(batch) : batch));
  const firstEvent = (batch: JournalBatch, more: object): JournalBatch => ({
    ...batch,
    events: batch.events.map((event, index) => (index === 0 ? { ...event, ...more } : event)),
  });

  const bad: [string, string, (batches: JournalBatch[]) => JournalBatch[]][] = [
    ['a gap', 'U530', batches => batches.slice(1)],
    ['another history', 'U530', b => change(b, 0, one => ({ ...one, previousHash: GENESIS_HASH }))],
    ['changed data', 'U531', b => change(b, 1, one => firstEvent(one, { data: { n: 99 } }))],
    ['another time', 'U531', b => change(b, 1, one => firstEvent(one, { at: 1 }))],
    ['another branch', 'U531', b => change(b, 1, one => firstEvent(one, { branch: '0202' }))],
    ['a wrong shape', 'U531', b => change(b, 1, one => firstEvent(one, { actor: '' }))],
    ['a number out of turn', 'U531', b => change(b, 1, one => firstEvent(one, { seq: 9 }))],
    ['an event too few', 'U531', b => change(b, 1, one => ({ ...one, events: one.events.slice(1) }))],
    ['no events', 'U531', b => change(b, 1, one => ({ ...one, events: [] }))],
    ['a wrong end', 'U531', b => change(b, 1, one => ({ ...one, lastSeq: 9 }))],
    ['a wrong seal', 'U531', b => change(b, 1, one => ({ ...one, hash: GENESIS_HASH }))],
    ['an epoch of its own', 'U531', b => change(b, 1, one => ({ ...one, epoch: 2 }))],
    ['a role no event gives', 'U531', b => change(b, 1, one => ({ ...one, change: { kind: 'pair-ended' } }))],
    [
      'a known command',
      'M607',
      b => change(b, 1, one => ({ ...one, command: { id: 'c3', fingerprint: 'f', answer: {} } })),
    ],
  ];
  test.each(bad)('%s: %s', (_, code, spoil) => {
    const { standby, batches } = good();
    const before = picture(standby);
    expect(codeOf(standby.appendBatches(spoil(batches)))).toBe(code);
    expect(picture(standby)).toEqual(before);
    unwrap(standby.appendBatches(batches));
  });

  test('another branch, sealed as it should be', () => {
    const other = open(temporaryFolder(), { branch: '0202' });
    appendMany(other, 1, 1);
    expect(codeOf(open(temporaryFolder()).appendBatches(other.batches(ALL)))).toBe('D408');
  });

  /** A batch as a host would seal it, with the faults of its program. */
  const sealed = (journal: Journal, epoch: number, id: string): JournalBatch => {
    const after = journal.last();
    const events = sealEvents({ branch: '0101', epoch, after }, [{ ...happening(9), id }], sha256Hex).map(
      ({ envelope }) => envelope,
    );
    const [firstSeq, hash] = [after.seq + 1, events[0]?.hash ?? ''];
    const place = { epoch, firstSeq, lastSeq: firstSeq, previousHash: after.hash, hash };
    return { ...place, change: null, events, command: null };
  };

  test('an epoch that falls', () => {
    const journal = open(temporaryFolder(), { epoch: 2 });
    appendMany(journal, 1, 1);
    const before = picture(journal);
    expect(codeOf(journal.appendBatches([sealed(journal, 1, 'event-9')]))).toBe('U505');
    expect(picture(journal)).toEqual(before);
    unwrap(journal.appendBatches([sealed(journal, 3, 'event-9')]));
    expect(journal.epoch).toBe(3);
  });

  test('an id that is there already', () => {
    const { standby } = pair();
    const before = picture(standby);
    expect(codeOf(standby.appendBatches([sealed(standby, 1, 'event-1')]))).toBe('U531');
    expect(picture(standby)).toEqual(before);
  });
});

describe('[BR5] epochs', () => {
  test('are kept in the database and never fall', () => {
    const folder = temporaryFolder();
    const first = open(folder);
    appendMany(first, 1, 2);
    unwrap(first.raiseEpoch(3));
    appendMany(first, 3, 4);
    expect(first.epoch).toBe(3);
    expect(codeOf(first.raiseEpoch(2))).toBe('U505');
    unwrap(first.rememberSeen({ epoch: 4, host: 'pc-2', asked: true }));
    first.close();
    const again = open(folder);
    expect(again.epoch).toBe(3);
    expect(again.seenEpoch()).toEqual({ epoch: 4, host: 'pc-2', asked: true });
    expect(again.epochEnds().map(({ epoch, seq }) => [epoch, seq])).toEqual([
      [0, 0],
      [1, 2],
      [3, 4],
    ]);
    appendMany(again, 5, 5);
    expect(again.epochEnds().at(-1)).toMatchObject({ epoch: 3, seq: 5, hash: again.last().hash });
    again.close();
    expect(unwrap(verifyJournalFile(folder))).toMatchObject({ whole: true });
  });

  test('a station that copies a higher one opens again with the epoch it was set up with', () => {
    const host = open(temporaryFolder(), { epoch: 7 });
    appendMany(host, 1, 1);
    const folder = temporaryFolder();
    const standby = open(folder);
    expect(standby.seenEpoch()).toBeNull();
    unwrap(standby.appendBatches(host.batches(ALL)));
    standby.close();
    expect(unwrap(tryOpen(folder)).epoch).toBe(7);
  });
});

describe('[BR6] what was recorded alone is moved aside', () => {
  test('with its commands, saved states and cursor; the rest is as it was', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 2);
    command(journal, 3);
    command(journal, 5);
    const [, , kept] = journal.batches(ALL);
    const lost = journal.batches({ after: 4, maxBytes: 1e6 });
    unwrap(journal.snapshots.save('f', { seq: 4, state: 'four' }));
    unwrap(journal.snapshots.save('f', { seq: 6, state: 'six' }));
    unwrap(journal.settings.moveUploadCursor({ durableSeq: 6, durableHash: journal.last().hash }));
    expect(unwrap(journal.cutAfter(4))).toEqual(lost);
    expect(journal.last()).toEqual({ seq: 4, hash: kept?.hash });
    expect(journal.answerOf('c5')).toBeNull();
    expect(journal.answerOf('c3')).not.toBeNull();
    expect(journal.snapshots.newest('f')).toEqual({ seq: 4, state: 'four' });
    expect(journal.settings.uploadCursor()).toBeNull();
    expect(journal.aside()).toMatchObject(lost.map(batch => ({ ...batch, merged: false })));
    expect(journal.epochEnds().at(-1)).toMatchObject({ epoch: 1, seq: 4 });
    journal.close();
    expect(unwrap(verifyJournalFile(folder))).toMatchObject({ whole: true, end: { seq: 4 } });
    const again = open(folder);
    expect(again.aside()).toHaveLength(1);
    // The same ids and places are free for the other history.
    unwrap(again.append({ events: [happening(5, { other: true })] }));
    expect(again.last().seq).toBe(5);
  });

  test('a cursor and a saved state at or before the place stay', () => {
    const journal = open(temporaryFolder());
    appendMany(journal, 1, 3);
    unwrap(journal.settings.moveUploadCursor({ durableSeq: 2, durableHash: journal.hashAt(2) ?? '' }));
    unwrap(journal.cutAfter(2));
    expect(journal.settings.uploadCursor()?.durableSeq).toBe(2);
  });

  test('not in the middle of a batch, nor beyond the end; cutting nothing is nothing', () => {
    const { host } = pair();
    const before = picture(host);
    expect(codeOf(host.cutAfter(3))).toBe('U530');
    expect(codeOf(host.cutAfter(9))).toBe('U530');
    expect(unwrap(host.cutAfter(4))).toEqual([]);
    expect(picture(host)).toEqual(before);
  });

  test('all of it, back to the empty journal', () => {
    const { host } = pair();
    expect(unwrap(host.cutAfter(0))).toHaveLength(3);
    expect(host.last()).toEqual({ seq: 0, hash: GENESIS_HASH });
    expect(host.hashAt(0)).toBe(GENESIS_HASH);
    expect(host.epochEnds()).toHaveLength(1);
  });

  test('what comes back as it was counts as merged, and lies aside again when it is cut again', () => {
    const { host, standby } = pair();
    unwrap(standby.cutAfter(2));
    expect(standby.aside()).toHaveLength(1);
    unwrap(standby.appendBatches(host.batches({ after: 2, maxBytes: 1e6 })));
    expect(standby.aside()).toEqual([]);
    expect(standby.aside('all')).toMatchObject([{ merged: true }]);
    unwrap(standby.cutAfter(2));
    expect(standby.aside()).toHaveLength(1);
  });

  test('late events mark what they merged, and answer its commands', () => {
    const { host, standby } = pair();
    command(standby, 5);
    const [late] = unwrap(standby.cutAfter(4));
    if (late === undefined) throw new Error('nothing was cut');
    const { change: _, ...batch } = late;
    const merge = (conflicts: string[]) => ({
      ...happening(20, {
        ...{ fromStation: 'pc-2', hashes: [late.hash], batches: [batch], conflicts, stale: [] },
      }),
      type: 'late-events-merged',
    });
    unwrap(host.append({ events: [merge([])] }));
    expect(host.answerOf('c5')).toEqual({ fingerprint: 'f', answer: { n: 5 } });
    unwrap(standby.appendBatches(host.batches({ after: 4, maxBytes: 1e6 })));
    expect(standby.aside()).toEqual([]);
    expect(standby.answerOf('c5')).toEqual({ fingerprint: 'f', answer: { n: 5 } });
    expect(standby.batches({ after: 4, maxBytes: 1e6 })[0]?.change).toEqual({
      ...{ kind: 'late-merged', station: 'pc-2', hashes: [late.hash] },
    });
    // Should the merge itself be set aside, its parts are no longer merged.
    unwrap(standby.cutAfter(4));
    expect(standby.aside()).toHaveLength(2);
    expect(standby.answerOf('c5')).toBeNull();
    // A command in conflict is decided anew.
    const other = open(temporaryFolder());
    unwrap(other.append({ events: [merge(['event-6'])] }));
    expect(other.answerOf('c5')).toBeNull();
  });
});
