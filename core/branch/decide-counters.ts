import { fail, ok, type Result } from '../wire/result.ts';
import type { Command } from './commands.ts';
import {
  accept,
  type ConfiguredState,
  findCounter,
  findOwnCounter,
  type Handler,
  NOTHING_TO_DO,
} from './decision.ts';
import type { NewEvent } from './events.ts';
import { type CounterState, counterOf } from './state.ts';

/** The sender's own counter with nobody called or served at it; else T810. */
function findFreeCounter(state: ConfiguredState, command: Command, counterId: string): Result<CounterState> {
  const own = findOwnCounter(state, command, counterId);
  if (!own.ok) return own;
  return own.value.ticketId === null ? ok(own.value) : fail('T810', { counter: counterId });
}

/** CS8, ID1: one place per teller: opening a counter closes the one the same teller had before. */
const openCounter: Handler<'open-counter'> = (state, command) => {
  const { counterId } = command.args;
  const known = findCounter(state, counterId);
  if (!known.ok) return known;
  if (command.actor.kind !== 'staff') return fail('M605');
  const { staffNumber } = command.actor;
  const counter = counterOf(state, counterId);
  if (counter.staffNumber === staffNumber) return NOTHING_TO_DO;
  if (counter.staffNumber !== null) return fail('T809', { counter: counterId });
  const events: NewEvent[] = [];
  for (const other of state.counters.values()) {
    if (other.staffNumber !== staffNumber) continue;
    if (other.ticketId !== null) return fail('T810', { counter: other.counterId });
    events.push({ type: 'counter-closed', data: { counterId: other.counterId, reason: 'moved' } });
  }
  return accept([...events, { type: 'counter-opened', data: { counterId, staffNumber } }]);
};

const pauseCounter: Handler<'pause-counter'> = (state, command) => {
  const { counterId, reasonId } = command.args;
  const free = findFreeCounter(state, command, counterId);
  if (!free.ok) return free;
  if (free.value.status === 'paused') return NOTHING_TO_DO;
  if (!state.document.pauseReasons.some(reason => reason.id === reasonId)) return fail('T817');
  return accept([{ type: 'counter-paused', data: { counterId, reasonId } }]);
};

const resumeCounter: Handler<'resume-counter'> = (state, command) => {
  const own = findOwnCounter(state, command, command.args.counterId);
  if (!own.ok) return own;
  return own.value.status === 'open'
    ? NOTHING_TO_DO
    : accept([{ type: 'counter-resumed', data: command.args }]);
};

const closeCounter: Handler<'close-counter'> = (state, command) => {
  const free = findFreeCounter(state, command, command.args.counterId);
  if (!free.ok) return free;
  return accept([{ type: 'counter-closed', data: { ...command.args, reason: 'asked' } }]);
};

export const decideCounters = {
  'open-counter': openCounter,
  'pause-counter': pauseCounter,
  'resume-counter': resumeCounter,
  'close-counter': closeCounter,
};
