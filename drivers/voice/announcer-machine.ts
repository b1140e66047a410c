/**
 * The queue of one zone's voice (DV3). Pure: inputs with their time go in, effects come out; whoever runs it plays
 * sounds and wakes it up. Calls never cut each other off.
 */

export interface AnnouncerSettings {
  /** How often each call is spoken, 1 to 3. */
  readonly times: number;
  /** Between two plays. */
  readonly pauseMs: number;
  /** How much longer than the sound itself a sink may take to say that it has played it. */
  readonly silentAfterMs: number;
}

/** Each call twice, 0.8 s between; a sink 3 s late is silent. */
export const DEFAULT_ANNOUNCER_SETTINGS: AnnouncerSettings = { times: 2, pauseMs: 800, silentAfterMs: 3000 };

/** A call as it waits to be spoken. */
export interface QueuedCall {
  readonly ticket: string;
  readonly counter: string;
  /** How long its sound plays. */
  readonly durationMs: number;
}

interface Entry {
  readonly call: QueuedCall;
  /** How often it is still to be spoken, the play going on not counted. */
  readonly timesLeft: number;
}

export interface AnnouncerState {
  /** Waiting calls, next first. */
  readonly queue: readonly Entry[];
  /** The play going on; `call` is what is being said, even when a re-call has replaced what follows. */
  readonly playing: {
    readonly playId: number;
    readonly call: QueuedCall;
    readonly deadlineMs: number;
  } | null;
  /** The next play does not begin before. */
  readonly quietUntilMs: number;
  readonly nextPlayId: number;
  readonly isSilent: boolean;
}

export type AnnouncerInput =
  /** A call or a re-call. */
  | { readonly kind: 'call'; readonly call: QueuedCall }
  /** The customer is at the counter, or the call was taken back: what is still to be said is not needed any more. */
  | { readonly kind: 'answered'; readonly ticket: string }
  /** The sink has finished a play. */
  | { readonly kind: 'played'; readonly playId: number }
  /** The sink is known to be gone (its window closed or crashed). */
  | { readonly kind: 'sink-silent' }
  /** The time asked for by `wake-at` has come. */
  | { readonly kind: 'tick' };

export type AnnouncerEffect =
  | { readonly kind: 'play'; readonly playId: number; readonly call: QueuedCall }
  /** Give a `tick` at that time; a later `wake-at` replaces an earlier one. */
  | { readonly kind: 'wake-at'; readonly atMs: number }
  /** This call was not heard: the sink did not answer (V351). */
  | { readonly kind: 'no-voice'; readonly code: 'V351'; readonly ticket: string }
  /** The sink answers again. */
  | { readonly kind: 'voice-back' };

export interface AnnouncerStep {
  readonly state: AnnouncerState;
  readonly effects: readonly AnnouncerEffect[];
}

/** Nothing to say. */
export const INITIAL_ANNOUNCER_STATE: AnnouncerState = {
  queue: [],
  playing: null,
  quietUntilMs: 0,
  nextPlayId: 1,
  isSilent: false,
};

/**
 * Takes one input at a monotonic time.
 *
 * The same ticket is never twice in the queue: a call of a waiting ticket keeps its place and takes the newest
 * counter; a re-call of the ticket being spoken replaces its waiting repeat. A call whose sink stays silent is given
 * up with V351 and its repeats with it, and the next one is tried.
 */
export function stepAnnouncer(
  settings: AnnouncerSettings,
  state: AnnouncerState,
  input: AnnouncerInput,
  atMs: number,
): AnnouncerStep {
  switch (input.kind) {
    case 'call':
      return goOn(settings, { ...state, queue: enqueue(settings, state, input.call) }, atMs, []);
    case 'answered':
      return goOn(settings, { ...state, queue: without(state.queue, input.ticket) }, atMs, []);
    case 'played': {
      // A late answer to a play already given up says nothing about the one going on.
      if (state.playing?.playId !== input.playId) return { state, effects: [] };
      const next = {
        ...state,
        playing: null,
        isSilent: false,
        quietUntilMs: atMs + settings.pauseMs,
      };
      return goOn(settings, next, atMs, state.isSilent ? [{ kind: 'voice-back' }] : []);
    }
    case 'sink-silent':
      return state.playing === null ? { state, effects: [] } : giveUp(settings, state, atMs);
    case 'tick':
      return state.playing !== null && atMs >= state.playing.deadlineMs
        ? giveUp(settings, state, atMs)
        : goOn(settings, state, atMs, []);
  }
}

function enqueue(
  settings: AnnouncerSettings,
  state: AnnouncerState,
  call: QueuedCall,
): AnnouncerState['queue'] {
  const fresh: Entry = { call, timesLeft: settings.times };
  if (state.queue.some(entry => entry.call.ticket === call.ticket)) {
    return state.queue.map(entry => (entry.call.ticket === call.ticket ? fresh : entry));
  }
  // Spoken for the last time just now: the re-call follows at once, before other tickets.
  return state.playing?.call.ticket === call.ticket ? [fresh, ...state.queue] : [...state.queue, fresh];
}

function without(queue: AnnouncerState['queue'], ticket: string): AnnouncerState['queue'] {
  return queue.filter(entry => entry.call.ticket !== ticket);
}

function giveUp(settings: AnnouncerSettings, state: AnnouncerState, atMs: number): AnnouncerStep {
  const ticket = state.playing?.call.ticket ?? '';
  const next = { ...state, playing: null, isSilent: true, queue: without(state.queue, ticket) };
  return goOn(settings, next, atMs, [{ kind: 'no-voice', code: 'V351', ticket }]);
}

/** Begins the next play if it is time, and says when to look again. */
function goOn(
  settings: AnnouncerSettings,
  state: AnnouncerState,
  atMs: number,
  effects: readonly AnnouncerEffect[],
): AnnouncerStep {
  if (state.playing !== null) return { state, effects };
  const [first, ...rest] = state.queue;
  if (first === undefined) return { state, effects };
  if (atMs < state.quietUntilMs) {
    return { state, effects: [...effects, { kind: 'wake-at', atMs: state.quietUntilMs }] };
  }
  const { call, timesLeft } = first;
  const playId = state.nextPlayId;
  const deadlineMs = atMs + call.durationMs + settings.silentAfterMs;
  return {
    state: {
      ...state,
      // The repeat stays in front, so that a ticket's plays follow one another.
      queue: timesLeft > 1 ? [{ call, timesLeft: timesLeft - 1 }, ...rest] : rest,
      playing: { playId, call, deadlineMs },
      nextPlayId: playId + 1,
    },
    effects: [...effects, { kind: 'play', playId, call }, { kind: 'wake-at', atMs: deadlineMs }],
  };
}
