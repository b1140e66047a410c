import { type CallPolicy, letterOf, type Waiting } from './call-policies.ts';
import { type ClassId, COUNTERS, type Customer, type DayKind, MINUTE_MS } from './traces.ts';

/** Nobody comes: three recalls take this long, then the counter is free again. */
const MISSED_CALL_MS = 75_000;
/** CS3: a returned no-show lets so many others go first; the plain ways take it back at its old place. */
const RETURNS_AFTER_CALLS = 3;

/** What a day was like. */
export interface PlayedDay {
  /** To the call that was answered, by class; a returned no-show's from its return. */
  readonly waitsMs: Readonly<Record<ClassId, number[]>>;
  readonly mostOvertakes: number;
  /** Open counters without a customer, until the last one was served. */
  readonly idleCounterMs: number;
}

interface Present {
  readonly customer: Customer;
  readonly number: number;
  queuedMs: number;
  callsToGo: number | null;
  overtakes: number;
  missed: boolean;
}

/** Plays one trace under one policy; counters never stay free while somebody waits. */
export function playDay(trace: readonly Customer[], kind: DayKind, policy: CallPolicy): PlayedDay {
  const choose = policy.start();
  const waitsMs: Record<ClassId, number[]> = { ordinary: [], gold: [], platinum: [] };
  const lastNumbers = new Map<string, number>();
  const freeFromMs = Array<number>(COUNTERS).fill(0);
  const toCome: { atMs: number; present: Present }[] = trace.map(customer => {
    const number = (lastNumbers.get(letterOf(customer)) ?? 0) + 1;
    lastNumbers.set(letterOf(customer), number);
    const queuedMs = customer.arrivesMs;
    return {
      atMs: queuedMs,
      present: { customer, number, queuedMs, callsToGo: null, overtakes: 0, missed: false },
    };
  });
  let line: Present[] = [];
  let mostOvertakes = 0;
  let idleCounterMs = 0;

  const call = (counter: number, nowMs: number) => {
    const chosen = choose(line as readonly Waiting[], nowMs);
    const called = line.find(({ customer }) => customer === chosen.customer);
    if (!called) throw new Error(`${policy.id} called somebody who is not here`);
    line = line.filter(one => one !== called);
    for (const other of line) {
      if (other.callsToGo !== null && other.callsToGo > 0) other.callsToGo--;
      else if (other.customer.place < called.customer.place)
        mostOvertakes = Math.max(mostOvertakes, ++other.overtakes);
    }
    const { customer } = called;
    if (customer.missesCall && !called.missed) {
      freeFromMs[counter] = nowMs + MISSED_CALL_MS;
      if (customer.returnsAfterMs === null) return;
      const atMs = nowMs + MISSED_CALL_MS + customer.returnsAfterMs;
      toCome.push({
        atMs,
        present: { ...called, queuedMs: atMs, callsToGo: RETURNS_AFTER_CALLS, missed: true },
      });
      toCome.sort((a, b) => a.atMs - b.atMs);
      return;
    }
    waitsMs[customer.classId].push(nowMs - called.queuedMs);
    freeFromMs[counter] = nowMs + customer.serviceMs;
  };

  // Second by second: simple, and exact enough for waits of minutes.
  for (let nowMs = 0; toCome.length > 0 || line.length > 0; nowMs += 1000) {
    for (let next = toCome[0]; next && next.atMs <= nowMs; next = toCome[0]) {
      toCome.shift();
      line.push(next.present);
      line.sort((a, b) => a.customer.place - b.customer.place);
    }
    const open = kind.counters(nowMs / MINUTE_MS);
    for (let counter = 0; counter < open; counter++) {
      if ((freeFromMs[counter] ?? 0) > nowMs) continue;
      if (line.length > 0) call(counter, nowMs);
      else idleCounterMs += 1000;
    }
  }
  return { waitsMs, mostOvertakes, idleCounterMs };
}
