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

/** More notices than this wait for nobody's good: the oldest goes. */
const MAX_NOTICES = 4;

/** A call as it waits to be spoken. */
export interface QueuedCall {
  readonly ticket: string;
  readonly counter: string;
  /** How long its sound plays. */
  readonly durationMs: number;
}

/** Something else to say, once: a notice, a request to step back, a test. Calls go before it. */
export interface QueuedNotice {
  readonly noticeId: string;
  readonly durationMs: number;
  /** Not begun any more from then on: nobody wants to hear it late. */
  readonly expiresAtMs: number;
}

interface Entry {
  readonly call: QueuedCall;
  /** How often it is still to be spoken, the play going on not counted. */
  readonly timesLeft: number;
}

export interface AnnouncerState {
  /** Waiting calls, next first. */
  readonly queue: readonly Entry[];
  /** Waiting notices, next first. */
  readonly notices: readonly QueuedNotice[];
  /** The play going on; `said` is what is being said, even when a re-call has replaced what follows. */
  readonly playing: {
    readonly playId: number;
    readonly said: QueuedCall | QueuedNotice;
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
  | { readonly kind: 'notice'; readonly notice: QueuedNotice }
  /** The customer is at the counter, or the call was taken back: what is still to be said is not needed any more. */
  | { readonly kind: 'answered'; readonly ticket: string }
  /** The sink has finished a play. */
  | { readonly kind: 'played'; readonly playId: number }
  /** The sink is there, but has no operating-system voice for what this play needed. */
  | { readonly kind: 'unspeakable'; readonly playId: number }
  /** The sink is known to be gone (its window closed or crashed). */
  | { readonly kind: 'sink-silent' }
  /** The time asked for by `wake-at` has come. */
  | { readonly kind: 'tick' };

export type AnnouncerEffect =
  | { readonly kind: 'play'; readonly playId: number; readonly call: QueuedCall }
  | { readonly kind: 'play-notice'; readonly playId: number; readonly notice: QueuedNotice }
  /** This notice is not said: too old, too many before it, or not heard. */
  | { readonly kind: 'notice-dropped'; readonly noticeId: string }
  /** Give a `tick` at that time; a later `wake-at` replaces an earlier one. */
  | { readonly kind: 'wake-at'; readonly atMs: number }
  /** This call (or the notice going on: no ticket) was not heard: the sink did not answer (V351). */
  | { readonly kind: 'no-voice'; readonly code: 'V351'; readonly ticket: string }
  /** What needs the operating system's voice cannot be said; everything else can (V353). */
  | { readonly kind: 'no-speech'; readonly code: 'V353' }
  /** The sink answers again. */
  | { readonly kind: 'voice-back' };

export interface AnnouncerStep {
  readonly state: AnnouncerState;
  readonly effects: readonly AnnouncerEffect[];
}

/** Nothing to say. */
export const INITIAL_ANNOUNCER_STATE: AnnouncerState = {
  queue: [],
  notices: [],
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
 * up with V351 and its repeats with it, and the next one is tried. Notices are said once, when no call waits.
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
    case 'notice': {
      const notices = [...state.notices, input.notice];
      const dropped = notices.slice(0, -MAX_NOTICES).map(noticeDropped);
      return goOn(settings, { ...state, notices: notices.slice(-MAX_NOTICES) }, atMs, dropped);
    }
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
    case 'unspeakable': {
      const { playing } = state;
      if (playing?.playId !== input.playId) return { state, effects: [] };
      const next = { ...state, playing: null, isSilent: false, queue: withoutSaid(state) };
      const effects: AnnouncerEffect[] = [{ kind: 'no-speech', code: 'V353' }];
      if ('noticeId' in playing.said) effects.unshift(noticeDropped(playing.said));
      return goOn(settings, next, atMs, effects);
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
  return ticketOf(state) === call.ticket ? [fresh, ...state.queue] : [...state.queue, fresh];
}

function without(queue: AnnouncerState['queue'], ticket: string): AnnouncerState['queue'] {
  return queue.filter(entry => entry.call.ticket !== ticket);
}

/** The ticket being spoken; empty for a notice or nothing. */
function ticketOf({ playing }: AnnouncerState): string {
  return playing !== null && 'ticket' in playing.said ? playing.said.ticket : '';
}

/** The queue without the repeats of what is being said. */
function withoutSaid(state: AnnouncerState): AnnouncerState['queue'] {
  return without(state.queue, ticketOf(state));
}

function noticeDropped({ noticeId }: QueuedNotice): AnnouncerEffect {
  return { kind: 'notice-dropped', noticeId };
}

function giveUp(settings: AnnouncerSettings, state: AnnouncerState, atMs: number): AnnouncerStep {
  const said = state.playing?.said;
  const next = { ...state, playing: null, isSilent: true, queue: withoutSaid(state) };
  const effects: AnnouncerEffect[] = [{ kind: 'no-voice', code: 'V351', ticket: ticketOf(state) }];
  if (said && 'noticeId' in said) effects.unshift(noticeDropped(said));
  return goOn(settings, next, atMs, effects);
}

/** Begins the next play if it is time, and says when to look again. */
function goOn(
  settings: AnnouncerSettings,
  state: AnnouncerState,
  atMs: number,
  effects: readonly AnnouncerEffect[],
): AnnouncerStep {
  if (state.playing !== null) return { state, effects };
  const notices = state.notices.filter(notice => atMs < notice.expiresAtMs);
  const dropped = state.notices.filter(notice => atMs >= notice.expiresAtMs).map(noticeDropped);
  const waiting = dropped.length === 0 ? state : { ...state, notices };
  const before = [...effects, ...dropped];
  const [first, ...rest] = state.queue;
  const [notice, ...noticesLeft] = notices;
  if (first === undefined && notice === undefined) return { state: waiting, effects: before };
  if (atMs < state.quietUntilMs) {
    return { state: waiting, effects: [...before, { kind: 'wake-at', atMs: state.quietUntilMs }] };
  }
  const playId = state.nextPlayId;
  const begin = (said: QueuedCall | QueuedNotice, left: Partial<AnnouncerState>, play: AnnouncerEffect) => {
    const deadlineMs = atMs + said.durationMs + settings.silentAfterMs;
    const playing = { playId, said, deadlineMs };
    return {
      state: { ...waiting, ...left, playing, nextPlayId: playId + 1 },
      effects: [...before, play, { kind: 'wake-at', atMs: deadlineMs } as const],
    };
  };
  if (first !== undefined) {
    const { call, timesLeft } = first;
    // The repeat stays in front, so that a ticket's plays follow one another.
    const queue = timesLeft > 1 ? [{ call, timesLeft: timesLeft - 1 }, ...rest] : rest;
    return begin(call, { queue }, { kind: 'play', playId, call });
  }
  if (notice === undefined) return { state: waiting, effects: before };
  return begin(notice, { notices: noticesLeft }, { kind: 'play-notice', playId, notice });
}
