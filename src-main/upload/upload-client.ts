import type { ErrorCode } from '#core/wire/error-codes.ts';
import { GENESIS_HASH } from '#core/wire/event-chain.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import type { HeadOfficeCalls } from './head-office-calls.ts';
import { pushBody } from './push-body.ts';
import {
  stepUpload,
  UPLOAD_OFF,
  UPLOAD_PATIENCE,
  type UploadAction,
  type UploadCursor,
  type UploadInput,
  type UploadPatience,
  type UploadState,
} from './upload-machine.ts';

/** The journal as the upload sees it. */
export interface UploadSource {
  /** Events from number `from` on, in order, at most `limit`; fewer or none when there are no more. */
  read(from: number, limit: number): readonly EventEnvelope[] | Promise<readonly EventEnvelope[]>;
  /** Number of the last event; 0 when empty. */
  last(): number | Promise<number>;
  /** What `saveCursor` kept last, or null. */
  loadCursor(): UploadCursor | null | Promise<UploadCursor | null>;
  saveCursor(cursor: UploadCursor): void | Promise<void>;
}

/** What the screens show about the upload. */
export interface UploadView {
  readonly state: 'off' | 'up-to-date' | 'sending' | 'waiting';
  readonly durableSeq: number;
  readonly lastSeq: number;
  /** Why it waits, or null. U503 is not tried again before the next start. */
  readonly code: ErrorCode | null;
}

/** What the client is made of. */
export interface UploadParts {
  readonly source: UploadSource;
  readonly calls: Pick<HeadOfficeCalls, 'cursor' | 'push'>;
  /** The host's present epoch. */
  readonly epoch: () => number;
  /** The host itself, in a branch of several PCs; null, the default: the branch is one PC. */
  readonly station?: () => string | null;
  /**
   * BR4: how far head office may have the journal (`uploadableSeq` of `core/replication`); default: all of it. What is
   * beyond stays here until `notifyAppended` finds it allowed.
   */
  readonly allowedSeq?: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Told when the journal cannot be read or the cursor not kept; the upload waits and tries again. */
  readonly onError: (error: unknown) => void;
  readonly patience?: UploadPatience;
}

/** The branch's end of the upload stream (HO1). */
export interface UploadClient {
  start(): Promise<void>;
  /** Breaks off what is under way. What was sent and not answered is sent again after the next start. */
  stop(): void;
  /** The journal has grown. Cheap; call it after every append. */
  notifyAppended(): void;
  view(): UploadView;
  /** Called at once and after every change. @returns how to stop listening */
  onState(listener: (view: UploadView) => void): () => void;
}

/** Makes the client; it does nothing before `start`. */
export function createUploadClient(parts: UploadParts): UploadClient {
  const { source, calls, epoch, random, onError, patience = UPLOAD_PATIENCE } = parts;
  const station = parts.station ?? (() => null);
  const allowedSeq = parts.allowedSeq ?? (() => Number.POSITIVE_INFINITY);
  const listeners = new Set<(view: UploadView) => void>();
  let state: UploadState = UPLOAD_OFF;
  let run: AbortController | null = null;
  let timer: NodeJS.Timeout | undefined;
  let shown = viewOf(state);

  /** Takes one input; what follows from it runs on its own and ends in the next input. */
  function take(input: UploadInput): void {
    const step = stepUpload({ ...state, allowedSeq: allowedSeq() }, input, random(), patience);
    state = step.state;
    show();
    if (run !== null) perform(step.action, run);
  }

  function show(): void {
    const view = viewOf(state);
    if (JSON.stringify(view) === JSON.stringify(shown)) return;
    shown = view;
    for (const listener of listeners) listener(view);
  }

  function perform(action: UploadAction, current: AbortController): void {
    if (action.type === 'none') return;
    if (action.type === 'wait') {
      timer = setTimeout(() => take({ type: 'waited' }), action.waitMs);
      return;
    }
    const request =
      action.type === 'ask' ? ask(current.signal) : send(action.from, action.limit, current.signal);
    request
      .catch((error: unknown): UploadInput => {
        onError(error);
        return { type: 'failed', code: 'D404', retryAfterMs: 0 };
      })
      .then(input => {
        if (run === current) take(input);
      });
  }

  async function ask(signal: AbortSignal): Promise<UploadInput> {
    const result = await calls.cursor(signal);
    if (!result.ok) return { type: 'failed', code: result.code, retryAfterMs: result.retryAfterMs };
    const { durableSeq, durableHash } = result.answer;
    const [own] = durableSeq > 0 ? await source.read(durableSeq, 1) : [];
    const ownHash = own?.seq === durableSeq ? own.hash : null;
    await source.saveCursor({ durableSeq, durableHash });
    return { type: 'cursor', answer: result.answer, lastSeq: await source.last(), ownHash };
  }

  async function send(from: number, limit: number, signal: AbortSignal): Promise<UploadInput> {
    const events = await source.read(from, Math.min(limit, Math.max(1, allowedSeq() - from + 1)));
    const previousHash = await hashBefore(from);
    const [first, ...more] = events;
    if (first?.seq !== from || previousHash === null)
      return { type: 'failed', code: 'U502', retryAfterMs: 0 };
    const result = await calls.push(pushBody([first, ...more], previousHash, epoch(), station()), signal);
    if (!result.ok) return { type: 'failed', code: result.code, retryAfterMs: result.retryAfterMs };
    const { durableSeq, durableHash } = result.answer;
    await source.saveCursor({ durableSeq, durableHash });
    return { type: 'answered', answer: result.answer, lastSeq: await source.last() };
  }

  /** The journal's own hash, or head office's when the journal no longer holds that event; null: unknown. */
  async function hashBefore(seq: number): Promise<string | null> {
    if (seq === 1) return GENESIS_HASH;
    const [before] = await source.read(seq - 1, 1);
    if (before?.seq === seq - 1) return before.hash;
    return state.durableSeq === seq - 1 ? state.durableHash : null;
  }

  return {
    async start() {
      if (run !== null) return;
      const current = new AbortController();
      run = current;
      try {
        const cursor = (await source.loadCursor()) ?? { durableSeq: 0, durableHash: GENESIS_HASH };
        const lastSeq = await source.last();
        if (run === current) take({ type: 'started', cursor, lastSeq });
      } catch (error) {
        if (run === current) run = null;
        throw error;
      }
    },
    stop() {
      run?.abort();
      run = null;
      clearTimeout(timer);
      take({ type: 'stopped' });
    },
    notifyAppended() {
      const current = run;
      if (current === null || state.phase === 'off') return;
      Promise.resolve(source.last()).then(lastSeq => {
        if (run === current) take({ type: 'appended', lastSeq });
      }, onError);
    },
    view: () => shown,
    onState(listener) {
      listeners.add(listener);
      listener(shown);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function viewOf({ phase, durableSeq, lastSeq, code }: UploadState): UploadView {
  const state = phase === 'off' || phase === 'sending' ? phase : phase === 'idle' ? 'up-to-date' : 'waiting';
  return { state, durableSeq, lastSeq, code };
}
