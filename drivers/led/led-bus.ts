import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { BoardShown, BoardText, ByteTransport, DriverClock, LedBusDriver } from '#drivers/contract.ts';
import {
  linkClosed,
  linkOpened,
  nextStep,
  type RequestOutcome,
  requestSettled,
  requestStarted,
  requestWritten,
  textWanted,
} from './led-bus-machine.ts';
import { type BusRequest, type BusState, healthOf, initialBus } from './led-bus-state.ts';
import { type LedArea, type LedBusSettings, wireTimeMs } from './led-settings.ts';
import { canFlash, composeArea } from './led-text.ts';
import { pingData, readAnswer, updateAreasData } from './onbon-commands.ts';
import { encodeRequest, HOST_ADDRESS, type OnbonFrame, OnbonFrameParser } from './onbon-frame.ts';

type HealthListener = (boardId: string, health: DeviceHealth) => void;
type ShownListener = (shown: BoardShown) => void;

/** A write that takes so much longer than the line needs means that the port hangs. */
const WRITE_PATIENCE_MS = 5000;

/**
 * The one master of a port with Onbon BX-5K/6K boards: carries the bytes for the rules of `led-bus-machine.ts`.
 * Opens the port, keeps trying when it is lost, and writes every board's current text again when it is back.
 */
export class LedBus implements LedBusDriver {
  readonly #transport: ByteTransport;
  readonly #clock: DriverClock;
  readonly #settings: LedBusSettings;
  readonly #parser = new OnbonFrameParser(HOST_ADDRESS);
  readonly #healthListeners: HealthListener[] = [];
  readonly #shownListeners: ShownListener[] = [];
  readonly #reportedHealth = new Map<string, string>();
  #state: BusState;
  #running = false;
  /** Raised with each opening and loss, so that what belongs to an older connection is ignored. */
  #connection = 0;
  #failedOpenings = 0;
  #earlyAnswer: RequestOutcome | null = null;
  #cancelTimer: () => void = () => {};

  /** @param settings as accepted by `checkLedBusSettings` */
  constructor(transport: ByteTransport, clock: DriverClock, settings: LedBusSettings) {
    this.#transport = transport;
    this.#clock = clock;
    this.#settings = settings;
    this.#state = initialBus(settings);
    transport.onData(bytes => this.#received(bytes));
    transport.onLost(() => this.#lost('L203'));
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#open();
  }

  /** Closes the port. The boards take their texts off by themselves within `removeAfterS`. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#connection += 1;
    this.#cancelTimer();
    this.#state = { ...this.#state, link: 'closed', flight: null };
    await this.#transport.close();
  }

  /** Asks for a text; also while the port is closed, then it is shown once the board is back. */
  show(text: BoardText): void {
    const board = this.#settings.boards.find(known => known.boardId === text.boardId);
    const area = board?.areas.find(known => known.id === text.area);
    if (board === undefined || area === undefined) {
      const health: DeviceHealth = { status: board === undefined ? 'absent' : 'warning', code: 'C902' };
      for (const listener of this.#healthListeners) listener(text.boardId, health);
      return;
    }
    const effect = text.effect === 'flash' && !canFlash(area, text.text) ? 'scroll' : text.effect;
    const wanted: BoardText = { ...text, effect };
    const { complete } = composeArea(
      area,
      { ...wanted, visible: true },
      this.#settings.removeAfterS,
      board.maxTextBytes,
    );
    this.#become(textWanted(this.#state, wanted, complete, this.#clock.nowMs()));
    this.#pump();
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
    this.#become(linkClosed(this.#state, code));
    const { reopenAfterMs } = this.#settings;
    const waitMs = reopenAfterMs[Math.min(this.#failedOpenings, reopenAfterMs.length - 1)] ?? 1000;
    this.#failedOpenings += 1;
    this.#after(waitMs, () => void this.#open());
  }

  /** Does what the rules say is next, or sleeps until something is. */
  #pump(): void {
    if (!this.#running || this.#state.link === 'closed' || this.#state.flight !== null) return;
    const nowMs = this.#clock.nowMs();
    const step = nextStep(this.#state, nowMs);
    this.#cancelTimer();
    if (step.kind === 'send') void this.#send(step.request);
    else if (step.untilMs !== null) this.#after(step.untilMs - nowMs, () => this.#pump());
  }

  async #send(request: BusRequest): Promise<void> {
    const connection = this.#connection;
    const frame = encodeRequest(request.address, this.#dataOf(request));
    this.#parser.reset();
    this.#earlyAnswer = null;
    this.#become(requestStarted(this.#state, request));
    this.#after(WRITE_PATIENCE_MS + wireTimeMs(frame.length, this.#settings.baudRate), () =>
      this.#giveUpPort(),
    );
    const written = await this.#transport.write(frame);
    if (connection !== this.#connection) return;
    this.#cancelTimer();
    if (!written.ok) {
      this.#giveUpPort();
      return;
    }
    this.#become(requestWritten(this.#state, this.#clock.nowMs()));
    if (this.#earlyAnswer !== null) {
      this.#settle(this.#earlyAnswer);
      return;
    }
    this.#after(this.#settings.answerTimeoutMs, () =>
      this.#settle({ kind: 'silent', damaged: this.#parser.damagedFrames > 0 }),
    );
  }

  #giveUpPort(): void {
    this.#lost('L203');
    void this.#transport.close();
  }

  #dataOf(request: BusRequest): Uint8Array {
    if (request.kind === 'ping') return pingData();
    const board = this.#settings.boards.find(known => known.boardId === request.boardId);
    const areas = request.parts.flatMap(part => {
      const area: LedArea | undefined = board?.areas.find(known => known.id === part.area);
      if (board === undefined || area === undefined) return [];
      const content = { text: part.content.text, effect: part.content.effect, visible: part.visible };
      return [composeArea(area, content, this.#settings.removeAfterS, board.maxTextBytes).area];
    });
    return updateAreasData(areas);
  }

  #received(bytes: Uint8Array): void {
    // The parser keeps only frames to the host, so a two-wire adapter's echo of the request is gone here.
    for (const frame of this.#parser.push(bytes)) this.#answered(frame);
  }

  #answered(frame: OnbonFrame): void {
    const { flight } = this.#state;
    const answer = readAnswer(frame.data);
    if (flight === null || answer === null || frame.source !== flight.request.address) return;
    // With a simulated port the answer can overtake the news that the request was written.
    if (flight.writtenAtMs === null) this.#earlyAnswer ??= answer;
    else this.#settle(answer);
  }

  #settle(outcome: RequestOutcome): void {
    this.#cancelTimer();
    const settled = requestSettled(this.#state, outcome, this.#clock.nowMs());
    this.#become(settled.state);
    for (const shown of settled.shown) for (const listener of this.#shownListeners) listener(shown);
    this.#pump();
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
