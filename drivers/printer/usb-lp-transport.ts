import { constants, type FileHandle, open } from 'node:fs/promises';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';

/** What is used of an open `/dev/usb/lp0`; errors carry the system's `code`, as in `node:fs`. */
export type UsbLpFile = Pick<FileHandle, 'read' | 'write' | 'close'>;

/** Opens the device file for reading and writing, without waiting. */
export type OpenUsbLpFile = (path: string) => Promise<UsbLpFile>;

/** An answer may take several reads; so far apart they are tried in practice. */
const READ_AGAIN_MS = 50;
/** The kernel takes no more while a packet is under way, which lasts as long as the printer is out of paper. */
const WRITE_AGAIN_MS = 20;

const openNow: OpenUsbLpFile = path => open(path, constants.O_RDWR | constants.O_NONBLOCK);

/**
 * A USB printer through Linux' `usblp` driver (hardware-protocols 3). Every read and write returns at once, so no
 * thread is ever stuck in the kernel on a printer that says nothing.
 *
 * Failures: P105 nothing there or unplugged, P114 no right (group `lp`) or used by another program. A refused
 * `write` carries the fact `bytesTaken: 0` when certainly no byte left.
 * @param path `/dev/usb/lp0`
 * @param openFile the real device file when left out
 */
export function createUsbLpTransport(
  path: string,
  clock: DriverClock,
  openFile: OpenUsbLpFile = openNow,
): ByteTransport {
  return new UsbLpTransport(path, clock, openFile);
}

class UsbLpTransport implements ByteTransport {
  readonly #path: string;
  readonly #clock: DriverClock;
  readonly #openFile: OpenUsbLpFile;
  #file: UsbLpFile | null = null;
  #opening: Promise<Result<void>> | null = null;
  /** Raised by each `close()`, so that an opening under way knows that it is no longer wanted. */
  #closings = 0;
  #cancelRead: () => void = () => {};
  /** Ends the pause of a write that is being tried again. */
  #cutPause: () => void = () => {};
  /** Reads and writes under way on the file: it is closed only after them, as its number may be given away then. */
  readonly #underWay = new Set<Promise<unknown>>();
  /** Writes leave one after another. */
  #lastWrite: Promise<unknown> = Promise.resolve();
  #onData: (bytes: Uint8Array) => void = () => {};
  #onLost: (failure: Failure) => void = () => {};

  constructor(path: string, clock: DriverClock, openFile: OpenUsbLpFile) {
    this.#path = path;
    this.#clock = clock;
    this.#openFile = openFile;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onLost(listener: (failure: Failure) => void): void {
    this.#onLost = listener;
  }

  open(): Promise<Result<void>> {
    if (this.#file !== null) return Promise.resolve(ok(undefined));
    this.#opening ??= this.#openDevice().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async write(bytes: Uint8Array): Promise<Result<void>> {
    const file = this.#file;
    if (file === null) return fail('P105', { bytesTaken: 0 });
    const written = this.#lastWrite.then(() => this.#writeAll(file, bytes));
    this.#lastWrite = written;
    return written;
  }

  async close(): Promise<void> {
    this.#closings += 1;
    const file = this.#file;
    if (file !== null) await this.#letGo(file);
  }

  async #openDevice(): Promise<Result<void>> {
    const closings = this.#closings;
    let file: UsbLpFile;
    try {
      file = await this.#openFile(this.#path);
    } catch (error) {
      return fail(refusalOf(error), { path: this.#path });
    }
    if (closings !== this.#closings) {
      await file.close().catch(() => {});
      return fail('P105', { path: this.#path });
    }
    this.#file = file;
    void this.#readOn(file);
    return ok(undefined);
  }

  /** Reads what there is, and looks again a little later. */
  async #readOn(file: UsbLpFile): Promise<void> {
    const buffer = new Uint8Array(4_096);
    try {
      for (let bytesRead = 1; bytesRead > 0; ) {
        ({ bytesRead } = await this.#track(file.read(buffer, 0, buffer.length, null)));
        if (this.#file !== file) return;
        if (bytesRead > 0) this.#onData(buffer.slice(0, bytesRead));
      }
    } catch (error) {
      if (this.#file !== file) return;
      // A printer without a way back: it is written to, and found silent by whoever asks it.
      if (codeOf(error) === 'EINVAL') return;
      if (!isForNow(error)) {
        this.#lose(file);
        return;
      }
    }
    if (this.#file !== file) return;
    this.#cancelRead = this.#clock.after(READ_AGAIN_MS, () => void this.#readOn(file));
  }

  async #writeAll(file: UsbLpFile, bytes: Uint8Array): Promise<Result<void>> {
    let taken = 0;
    while (taken < bytes.length) {
      if (this.#file !== file) return this.#broken(taken);
      try {
        const rest = bytes.subarray(taken);
        const { bytesWritten } = await this.#track(file.write(rest, 0, rest.length, null));
        taken += bytesWritten;
        if (bytesWritten === 0) await this.#pause();
      } catch (error) {
        if (!isForNow(error)) {
          this.#lose(file);
          return this.#broken(taken);
        }
        await this.#pause();
      }
    }
    return ok(undefined);
  }

  #broken(bytesTaken: number): Result<void> {
    return bytesTaken === 0
      ? fail('P105', { path: this.#path, bytesTaken })
      : fail('P105', { path: this.#path });
  }

  #pause(): Promise<void> {
    return new Promise(resolve => {
      const cancel = this.#clock.after(WRITE_AGAIN_MS, resolve);
      this.#cutPause = () => {
        cancel();
        resolve();
      };
    });
  }

  #track<T>(work: Promise<T>): Promise<T> {
    const settled = work.catch(() => {}).finally(() => this.#underWay.delete(settled));
    this.#underWay.add(settled);
    return work;
  }

  #lose(file: UsbLpFile): void {
    if (this.#file !== file) return;
    void this.#letGo(file);
    this.#onLost({ code: 'P105', facts: { path: this.#path } });
  }

  async #letGo(file: UsbLpFile): Promise<void> {
    this.#file = null;
    this.#cancelRead();
    this.#cutPause();
    await Promise.all(this.#underWay);
    await file.close().catch(() => {});
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** Nothing to read, or no room to write, just now. */
function isForNow(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'EAGAIN' || code === 'EINTR';
}

function refusalOf(error: unknown): ErrorCode {
  const code = codeOf(error);
  return code === 'EACCES' || code === 'EPERM' || code === 'EBUSY' ? 'P114' : 'P105';
}
