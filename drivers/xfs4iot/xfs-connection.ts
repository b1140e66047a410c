import { type RawData, WebSocket } from 'ws';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import {
  MAX_MESSAGE_BYTES,
  readXfsMessage,
  type XfsCommandName,
  type XfsCompletion,
  type XfsEvent,
  xfsCommand,
} from './envelope.ts';

/** Waits of a connection, in milliseconds. */
export interface XfsTimings {
  /** For the WebSocket. */
  readonly connectMs: number;
  /** For the acknowledgement of a command. */
  readonly acknowledgeMs: number;
  /** For the completion, beyond the time-out the service itself keeps. */
  readonly graceMs: number;
  /** Before a command is given again that was refused because of too many. */
  readonly againMs: number;
}

export const STANDARD_XFS_TIMINGS: XfsTimings = {
  connectMs: 3_000,
  acknowledgeMs: 3_000,
  graceMs: 2_000,
  againMs: 200,
};

/** How often a command is given again. */
const MOST_TRIES = 5;

interface Pending {
  readonly name: string;
  isAcknowledged: boolean;
  settle(result: Result<XfsCompletion>): void;
  heard(event: XfsEvent): void;
  acknowledged(): void;
}

/** One service on its own WebSocket (11.2): commands with their acknowledgements, events and completions. */
export class XfsConnection {
  readonly #socket: WebSocket;
  readonly #clock: DriverClock;
  readonly #timings: XfsTimings;
  readonly #pending = new Map<number, Pending>();
  #lastRequestId = 0;
  #onUnsolicited: (event: XfsEvent) => void = () => {};
  #onLost: () => void = () => {};
  #closes = false;

  /** @returns the connection once it is open; P105 when it cannot be */
  static open(uri: string, clock: DriverClock, timings: XfsTimings): Promise<Result<XfsConnection>> {
    let socket: WebSocket;
    try {
      socket = new WebSocket(uri, { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
    } catch {
      return Promise.resolve(fail('P105'));
    }
    // A refused connection says so twice; unheard the second would end the program.
    socket.on('error', () => {});
    return new Promise(resolve => {
      const giveUp = clock.after(timings.connectMs, () => {
        socket.terminate();
        resolve(fail('P105'));
      });
      socket.once('open', () => {
        giveUp();
        resolve(ok(new XfsConnection(socket, clock, timings)));
      });
      socket.once('close', () => {
        giveUp();
        resolve(fail('P105'));
      });
    });
  }

  private constructor(socket: WebSocket, clock: DriverClock, timings: XfsTimings) {
    this.#socket = socket;
    this.#clock = clock;
    this.#timings = timings;
    socket.on('message', (data: RawData, isBinary) => {
      if (!isBinary) this.#received(data.toString());
    });
    socket.on('close', () => {
      for (const { settle } of [...this.#pending.values()]) settle(fail('P105'));
      if (!this.#closes) this.#onLost();
    });
  }

  /**
   * Gives a command and waits for its completion, whatever its code. Failures: P105 the connection went; P104 no
   * acknowledgement or completion in time, or the service refused to take it. With the fact `bytesTaken: 0` the
   * command was certainly not carried out.
   */
  async request(
    name: XfsCommandName,
    timeoutMs: number,
    payload: Readonly<Record<string, unknown>> = {},
    heard: (event: XfsEvent) => void = () => {},
  ): Promise<Result<XfsCompletion>> {
    for (let tries = 1; ; tries += 1) {
      const answered = await this.#ask(name, timeoutMs, payload, heard);
      const isTooMany = !answered.ok && answered.error.facts?.status === 'tooManyRequests';
      if (!isTooMany || tries === MOST_TRIES) return answered;
      await new Promise<void>(resolve => this.#clock.after(this.#timings.againMs, resolve));
    }
  }

  onUnsolicited(listener: (event: XfsEvent) => void): void {
    this.#onUnsolicited = listener;
  }

  /** Called once when the connection goes by itself. */
  onLost(listener: () => void): void {
    this.#onLost = listener;
  }

  async close(): Promise<void> {
    this.#closes = true;
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    await new Promise<void>(resolve => {
      const giveUp = this.#clock.after(this.#timings.graceMs, () => this.#socket.terminate());
      this.#socket.once('close', () => {
        giveUp();
        resolve();
      });
      this.#socket.close();
    });
  }

  #ask(
    name: XfsCommandName,
    timeoutMs: number,
    payload: Readonly<Record<string, unknown>>,
    heard: (event: XfsEvent) => void,
  ): Promise<Result<XfsCompletion>> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve(fail('P105', { bytesTaken: 0 }));
    this.#lastRequestId += 1;
    const requestId = this.#lastRequestId;
    const { acknowledgeMs, graceMs } = this.#timings;
    return new Promise(resolve => {
      let cancel = this.#clock.after(acknowledgeMs, () => pending.settle(fail('P104')));
      const pending: Pending = {
        name,
        isAcknowledged: false,
        settle: result => {
          cancel();
          this.#pending.delete(requestId);
          resolve(result);
        },
        heard,
        acknowledged: () => {
          cancel();
          pending.isAcknowledged = true;
          cancel = this.#clock.after(timeoutMs + graceMs, () => pending.settle(fail('P104')));
        },
      };
      this.#pending.set(requestId, pending);
      this.#socket.send(xfsCommand(name, requestId, timeoutMs, payload));
    });
  }

  #received(text: string): void {
    const message = readXfsMessage(text);
    if (message === null) return;
    const { header } = message;
    switch (header.type) {
      case 'acknowledge': {
        const pending = this.#acknowledgedBy(header.requestId, header.name);
        if (header.status === undefined || header.status === null) pending?.acknowledged();
        else pending?.settle(fail('P104', { status: header.status, bytesTaken: 0 }));
        return;
      }
      case 'completion':
        // Of a request nobody waits for any more, or never made: late or wrong, and in either case not ours.
        this.#pending.get(header.requestId)?.settle(ok(message as XfsCompletion));
        return;
      case 'event':
        this.#pending.get(header.requestId)?.heard(message as XfsEvent);
        return;
      case 'unsolicited':
        this.#onUnsolicited(message as XfsEvent);
        return;
      case 'command':
    }
  }

  /** A service that could not make out the id answers with 0: then the oldest unanswered command of that name. */
  #acknowledgedBy(requestId: number, name: string): Pending | undefined {
    if (requestId !== 0) return this.#pending.get(requestId);
    return [...this.#pending.values()].find(pending => !pending.isAcknowledged && pending.name === name);
  }
}
