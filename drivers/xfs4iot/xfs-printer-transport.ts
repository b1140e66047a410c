import { z } from 'zod';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';
import type { StatusNumber } from '#drivers/printer/escpos-bytes.ts';
import { findServices, serviceName } from './discover.ts';
import { rawAnswer, rawPayload, type XfsEvent } from './envelope.ts';
import {
  codeOfCompletion,
  NOTHING_KNOWN,
  toAutomaticStatus,
  toRealTimeStatus,
  withStatus,
  withThreshold,
} from './printer-status.ts';
import { splitRawBytes } from './split-raw-bytes.ts';
import { STANDARD_XFS_TIMINGS, XfsConnection, type XfsTimings } from './xfs-connection.ts';

export interface XfsPrinterAddress {
  /** `ws://` or `wss://`; without a port the usual ones are tried. */
  readonly publisher: string;
  /** Null: the first service that has a printer. */
  readonly service: string | null;
}

/** How long the service may take, in milliseconds. */
const STATUS_MS = 2_000;
const PRINT_MS = 10_000;
/** An answer comes when everything before it is on paper. */
const ANSWER_MS = 6_000;
const QUESTION_MS = 1_000;

/** Major versions of what is used here (11.3). */
const VERSIONS = {
  commands: { 'Common.Status': 2, 'Common.Capabilities': 2, 'Printer.PrintRaw': 3 },
  events: { 'Common.StatusChangedEvent': 3, 'Printer.PaperThresholdEvent': 2 },
};

const Interfaces = z.object({ interfaces: z.array(z.object({ name: z.string() })).catch([]) });

/**
 * HW6: an ESC/POS printer behind an XFS4IoT service, as a byte stream: raw bytes go through `Printer.PrintRaw`, and
 * what the service knows of the printer comes as the printer's own status bytes. Failures to open are P105; those
 * of `write` are the printer's, with `bytesTaken: 0` when certainly nothing was printed.
 */
export function createXfsPrinterTransport(
  address: XfsPrinterAddress,
  clock: DriverClock,
  timings: XfsTimings = STANDARD_XFS_TIMINGS,
): ByteTransport {
  return new XfsPrinterTransport(address, clock, timings);
}

class XfsPrinterTransport implements ByteTransport {
  readonly #address: XfsPrinterAddress;
  readonly #clock: DriverClock;
  readonly #timings: XfsTimings;
  #connection: XfsConnection | null = null;
  /** Raised by each `open()` and `close()`, so that an opening under way knows that it is no longer wanted. */
  #generation = 0;
  #status = NOTHING_KNOWN;
  /** Raw bytes in order: a service carries out one command after the other anyway. */
  #lastRaw: Promise<unknown> = Promise.resolve();
  #rawWaiting = 0;
  #onData: (bytes: Uint8Array) => void = () => {};
  #onLost: (failure: Failure) => void = () => {};

  constructor(address: XfsPrinterAddress, clock: DriverClock, timings: XfsTimings) {
    this.#address = address;
    this.#clock = clock;
    this.#timings = timings;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onLost(listener: (failure: Failure) => void): void {
    this.#onLost = listener;
  }

  async open(): Promise<Result<void>> {
    if (this.#connection !== null) return ok(undefined);
    this.#generation += 1;
    const generation = this.#generation;
    const found = await findServices(this.#address.publisher, this.#clock, this.#timings);
    if (!found.ok) return found;
    const opened = await this.#openPrinter(found.value);
    if (!opened.ok) return opened;
    const connection = opened.value;
    if (generation !== this.#generation) {
      await connection.close();
      return fail('P105');
    }
    this.#status = NOTHING_KNOWN;
    this.#lastRaw = Promise.resolve();
    this.#rawWaiting = 0;
    connection.onLost(() => this.#lost(connection));
    connection.onUnsolicited(event => this.#heard(event));
    // A service that does not know the command speaks the only version it has.
    await connection.request('Common.SetVersions', STATUS_MS, VERSIONS);
    const status = await connection.request('Common.Status', STATUS_MS);
    if (!status.ok || generation !== this.#generation) {
      await connection.close();
      return fail('P105');
    }
    this.#status = withStatus(this.#status, status.value.payload);
    this.#connection = connection;
    return ok(undefined);
  }

  async write(bytes: Uint8Array): Promise<Result<void>> {
    const connection = this.#connection;
    if (connection === null) return fail('P105', { bytesTaken: 0 });
    const question = statusNumberOf(bytes);
    if (question !== null) return this.#ask(connection, bytes, question);
    const { silent, questions } = splitRawBytes(bytes);
    let written: Result<void> = ok(undefined);
    if (silent.length > 0) written = await this.#raw(connection, silent, false, PRINT_MS);
    if (!written.ok) return written;
    // What the printer answers comes through `onData`, when it comes.
    for (const asked of questions) void this.#raw(connection, asked, true, ANSWER_MS);
    return written;
  }

  async close(): Promise<void> {
    this.#generation += 1;
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close();
  }

  #raw(
    connection: XfsConnection,
    bytes: Uint8Array,
    readsBack: boolean,
    timeoutMs: number,
  ): Promise<Result<void>> {
    this.#rawWaiting += 1;
    const done = this.#lastRaw.then(async (): Promise<Result<void>> => {
      const answered = await connection.request('Printer.PrintRaw', timeoutMs, rawPayload(bytes, readsBack));
      if (this.#connection === connection) this.#rawWaiting -= 1;
      if (!answered.ok) return answered;
      const { header, payload } = answered.value;
      // Printed, and the device had nothing to say: whoever asked notices the silence.
      if (readsBack && header.completionCode === 'timeOut') return ok(undefined);
      const code = codeOfCompletion(header.completionCode, payload);
      if (code !== null) return fail(code, { completion: header.completionCode });
      const answer = rawAnswer(payload);
      if (answer.length > 0 && this.#connection === connection) this.#onData(answer);
      return ok(undefined);
    });
    this.#lastRaw = done;
    return done;
  }

  /** The printer itself is asked, unless a ticket is before the question or the service has none of it. */
  async #ask(connection: XfsConnection, bytes: Uint8Array, number: StatusNumber): Promise<Result<void>> {
    if (this.#rawWaiting > 0) return this.#answerFromStatus(connection, number);
    const asked = await this.#raw(connection, bytes, true, QUESTION_MS);
    return asked.ok ? asked : this.#answerFromStatus(connection, number);
  }

  async #answerFromStatus(connection: XfsConnection, number: StatusNumber): Promise<Result<void>> {
    const answered = await connection.request('Common.Status', STATUS_MS);
    if (!answered.ok || this.#connection !== connection) return ok(undefined);
    this.#status = withStatus(this.#status, answered.value.payload);
    this.#onData(toRealTimeStatus(this.#status, number));
    return ok(undefined);
  }

  #heard(event: XfsEvent): void {
    const { name } = event.header;
    if (name === 'Common.StatusChangedEvent') this.#status = withStatus(this.#status, event.payload);
    else if (name === 'Printer.PaperThresholdEvent')
      this.#status = withThreshold(this.#status, event.payload);
    else return;
    if (this.#connection !== null) this.#onData(toAutomaticStatus(this.#status));
  }

  #lost(connection: XfsConnection): void {
    if (this.#connection !== connection) return;
    this.#connection = null;
    this.#onLost({ code: 'P105' });
  }

  /** The service of that name, or the first with a printer in it. */
  async #openPrinter(uris: readonly string[]): Promise<Result<XfsConnection>> {
    const { service } = this.#address;
    for (const uri of uris) {
      if (service !== null && serviceName(uri) !== service) continue;
      const opened = await XfsConnection.open(uri, this.#clock, this.#timings);
      if (!opened.ok) continue;
      if (service !== null || (await this.#isPrinter(opened.value))) return opened;
      await opened.value.close();
    }
    return fail('P105', { service: service ?? '' });
  }

  async #isPrinter(connection: XfsConnection): Promise<boolean> {
    const answered = await connection.request('Common.Capabilities', STATUS_MS);
    if (!answered.ok) return false;
    const { payload } = answered.value;
    const named = Interfaces.safeParse(payload).data?.interfaces ?? [];
    return 'printer' in payload || named.some(({ name }) => name.toLowerCase() === 'printer');
  }
}

/** The number of a DLE EOT question; null for anything else. */
function statusNumberOf(bytes: Uint8Array): StatusNumber | null {
  const [dle, eot, number] = bytes;
  if (bytes.length !== 3 || dle !== 0x10 || eot !== 0x04) return null;
  return number === 1 || number === 2 || number === 3 || number === 4 ? number : null;
}
