import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { PrinterCapabilities } from '#core/wire/device-settings.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { ByteTransport, DriverClock, PrintJob, PrintNews } from '#drivers/contract.ts';
import { AnswerStream, type PrinterAnswer } from './answer-stream.ts';
import { BufferClearing } from './buffer-clearing.ts';
import { askStatus, CLEAR_BUFFERS, ENABLE_AUTOMATIC_STATUS, type StatusNumber } from './escpos-bytes.ts';
import type { EscposPrinterDriver } from './escpos-printer.ts';
import { KnownJobs } from './known-jobs.ts';
import type { Confirmation } from './print-job-machine.ts';
import { PrinterListeners } from './printer-listeners.ts';
import { PrinterQueue } from './printer-queue.ts';
import type { PrinterSettings } from './settings.ts';
import { ALL_WELL, blockingCode, factsOfAutomaticStatus, healthOf, withRealTimeStatus } from './status.ts';
import { StatusQuestions } from './status-questions.ts';
import { TicketRunner } from './ticket-runner.ts';

export type { EscposPrinterDriver } from './escpos-printer.ts';

/** Makes the driver of one printer; nothing happens until `start()`. */
export function createPrinterDriver(
  transport: ByteTransport,
  clock: DriverClock,
  settings: PrinterSettings,
): EscposPrinterDriver {
  return new EscposPrinter(transport, clock, settings);
}

/** `first`: the first attempt is under way, jobs wait for it. `away`: between attempts, jobs fail at once. */
type Connection = 'stopped' | 'first' | 'open' | 'away';

class EscposPrinter implements EscposPrinterDriver {
  readonly #transport: ByteTransport;
  readonly #clock: DriverClock;
  readonly #timings: PrinterSettings['timings'];
  /** False: nothing ever comes back from the printer. */
  readonly #answersBack: boolean;
  readonly #runner: TicketRunner;
  readonly #questions: StatusQuestions;
  readonly #clearing: BufferClearing;
  readonly #knownJobs = new KnownJobs();
  readonly #listeners = new PrinterListeners();
  readonly #queue = new PrinterQueue(this.#listeners);
  #connection: Connection = 'stopped';
  /** Counts starts, so that an attempt of an earlier start knows that it is not wanted any more. */
  #starts = 0;
  /** The attempt that `start()` began, with its first status round. */
  #firstAttempt: Promise<void> = Promise.resolve();
  #retryMs: number;
  #cancelTimer: () => void = () => {};
  #answers = new AnswerStream();
  #facts = ALL_WELL;
  #silentSinceMs: number | null = null;
  #answerMs: number | null = null;
  /** Why there is no connection. */
  #awayCode: ErrorCode = 'P105';
  #hasAnswered = false;
  #pumping = false;
  #round: Promise<void> | null = null;

  constructor(transport: ByteTransport, clock: DriverClock, settings: PrinterSettings) {
    this.#transport = transport;
    this.#clock = clock;
    this.#timings = settings.timings;
    this.#answersBack = settings.answers;
    this.#retryMs = settings.timings.firstRetryMs;
    this.#runner = new TicketRunner(transport, clock, settings, {
      report: news => this.#listeners.tellNews(news),
      learned: confirmation => this.#listeners.tellLearned({ confirmation }),
    });
    const ask = (number: StatusNumber) => void transport.write(askStatus(number));
    this.#questions = new StatusQuestions(ask, clock, settings.timings.answerMs);
    this.#clearing = new BufferClearing(clock, settings.timings.clearMs);
    transport.onData(bytes => {
      for (const answer of this.#answers.push(bytes)) this.#take(answer);
    });
    transport.onLost(failure => this.#lost(failure));
  }

  onHealth(listener: (health: DeviceHealth) => void): void {
    this.#listeners.onHealth(listener);
  }

  onPrintNews(listener: (news: PrintNews) => void): void {
    this.#listeners.onNews(listener);
  }

  confirmation(): Confirmation {
    return this.#runner.confirmation;
  }

  onLearned(listener: (learned: Partial<PrinterCapabilities>) => void): void {
    this.#listeners.onLearned(listener);
  }

  async askHealth(): ReturnType<EscposPrinterDriver['askHealth']> {
    if (this.#connection === 'first') await this.#firstAttempt;
    if (this.#connection === 'open') {
      // A round under way may have begun before the question.
      await this.#round;
      await this.#refreshStatus();
    }
    if (this.#connection !== 'open') return fail(this.#awayCode);
    if (this.#silentSinceMs !== null) return fail('P104');
    return ok({ health: healthOf(this.#facts), answerMs: this.#answerMs });
  }

  start(): void {
    if (this.#connection !== 'stopped') return;
    this.#connection = 'first';
    this.#starts += 1;
    this.#awayCode = 'P105';
    this.#firstAttempt = this.#connect();
  }

  async stop(): Promise<void> {
    if (this.#connection === 'stopped') return;
    this.#connection = 'stopped';
    this.#forgetConnection();
    await this.#transport.close();
  }

  hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  print(job: PrintJob): void {
    this.#enqueue(job, true);
  }

  printUnanswered(job: PrintJob): void {
    this.#enqueue(job, false);
  }

  #enqueue(job: PrintJob, needsAnswer: boolean): void {
    if (!this.#knownJobs.add(job.jobId)) return;
    if (this.#connection === 'stopped' || this.#connection === 'away') {
      this.#listeners.tellNews({ jobId: job.jobId, outcome: 'failed', code: this.#awayCode });
      return;
    }
    this.#queue.add({ kind: 'print', job, needsAnswer });
    void this.#pump();
  }

  separateNext(): void {
    this.#runner.separateNext();
  }

  clearBuffersWhenIdle(): Promise<Result<void>> {
    if (this.#connection !== 'open') return Promise.resolve(fail(this.#awayCode));
    return new Promise(settle => {
      this.#queue.add({ kind: 'clear', settle });
      void this.#pump();
    });
  }

  async clearBuffers(): Promise<Result<void>> {
    if (this.#round !== null) await this.#round;
    if (this.#connection !== 'open' || this.#clearing.isUnderWay) return fail(this.#awayCode);
    if (!this.#answersBack) return fail('P104');
    const hasCleared = await this.#clearing.clear(() => this.#transport.write(CLEAR_BUFFERS));
    if (hasCleared) this.#listeners.tellLearned({ clearsBuffers: true });
    return hasCleared ? ok(undefined) : fail('P104');
  }

  async #connect(): Promise<void> {
    const start = this.#starts;
    const opened = await this.#transport.open();
    if (start !== this.#starts) return;
    if (this.#connection === 'stopped') {
      if (opened.ok) await this.#transport.close();
      return;
    }
    if (!opened.ok) {
      this.#goAway(opened.error.code);
      return;
    }
    this.#connection = 'open';
    this.#awayCode = 'P105';
    this.#answers = new AnswerStream();
    this.#facts = ALL_WELL;
    this.#silentSinceMs = null;
    if (this.#answersBack) await this.#transport.write(ENABLE_AUTOMATIC_STATUS);
    await this.#refreshStatus();
    this.#schedulePoll();
    void this.#pump();
  }

  #lost(failure: Failure): void {
    if (this.#connection === 'open') this.#goAway(failure.code);
  }

  /** No connection: ends what waits for it and tries again later. */
  #goAway(code: ErrorCode): void {
    this.#connection = 'away';
    this.#awayCode = code;
    this.#listeners.tellHealth({ status: 'down', code });
    this.#forgetConnection();
    this.#cancelTimer = this.#clock.after(this.#retryMs, () => void this.#connect());
    this.#retryMs = Math.min(this.#retryMs * 2, this.#timings.longestRetryMs);
  }

  #forgetConnection(): void {
    this.#cancelTimer();
    this.#questions.lost();
    this.#clearing.lost();
    this.#runner.connectionLost();
    this.#queue.failAll(this.#awayCode);
  }

  /** Prints waiting jobs one after another. A job that cannot print now fails now: its number shows on screen. */
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#connection === 'open') {
      const task = this.#queue.next();
      if (task === undefined) break;
      const code = await this.#reasonNotToPrint();
      const isTriedAnyway = code === 'P104' && task.kind === 'print' && !task.needsAnswer;
      if (code !== null && !isTriedAnyway) this.#queue.fail(task, code);
      else if (task.kind === 'print') await this.#printNow(task.job);
      else task.settle(await this.#tryClearing());
    }
    this.#pumping = false;
  }

  /** A printer that is well and still does not say that it cleared cannot do it. */
  async #tryClearing(): Promise<Result<void>> {
    const cleared = await this.clearBuffers();
    if (cleared.ok || this.#connection !== 'open') return cleared;
    await this.#refreshStatus();
    if (this.#connection === 'open' && this.#silentSinceMs === null)
      this.#listeners.tellLearned({ clearsBuffers: false });
    return cleared;
  }

  async #printNow(job: PrintJob): Promise<void> {
    const printed = this.#runner.run(job);
    this.#schedulePoll();
    await printed;
  }

  async #reasonNotToPrint(): Promise<ErrorCode | null> {
    await this.#clearing.over();
    const wasSilentJustNow =
      this.#silentSinceMs !== null && this.#clock.nowMs() - this.#silentSinceMs < this.#timings.pollMs;
    if (wasSilentJustNow) return 'P104';
    await this.#refreshStatus();
    if (this.#connection !== 'open') return this.#awayCode;
    await this.#clearing.over();
    return this.#silentSinceMs === null ? blockingCode(this.#facts) : 'P104';
  }

  #schedulePoll(): void {
    if (this.#connection !== 'open') return;
    this.#cancelTimer();
    const pauseMs = this.#runner.busy ? this.#timings.busyPollMs : this.#timings.pollMs;
    this.#cancelTimer = this.#clock.after(pauseMs, () => {
      void this.#refreshStatus().then(() => this.#schedulePoll());
    });
  }

  /** Asks the printer how it is; a round under way is joined, not doubled. */
  #refreshStatus(): Promise<void> {
    this.#round ??= this.#askAround().finally(() => {
      this.#round = null;
    });
    return this.#round;
  }

  async #askAround(): Promise<void> {
    await this.#clearing.over();
    if (!this.#answersBack) {
      await this.#lookAgain();
      return;
    }
    const askedAtMs = this.#clock.nowMs();
    const round = await this.#questions.askRound({
      isOpen: () => this.#connection === 'open',
      isOffline: () => this.#facts.offline,
      heard: (number, byte) => {
        if (number === 1) this.#answerMs = this.#clock.nowMs() - askedAtMs;
        this.#facts = withRealTimeStatus(this.#facts, number, byte);
      },
    });
    if (round === 'lost') return;
    if (round === 'silent') {
      this.#silentSinceMs = this.#clock.nowMs();
      this.#runner.fault('P104');
      this.#listeners.tellHealth({ status: 'down', code: 'P104' });
      return;
    }
    this.#silentSinceMs = null;
    // Only now: a printer busy with another client accepts a connection and drops it at once.
    this.#retryMs = this.#timings.firstRetryMs;
    this.#factsChanged();
  }

  /** Where nothing comes back, all that can be known is whether the way to the printer is still there. */
  async #lookAgain(): Promise<void> {
    const start = this.#starts;
    const found = await this.#transport.stillThere?.();
    if (start !== this.#starts || this.#connection !== 'open') return;
    if (found?.ok === false) {
      this.#goAway(found.error.code);
      return;
    }
    this.#retryMs = this.#timings.firstRetryMs;
    this.#listeners.tellHealth(healthOf(this.#facts));
  }

  #take(answer: PrinterAnswer): void {
    this.#hasAnswered = true;
    switch (answer.kind) {
      case 'real-time-status':
        this.#questions.answered(answer.byte);
        break;
      case 'automatic-status':
        this.#facts = factsOfAutomaticStatus(answer.bytes);
        this.#factsChanged();
        break;
      case 'process-id':
        this.#runner.processIdAnswered(answer.processId);
        break;
      case 'queued-status':
        this.#runner.queuedStatusAnswered();
        break;
      case 'buffers-cleared':
        if (this.#clearing.replied()) this.#runner.buffersCleared();
        break;
      case 'other-block':
      case 'flow':
      case 'line-error':
        break;
    }
  }

  #factsChanged(): void {
    const code = blockingCode(this.#facts);
    if (code !== null) this.#runner.fault(code);
    // A printer that answers nothing stays down, whatever it said before.
    if (this.#silentSinceMs === null) this.#listeners.tellHealth(healthOf(this.#facts));
  }
}
