import { describe, expect, it } from 'vitest';
import { mayCall, uploadableSeq } from '#core/replication/host-step.ts';
import type { Batch, EpochEnd, LogPlace, LogView, RoleChange } from '#core/replication/log.ts';
import { NO_ROLES, type Roles, rolesAfter } from '#core/replication/roles.ts';
import {
  BRANCH_TIMINGS,
  type ReplicationMessage,
  type SeenEpoch,
  type Station,
  type StationEffect,
  type StationInput,
} from '#core/replication/station.ts';
import { startStation, stepStation } from '#core/replication/station-step.ts';

/** One station on a disk of memory; effects on the disk are done, all others are handed out. */
class Bench implements LogView {
  readonly log: Batch[] = [];
  roles: Roles = NO_ROLES;
  seen: SeenEpoch = { epoch: 1, host: 'a', asked: false };
  nowMs = 0;
  tooOld = false;
  headOffice = true;
  state: Station;
  effects: StationEffect[] = [];

  constructor(id: string, ...changes: (RoleChange | null)[]) {
    for (const change of changes) this.write(change);
    this.seen = { epoch: this.roles.epoch, host: this.roles.host, asked: false };
    const { seen, roles } = this;
    const disk = { seen, roles, tip: this.tip(), aside: { batches: [] } };
    this.state = startStation(id, BRANCH_TIMINGS, disk, 0).state;
  }

  tip(): LogPlace {
    return { seq: this.log.length, hash: this.hashAt(this.log.length) ?? '' };
  }

  hashAt(seq: number): string | null {
    return seq === 0 ? 'start' : (this.log[seq - 1]?.hash ?? null);
  }

  epochEnds(): EpochEnd[] {
    return this.log.length === 0 ? [] : [{ epoch: this.roles.epoch, ...this.tip() }];
  }

  hasHeadOffice(): boolean {
    return this.headOffice;
  }

  isTooOld(): boolean {
    return this.tooOld;
  }

  portion<B>(batches: readonly B[]): readonly B[] {
    return batches.slice(0, 2);
  }

  write(change: RoleChange | null): Batch {
    const { seq, hash } = this.tip();
    const batch = {
      epoch: this.roles.epoch,
      firstSeq: seq + 1,
      lastSeq: seq + 1,
      previousHash: hash,
      hash: `${hash}.${change?.kind ?? seq + 1}`,
      change,
    };
    this.log.push(batch);
    this.roles = rolesAfter(this.roles, batch);
    return batch;
  }

  give(input: StationInput): StationEffect[] {
    const step = stepStation(this.state, input, this, this.nowMs);
    this.state = step.state;
    const out: StationEffect[] = [];
    for (const effect of step.effects) {
      out.push(effect);
      if (effect.kind === 'record')
        out.push(
          ...this.give({ kind: 'recorded', batch: this.write(effect.change), commandId: null, alone: false }),
        );
    }
    return out;
  }

  command(commandId: string, alone = false): StationEffect[] {
    return this.give({ kind: 'recorded', batch: this.write(null), commandId, alone });
  }

  pass(waitMs: number): StationEffect[] {
    const out: StationEffect[] = [];
    for (const end = this.nowMs + waitMs; this.nowMs < end; ) {
      this.nowMs += 250;
      out.push(...this.give({ kind: 'tick' }));
    }
    return out;
  }

  stored(from: string, place = this.tip()): StationEffect[] {
    const { epoch, host } = this.state.seen;
    return this.give({ kind: 'received', from, message: { kind: 'stored', epoch, host, place } });
  }
}

const START: RoleChange = {
  kind: 'epoch-raised',
  epoch: 1,
  host: 'a',
  by: 'start',
  tookOver: false,
  over: null,
};
const PAIRED: RoleChange = { kind: 'pair-made', standby: 'b' };
const answered = (effects: readonly StationEffect[]) =>
  effects.flatMap(effect => (effect.kind === 'answer' ? effect.commandIds : []));
const kinds = (effects: readonly StationEffect[]) => effects.map(({ kind }) => kind);

describe('a host', () => {
  it('[BR3] answers a command when the standby has it on disk too, not before', () => {
    const host = new Bench('a', START, PAIRED);
    expect(answered(host.command('call-1'))).toEqual([]);
    expect(answered(host.stored('c'))).toEqual([]);
    expect(answered(host.stored('b'))).toEqual(['call-1']);
  });

  it('[BR3] does not take a place it does not have in its log for an answer', () => {
    const host = new Bench('a', START, PAIRED);
    host.command('call-1');
    expect(answered(host.stored('b', { seq: host.log.length, hash: 'another log' }))).toEqual([]);
  });

  it('[BR3] answers a retry only when what it asked for is safe', () => {
    const host = new Bench('a', START, PAIRED);
    host.command('call-1');
    const retry = { kind: 'asked-again', commandId: 'call-1', seq: host.log.length, alone: false } as const;
    expect(answered(host.give(retry))).toEqual([]);
    expect(answered(host.stored('b'))).toEqual(['call-1']);
    expect(answered(host.give(retry))).toEqual(['call-1']);
  });

  it('[BR4] without its standby for 4 s it asks head office; meanwhile it issues numbers and calls nobody', () => {
    const host = new Bench('a', START, PAIRED);
    host.stored('b');
    expect(mayCall(host.state)).toBe(true);
    expect(kinds(host.pass(3_750))).not.toContain('claim');
    expect(host.pass(500)).toContainEqual({ kind: 'claim', expected: 1 });
    expect(mayCall(host.state)).toBe(false);
    expect(answered(host.command('issue-1', true))).toEqual(['issue-1']);
    expect(answered(host.command('call-1'))).toEqual([]);
    // Named: it goes on alone in a new epoch, and what waited is answered.
    const named = host.give({ kind: 'claimed', answer: { kind: 'named', epoch: 2, host: 'a' } });
    expect(answered(named)).toEqual(['call-1']);
    expect(mayCall(host.state)).toBe(true);
    expect(host.state.roles).toMatchObject({ epoch: 2, host: 'a', standby: null, block: 0 });
  });

  it('[BR4] asks a person when head office is out of reach; the standby coming back decides it too', () => {
    const host = new Bench('a', START, PAIRED);
    host.pass(4_500);
    expect(host.give({ kind: 'decided', decision: 'take-over' })).toEqual([]);
    const silent = host.give({ kind: 'claimed', answer: { kind: 'unreachable' } });
    expect(silent).toEqual([{ kind: 'report', what: 'undecided' }]);
    expect(host.stored('b')).toContainEqual({ kind: 'report', what: 'pair-whole' });
    expect(host.give({ kind: 'decided', decision: 'go-on-alone' })).toEqual([]);
  });

  it('[BR4] a standby that leaves properly needs no decision: alone once it has the farewell on disk', () => {
    const host = new Bench('a', START, PAIRED);
    host.stored('b');
    host.give({ kind: 'release-standby' });
    expect(answered(host.command('call-1'))).toEqual([]);
    expect(answered(host.stored('b'))).toEqual(['call-1']);
    expect(host.state.roles).toMatchObject({ standby: null, epoch: 1 });
    expect(answered(host.command('call-2'))).toEqual(['call-2']);
  });

  it('[BR5] gives way to a higher epoch, and tells a lower one that it is over', () => {
    const host = new Bench('a', START, PAIRED);
    const old = { kind: 'beat', epoch: 0, host: 'z', tip: { seq: 0, hash: 'start' } } as const;
    expect(host.give({ kind: 'received', from: 'z', message: old })).toEqual([
      { kind: 'send', to: 'z', message: { kind: 'fenced', epoch: 1, host: 'a' } },
    ]);
    host.command('call-1');
    const fenced = { kind: 'fenced', epoch: 2, host: 'b' } as const;
    expect(host.give({ kind: 'received', from: 'b', message: fenced })).toEqual([
      { kind: 'remember', seen: { epoch: 2, host: 'b', asked: false } },
      { kind: 'drop-answers', commandIds: ['call-1'] },
    ]);
    expect(host.state.part.kind).toBe('replica');
  });

  it('[HO1] keeps from head office what could still be set aside', () => {
    const host = new Bench('a', START, PAIRED);
    host.stored('b');
    host.command('call-1');
    expect(uploadableSeq(host.state)).toBe(2);
    host.stored('b');
    expect(uploadableSeq(host.state)).toBe(3);
  });

  it('[BR5] does not let a clock that was set back keep it from its signs of life', () => {
    const host = new Bench('a', START);
    host.nowMs = 86_400_000;
    host.give({ kind: 'tick' });
    host.nowMs = 0;
    expect(kinds(host.pass(1_500))).toContain('send');
  });
});

describe('a standby', () => {
  it('[BR4][BR5] takes over only when head office names it, with numbers of its own block', () => {
    const standby = new Bench('b', START, PAIRED);
    expect(kinds(standby.pass(5_750))).not.toContain('claim');
    expect(kinds(standby.pass(500))).toEqual(['remember', 'claim']);
    standby.give({ kind: 'claimed', answer: { kind: 'named', epoch: 2, host: 'b' } });
    expect(standby.state.part.kind).toBe('host');
    expect(standby.state.roles).toMatchObject({ epoch: 2, host: 'b', block: 1 });
    expect(standby.state.roles.unaccounted).toEqual([{ station: 'a', block: 0, epoch: 2 }]);
  });

  it('[BR4] follows when head office names the other', () => {
    const standby = new Bench('b', START, PAIRED);
    standby.pass(6_500);
    standby.give({ kind: 'claimed', answer: { kind: 'named', epoch: 2, host: 'a' } });
    expect(standby.state.part.kind).toBe('replica');
    expect(standby.state.seen).toMatchObject({ epoch: 2, host: 'a', asked: false });
    // Its log is not of this epoch yet: nobody can make it the host by saying so.
    standby.pass(10_000);
    expect(standby.give({ kind: 'decided', decision: 'take-over' })).toEqual([]);
  });

  it('[BR4] a PC that is no standby never takes over, whoever says so', () => {
    const other = new Bench('c', START, PAIRED);
    expect(new Set(kinds(other.pass(60_000)))).toEqual(new Set(['send']));
    expect(other.give({ kind: 'decided', decision: 'take-over' })).toEqual([]);
  });

  it('[BR4] any PC asks a silent host, who says so when it has given way to a third', () => {
    const other = new Bench('c', START, PAIRED);
    expect(other.pass(5_750)).toEqual([]);
    const message = { kind: 'follow', epoch: 1, host: 'a', tip: other.tip(), ends: other.epochEnds() };
    const asked = other.pass(500);
    expect(asked).toEqual([{ kind: 'send', to: 'a', message }]);
    const host = new Bench('a', START, PAIRED);
    host.give({ kind: 'claimed', answer: { kind: 'named', epoch: 2, host: 'b' } });
    const answer = host.give({ kind: 'received', from: 'c', message: message as ReplicationMessage });
    expect(answer).toEqual([{ kind: 'send', to: 'c', message: { kind: 'fenced', epoch: 2, host: 'b' } }]);
  });

  it('[BR4] follows a person’s host although it may have been named, and begins when it hears that it was', () => {
    const told = { kind: 'fenced', epoch: 2, host: 'b' } as const;
    const standby = new Bench('b', START, PAIRED);
    standby.pass(6_500);
    const beat = { kind: 'beat', epoch: 2, host: 'a', tip: standby.tip() } as const;
    standby.give({ kind: 'received', from: 'a', message: beat });
    expect(standby.state.seen).toEqual({ epoch: 2, host: 'a', asked: false, open: true });
    standby.give({ kind: 'received', from: 'c', message: told });
    expect(standby.log.at(-1)?.change).toMatchObject({ kind: 'epoch-raised', epoch: 2, host: 'b' });
    expect(standby.state.seen).toEqual({ epoch: 2, host: 'b', asked: false });
    // Who has not asked: another PC of its name was named.
    const other = new Bench('b', START, PAIRED);
    other.give({ kind: 'received', from: 'a', message: beat });
    other.give({ kind: 'received', from: 'c', message: told });
    expect(other.log).toHaveLength(2);
  });

  it('[BR4] a late word of head office does not make it forget that it has asked for the next epoch', () => {
    const standby = new Bench('b', START, PAIRED);
    standby.pass(6_500);
    standby.give({ kind: 'claimed', answer: { kind: 'named', epoch: 1, host: 'a' } });
    expect(standby.state.seen.asked).toBe(true);
    const told = { kind: 'fenced', epoch: 2, host: 'b' } as const;
    standby.give({ kind: 'received', from: 'c', message: told });
    expect(standby.state.part.kind).toBe('host');
  });

  it('[BR4] begins the epoch it has asked for although it follows another host of the present one by then', () => {
    const standby = new Bench('b', START, PAIRED);
    standby.pass(6_500);
    const other = { kind: 'beat', epoch: 1, host: 'c', tip: standby.tip() } as const;
    standby.give({ kind: 'received', from: 'c', message: other });
    expect(standby.state.seen).toEqual({ epoch: 1, host: 'c', asked: true });
    standby.give({ kind: 'claimed', answer: { kind: 'named', epoch: 2, host: 'b' } });
    expect(standby.log.at(-1)?.change).toMatchObject({ kind: 'epoch-raised', epoch: 2, host: 'b' });
  });

  it('[BR6] a new PC of a broken one’s name has nothing to say of its numbers, whoever it hears first', () => {
    const next = new Bench('a');
    const beat = (from: string, epoch: number, tip: LogPlace) =>
      next.give({ kind: 'received', from, message: { kind: 'beat', epoch, host: from, tip } });
    // Somebody who has not heard of the take-over yet.
    next.give({ kind: 'received', from: 'c', message: { kind: 'fenced', epoch: 1, host: 'a' } });
    beat('b', 2, { seq: 9, hash: 'unknown' });
    const raised = { ...START, epoch: 2, host: 'b', by: 'head-office', tookOver: true } as RoleChange;
    next.give({ kind: 'stored', batches: [START, PAIRED, raised].map(change => next.write(change)) });
    expect(next.state.roles.unaccounted).toEqual([{ station: 'a', block: 0, epoch: 2 }]);
    const said = beat('b', 2, next.tip());
    expect(said).not.toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ kind: 'late' }) }),
    );
  });

  it('[BR4] two hosts of one epoch are reported by the one that gives way, too', () => {
    const host = new Bench('a', START, PAIRED);
    host.pass(5_000);
    host.give({ kind: 'claimed', answer: { kind: 'unreachable' } });
    host.give({ kind: 'decided', decision: 'go-on-alone' });
    const heard = host.give({ kind: 'claimed', answer: { kind: 'named', epoch: 2, host: 'b' } });
    expect(heard).toContainEqual({ kind: 'report', what: 'two-hosts' });
    expect(host.state.part.kind).toBe('replica');
  });

  it('[BR5] a host that goes on alone by a person’s word leaves the standby the block it would take', () => {
    const host = new Bench('a', START, PAIRED);
    host.pass(5_000);
    host.give({ kind: 'claimed', answer: { kind: 'unreachable' } });
    host.give({ kind: 'decided', decision: 'go-on-alone' });
    expect(host.state.roles).toMatchObject({ block: 0, doubted: [{ station: 'b', block: 1, epoch: 2 }] });
    // Whoever takes over from it picks another one.
    const raised = {
      kind: 'epoch-raised',
      epoch: 3,
      host: 'c',
      by: 'hand',
      tookOver: true,
      over: null,
    } as const;
    expect(rolesAfter(host.state.roles, { change: raised }).block).toBe(2);
    // The standby has its say as soon as it is back.
    const word = { kind: 'late', epoch: 2, host: 'a', batches: [] } as const;
    const merge = { kind: 'merge', station: 'b', batches: [] };
    expect(host.give({ kind: 'received', from: 'b', message: word })).toContainEqual(merge);
  });

  it('[BR6] sets aside what it recorded alone, brings it to the new host, and its block is free again', () => {
    const old = new Bench('a', START, PAIRED);
    old.command('call-1');
    const [tail] = old.log.slice(-1);
    if (tail === undefined) throw new Error('nothing was recorded');
    const place = { seq: 2, hash: old.hashAt(2) ?? '' };
    old.give({ kind: 'received', from: 'b', message: { kind: 'beat', epoch: 2, host: 'b', tip: place } });
    const cut = old.give({
      kind: 'received',
      from: 'b',
      message: { kind: 'agree', epoch: 2, host: 'b', place },
    });
    expect(cut).toContainEqual({ kind: 'cut', place });
    old.log.length = 2;
    old.roles = NO_ROLES;
    for (const batch of old.log) old.roles = rolesAfter(old.roles, batch);
    old.give({ kind: 'cut', place, aside: [tail], roles: old.roles });
    const raised: RoleChange = {
      ...{ kind: 'epoch-raised', epoch: 2, host: 'b', by: 'head-office' },
      ...{ tookOver: true, over: null },
    } as RoleChange;
    old.give({ kind: 'stored', batches: [old.write(raised)] });
    const beat = { kind: 'beat', epoch: 2, host: 'b', tip: old.tip() } as const;
    expect(old.give({ kind: 'received', from: 'b', message: beat })).toContainEqual({
      kind: 'send',
      to: 'b',
      message: { kind: 'late', epoch: 2, host: 'b', batches: [tail] },
    });
    old.give({
      kind: 'stored',
      batches: [old.write({ kind: 'late-merged', station: 'a', hashes: [tail.hash] })],
    });
    expect(old.state.aside.batches).toEqual([]);
    expect(old.state.roles).toMatchObject({ unaccounted: [], block: 0 });
  });

  it('[BR3][BR4] another standby is named while the present one works: it leaves first, the other has caught up', () => {
    const host = new Bench('a', START, PAIRED);
    const stored = (from: string) => {
      const message = { kind: 'stored', epoch: 1, host: 'a', place: host.tip() } as const;
      host.give({ kind: 'received', from, message });
    };
    const changes = () => host.log.slice(2).map(({ change }) => change);
    stored('b');
    host.give({ kind: 'name-standby', standby: 'b' });
    host.give({ kind: 'name-standby', standby: 'a' });
    expect(changes()).toEqual([]);
    host.give({ kind: 'name-standby', standby: 'c' });
    // Asked twice, it leaves once.
    host.give({ kind: 'name-standby', standby: 'c' });
    stored('c');
    expect(changes()).toEqual([{ kind: 'pair-ending' }]);
    stored('b');
    stored('b');
    expect(changes()).toEqual([{ kind: 'pair-ending' }, { kind: 'pair-ended' }]);
    stored('c');
    expect(changes().at(-1)).toEqual({ kind: 'pair-made', standby: 'c' });
  });

  it('[BR3][BR4] a program too old for its log stores on, and is neither standby nor host before its update', () => {
    const old = new Bench('b', START, PAIRED);
    old.nowMs = BRANCH_TIMINGS.standbyPatienceMs + 1;
    old.give({ kind: 'tick' });
    old.tooOld = true;
    expect(kinds(old.give({ kind: 'tick' }))).toEqual(['send']);
    old.give({ kind: 'decided', decision: 'take-over' });
    const named = { kind: 'named', epoch: 2, host: 'b' } as const;
    old.give({ kind: 'claimed', answer: named });
    expect(old.log).toHaveLength(2);
    // Named all the same: it begins when its program has been updated.
    old.tooOld = false;
    old.give({ kind: 'tick' });
    expect(old.log.at(-1)?.change).toMatchObject({ kind: 'epoch-raised', epoch: 2, host: 'b' });

    const copy = new Bench('c', START, PAIRED);
    copy.tooOld = true;
    const batches = [new Bench('a', START, PAIRED, null).log[2] as Batch];
    const message = { kind: 'batches', epoch: 1, host: 'a', batches } as const;
    expect(copy.give({ kind: 'received', from: 'a', message })).toContainEqual({ kind: 'store', batches });
    // Who says that it has everything could be made the standby.
    expect(kinds(copy.give({ kind: 'stored', batches }))).not.toContain('send');
  });

  it('[BR4] without a head office a person decides at once, and a standby may still leave properly', () => {
    const standby = new Bench('b', START, PAIRED);
    standby.headOffice = false;
    const waited = standby.pass(BRANCH_TIMINGS.standbyPatienceMs + 1_000);
    expect(kinds(waited)).toEqual(['report']);
    expect(standby.state.part).toMatchObject({ undecided: true });
    expect(standby.state.seen.asked).toBe(false);
    // Its host is back, and lets it go: it has no question open that could still be answered.
    const host = new Bench('a', START, PAIRED, { kind: 'pair-ending' });
    const message = { kind: 'batches', epoch: 1, host: 'a', batches: host.log.slice(2) } as const;
    expect(standby.give({ kind: 'received', from: 'a', message })).toContainEqual({
      kind: 'store',
      batches: host.log.slice(2),
    });

    const alone = new Bench('a', START, PAIRED);
    alone.headOffice = false;
    const tried = alone.pass(BRANCH_TIMINGS.hostPatienceMs + 1_000).filter(({ kind }) => kind !== 'send');
    expect(tried).toEqual([
      { kind: 'report', what: 'pair-broken' },
      { kind: 'report', what: 'undecided' },
    ]);
    alone.give({ kind: 'decided', decision: 'go-on-alone' });
    expect(alone.state.part).toMatchObject({ pair: 'solo' });
  });

  it('[BR5][BR6] what does not fit in one message comes in parts; the main block waits for the last of them', () => {
    const raised = {
      kind: 'epoch-raised',
      epoch: 2,
      host: 'b',
      by: 'hand',
      tookOver: true,
      over: null,
    } as const;
    const old = new Bench('a', START, PAIRED, null, null, null);
    const tails = old.log.slice(2);
    old.log.length = 2;
    old.roles = [START, PAIRED].reduce((roles, change) => rolesAfter(roles, { change }), NO_ROLES);
    old.seen = { epoch: 2, host: 'b', asked: false };
    const disk = { seen: old.seen, roles: old.roles, tip: old.tip(), aside: { batches: tails } };
    old.state = startStation('a', BRANCH_TIMINGS, disk, 0).state;
    old.give({ kind: 'stored', batches: [old.write(raised)] });
    const beat = () =>
      old.give({
        kind: 'received',
        from: 'b',
        message: { kind: 'beat', epoch: 2, host: 'b', tip: old.tip() } as const,
      });
    const late = (batches: readonly Batch[], more?: true) =>
      ({ kind: 'late', epoch: 2, host: 'b', batches, ...(more ? { more } : {}) }) as const;
    const first = late(tails.slice(0, 2), true);
    expect(beat()).toContainEqual({ kind: 'send', to: 'b', message: first });

    const host = new Bench('b', START, PAIRED, raised);
    const merge = (message: ReturnType<typeof late>) =>
      host.give({ kind: 'received', from: 'a', message }).filter(({ kind }) => kind === 'merge');
    expect(merge(first)).toEqual([{ kind: 'merge', station: 'a', batches: first.batches, more: true }]);
    const hashes = first.batches.map(({ hash }) => hash);
    const change = { kind: 'late-merged', station: 'a', hashes, more: true } as const;
    host.give({ kind: 'recorded', batch: host.write(change), commandId: null, alone: false });
    expect(host.state.roles).toMatchObject({ unaccounted: [{ station: 'a' }], block: 1 });
    // Asked again before the sender has heard: its last word is not this.
    expect(merge(first)).toEqual([]);

    old.give({ kind: 'stored', batches: [old.write(change)] });
    const last = late(tails.slice(2));
    expect(beat()).toContainEqual({ kind: 'send', to: 'b', message: last });
    expect(merge(last)).toEqual([{ kind: 'merge', station: 'a', batches: last.batches }]);
  });
});
