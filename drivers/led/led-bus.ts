import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { BoardShown, BoardText, ByteTransport, DriverClock, LedBusDriver } from '#drivers/contract.ts';
import { askedChoresDropped, type ChoreRequest, choreAsked, standingChores } from './led-bus-chores.ts';
import { isBlank, withNothingWanted } from './led-bus-closing.ts';
import {
  answerPatienceMs,
  linkClosed,
  linkOpened,
  nextStep,
  requestStarted,
  requestWritten,
  textWanted,
} from './led-bus-machine.ts';
import { type RequestOutcome, requestSettled } from './led-bus-outcome.ts';
import { canSay, sayingOf } from './led-bus-saying.ts';
import { type BusRequest, type BusState, boardOf, healthOf, initialBus } from './led-bus-state.ts';
import { tellsTime, traitsOf } from './led-bus-traits.ts';
import type { LedAnswer, LedAnswerReader, LedFrame, LedProtocol } from './led-protocol.ts';
import { type LedBoard, type LedBusSettings, wireTimeMs } from './led-settings.ts';
import type { BoardTime } from './onbon-commands.ts';
import { onbonProtocol } from './onbon-protocol.ts';

type HealthListener = (boardId: string, health: DeviceHealth) => void;
type ShownListener = (shown: BoardShown) => void;

export interface LedBusOptions {
  /** Onbon BX-5K/6K unless told otherwise. */
  readonly protocol?: LedProtocol;
  /** The calendar on the wall, for boards that keep a clock; absent: no clock is set. */
  readonly boardTime?: () => BoardTime;
  /** `write()` resolves before the bytes are on the line: a serial server on the network. */
  readonly writesAhead?: boolean;
}

/** What became of a request of `ask()`. `not-sent`: the port is closed, or the board has no such request. */
export interface BoardAsked {
  readonly outcome: 'ack' | 'nack' | 'silent' | 'unanswered' | 'not-sent';
  /** From the last byte written to the answer; null without one. */
  readonly answerMs: number | null;
}

/** A write that takes so much longer than the line needs means that the port hangs. */
const WRITE_PATIENCE_MS = 5000;
/** Boards that do not blank themselves are blanked when the bus closes, as far as this allows (DV5). */
const CLOSING_MS = 2000;
const NOT_SENT: BoardAsked = { outcome: 'not-sent', answerMs: null };

/**
 * The one master of a port with boards of one family: carries the bytes for the rules of `led-bus-machine.ts`.
 * Opens the port, keeps trying when it is lost, and writes every board's current text again when it is back.
 */
export class LedBus implements LedBusDriver {
  readonly #transport: ByteTransport;
  readonly #clock: DriverClock;
  readonly #settings: LedBusSettings;
  readonly #protocol: LedProtocol;
  readonly #options: LedBusOptions;
  readonly #reader: LedAnswerReader;
  readonly #healthListeners: HealthListener[] = [];
  readonly #shownListeners: ShownListener[] = [];
  readonly #reportedHealth = new Map<string, string>();
  readonly #asked = new Map<number, (asked: BoardAsked) => void>();
  #state: BusState;
  #running = false;
  /** The texts to go on with after a stop, and who waits for its end. */
  #closing: { resumeWith: BusState; done: () => void } | null = null;
  /** Raised with each opening and loss, so that what belongs to an older connection is ignored. */
  #connection = 0;
  #failedOpenings = 0;
  #earlyAnswer: RequestOutcome | null = null;
  /** Set while a write that ran ahead of the line is waited for. */
  #bytesAreOut: (() => void) | null = null;
  #damaged = false;
  #cancelTimer: () => void = () => {};

  /** @param settings as accepted by `checkLedBusSettings` */
  constructor(
    transport: ByteTransport,
    clock: DriverClock,
    settings: LedBusSettings,
    options: LedBusOptions = {},
  ) {
    this.#transport = transport;
    this.#clock = clock;
    this.#settings = settings;
    this.#options = options;
    this.#protocol = options.protocol ?? onbonProtocol;
    this.#reader = this.#protocol.createAnswerReader();
    const chores = standingChores(
      settings,
      tellsTime(this.#protocol, settings, options.boardTime !== undefined),
    );
    this.#state = initialBus(settings, traitsOf(this.#protocol, settings), chores);
    transport.onData(bytes => this.#received(bytes));
    transport.onLost(() => this.#lost('L203'));
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#open();
  }

  /** Takes the texts off boards that do not do so by themselves within `removeAfterS`, and closes the port. */
  async stop(): Promise<void> {
    if (this.#running && this.#state.link === 'open' && !this.#protocol.blanksItself)
      await this.#blankBoards();
    this.#running = false;
    this.#connection += 1;
    this.#cancelTimer();
    this.#state = { ...askedChoresDropped(this.#state), link: 'closed', flight: null };
    this.#dropAsked();
    await this.#transport.close();
  }

  /** Asks for a text; also while the port is closed, then it is shown once the board is back. */
  show(text: BoardText): void {
    const board = this.#boardOf(text.boardId);
    const area = board?.areas.find(known => known.id === text.area);
    if (board === undefined || area === undefined) {
      const health: DeviceHealth = { status: board === undefined ? 'absent' : 'warning', code: 'C902' };
      for (const listener of this.#healthListeners) listener(text.boardId, health);
      return;
    }
    const scrolls = text.effect === 'flash' && this.#protocol.standsStill?.(area, text.text) === false;
    const wanted: BoardText = scrolls ? { ...text, effect: 'scroll' } : text;
    const part = { area: area.id, text: wanted.text, effect: wanted.effect, visible: true };
    const { removeAfterS } = this.#settings;
    const complete =
      this.#protocol.encode(board, { kind: 'update', parts: [part], removeAfterS })?.complete ?? false;
    const nowMs = this.#clock.nowMs();
    if (this.#closing !== null) {
      this.#closing.resumeWith = textWanted(this.#closing.resumeWith, wanted, complete, nowMs);
      return;
    }
    this.#become(textWanted(this.#state, wanted, complete, nowMs));
    this.#pump();
  }

  /** The newest text asked for at this place; null when there is none. */
  wantedText(boardId: string, area: number): BoardText | null {
    const state = this.#closing?.resumeWith ?? this.#state;
    return boardOf(state, boardId)?.places.find(place => place.area === area)?.wanted ?? null;
  }

  /** As last told; null while nothing is known. */
  healthOf(boardId: string): DeviceHealth | null {
    const board = boardOf(this.#state, boardId);
    return board === undefined ? null : healthOf(this.#state, board);
  }

  /** Asks something of a board once the line has nothing better to do. Resolves when it was answered, or was not. */
  ask(boardId: string, request: ChoreRequest): Promise<BoardAsked> {
    const board = this.#boardOf(boardId);
    const { boardTime } = this.#options;
    const sayable = board !== undefined && canSay(request, this.#protocol, board, boardTime);
    if (!sayable || !this.#running || this.#state.link === 'closed' || this.#closing !== null)
      return Promise.resolve(NOT_SENT);
    const { state, choreId } = choreAsked(this.#state, boardId, request, this.#clock.nowMs());
    return new Promise(resolve => {
      this.#asked.set(choreId, resolve);
      this.#become(state);
      this.#pump();
    });
  }

  onHealth(listener: HealthListener): void {
    this.#healthListeners.push(listener);
  }

  onShown(listener: ShownListener): void {
    this.#shownListeners.push(listener);
  }

  async #open(): Promise<void> {
    this.#connection += 1;
    const connection = this.#connection;
    const opened = await this.#transport.open();
    if (!this.#running || connection !== this.#connection) return;
    if (!opened.ok) {
      this.#lost('L202');
      return;
    }
    this.#failedOpenings = 0;
    this.#become(linkOpened(this.#state, this.#clock.nowMs()));
    this.#pump();
  }

  #lost(code: 'L202' | 'L203'): void {
    if (!this.#running) return;
    this.#connection += 1;
    this.#cancelTimer();
    this.#bytesAreOut = null;
    this.#become(linkClosed(this.#state, code));
    this.#dropAsked();
    if (this.#closing !== null) {
      this.#closing.done();
      return;
    }
    const { reopenAfterMs } = this.#settings;
    const waitMs = reopenAfterMs[Math.min(this.#failedOpenings, reopenAfterMs.length - 1)] ?? 1000;
    this.#failedOpenings += 1;
    this.#after(waitMs, () => void this.#open());
  }

  /** Does what the rules say is next, or sleeps until something is. */
  #pump(): void {
    if (!this.#running || this.#state.link === 'closed' || this.#state.flight !== null) return;
    if (this.#closing !== null && isBlank(this.#state)) {
      this.#closing.done();
      return;
    }
    const nowMs = this.#clock.nowMs();
    const step = nextStep(this.#state, nowMs);
    this.#cancelTimer();
    if (step.kind === 'send') void this.#send(step.request);
    else if (step.untilMs !== null) this.#after(step.untilMs - nowMs, () => this.#pump());
  }

  async #send(request: BusRequest): Promise<void> {
    const connection = this.#connection;
    const { board, said, frame } = sayingOf(request, this.#protocol, this.#settings, this.#options.boardTime);
    this.#become(requestStarted(this.#state, request));
    if (frame === null) {
      this.#settle({ kind: 'unsayable' });
      return;
    }
    this.#reader.expect(board, said, frame.bytes);
    this.#earlyAnswer = null;
    this.#damaged = false;
    const wireMs = wireTimeMs(frame.bytes.length, this.#settings.baudRate);
    this.#after(WRITE_PATIENCE_MS + wireMs, () => this.#giveUpPort());
    const written = await this.#transport.write(frame.bytes);
    if (connection !== this.#connection) return;
    this.#cancelTimer();
    if (!written.ok) {
      this.#giveUpPort();
      return;
    }
    if (this.#options.writesAhead && this.#earlyAnswer === null) {
      this.#bytesAreOut = () => this.#written(frame);
      this.#after(wireMs, this.#bytesAreOut);
    } else this.#written(frame);
  }

  /** The last byte is on the line: now the answer is waited for. */
  #written(frame: LedFrame): void {
    this.#bytesAreOut = null;
    this.#become(requestWritten(this.#state, this.#clock.nowMs()));
    if (!frame.answered) this.#settle({ kind: 'unanswered', quietMs: frame.quietAfterMs });
    else if (this.#earlyAnswer !== null) this.#settle(this.#earlyAnswer);
    else
      this.#after(answerPatienceMs(this.#state), () =>
        this.#settle({ kind: 'silent', damaged: this.#damaged }),
      );
  }

  #giveUpPort(): void {
    this.#lost('L203');
    void this.#transport.close();
  }

  #boardOf(boardId: string | null): LedBoard | undefined {
    return this.#settings.boards.find(board => board.boardId === boardId);
  }

  #received(bytes: Uint8Array): void {
    const request = this.#state.flight?.request;
    for (const answer of this.#reader.push(bytes)) {
      // What came with the answer belongs to no request: the next one is on the line by now.
      if (request === undefined || this.#state.flight?.request !== request) return;
      if (answer.kind === 'damaged') this.#damaged = true;
      else this.#answered(answer);
    }
  }

  #answered(answer: Exclude<LedAnswer, { kind: 'damaged' }>): void {
    // With a simulated port the answer can overtake the news that the request was written.
    if (this.#state.flight?.writtenAtMs === null) {
      this.#earlyAnswer ??= answer;
      this.#bytesAreOut?.();
    } else this.#settle(answer);
  }

  #settle(outcome: RequestOutcome): void {
    this.#cancelTimer();
    const { flight } = this.#state;
    const nowMs = this.#clock.nowMs();
    const settled = requestSettled(this.#state, outcome, nowMs);
    this.#become(settled.state);
    if (flight?.request.kind === 'chore') {
      const answered = outcome.kind === 'ack' || outcome.kind === 'nack';
      this.#tellAsked(flight.request.chore.id, {
        outcome: outcome.kind === 'unsayable' ? 'not-sent' : outcome.kind,
        answerMs: answered ? nowMs - (flight.writtenAtMs ?? nowMs) : null,
      });
    }
    if (this.#closing === null)
      for (const shown of settled.shown) for (const listener of this.#shownListeners) listener(shown);
    this.#pump();
  }

  #tellAsked(choreId: number, asked: BoardAsked): void {
    this.#asked.get(choreId)?.(asked);
    this.#asked.delete(choreId);
  }

  #dropAsked(): void {
    for (const choreId of [...this.#asked.keys()]) this.#tellAsked(choreId, NOT_SENT);
  }

  /** Shows nothing on every board that can be reached; a stop is not told as "shown". */
  async #blankBoards(): Promise<void> {
    if (this.#closing !== null) return;
    const nowMs = this.#clock.nowMs();
    await new Promise<void>(resolve => {
      const cancel = this.#clock.after(CLOSING_MS, resolve);
      const done = () => {
        cancel();
        resolve();
      };
      this.#closing = { resumeWith: this.#state, done };
      this.#state = withNothingWanted(this.#state, nowMs);
      this.#pump();
    });
    this.#resume();
  }

  #resume(): void {
    if (this.#closing !== null) this.#state = this.#closing.resumeWith;
    this.#closing = null;
  }

  /** Takes the new state and reports the boards whose health it changed. */
  #become(state: BusState): void {
    this.#state = state;
    for (const board of state.boards) {
      const health = healthOf(state, board);
      const key = JSON.stringify(health);
      if (health === null || this.#reportedHealth.get(board.boardId) === key) continue;
      this.#reportedHealth.set(board.boardId, key);
      for (const listener of this.#healthListeners) listener(board.boardId, health);
    }
  }

  /** One timer at a time: the machine always waits for exactly one thing. */
  #after(delayMs: number, task: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(delayMs, task);
  }
}
