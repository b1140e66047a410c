import { fail, ok, type Result } from '#core/wire/result.ts';
import type { ByteTransport } from '#drivers/contract.ts';

/** The Windows print spooler, as far as it is used here. */
export interface RawSpooler {
  /** Fails with P113 when Windows has no printer of that name, P114 when it may not be used. */
  find(printer: string): Promise<Result<void>>;
  /**
   * Prints bytes as they are, as one document. Failures: as `find`, and P105. The fact `bytesTaken: 0` says that
   * certainly no byte was handed over.
   */
  printRaw(printer: string, documentName: string, bytes: Uint8Array): Promise<Result<void>>;
  /** Names of this PC's printers, its own and those of print servers it is connected to; P105 when it cannot be told. */
  list(): Promise<Result<readonly string[]>>;
}

/**
 * A printer behind the Windows spooler (hardware-protocols 3): every write is a document of its own and nothing
 * ever comes back, so the driver on top must not ask anything (`answers: false`) and a ticket is at best sent.
 * @param printer its name in Windows
 * @param documentName what people see in the spooler's window
 */
export function createSpoolerTransport(
  printer: string,
  documentName: string,
  spooler: RawSpooler,
): ByteTransport {
  let isOpen = false;
  const find = async () => {
    const found = await spooler.find(printer);
    isOpen = found.ok;
    return found;
  };
  return {
    open: find,
    stillThere: find,
    async write(bytes) {
      if (!isOpen) return fail('P105', { bytesTaken: 0 });
      if (bytes.length === 0) return ok(undefined);
      return spooler.printRaw(printer, documentName, bytes);
    },
    async close() {
      isOpen = false;
    },
    onData() {},
    onLost() {},
  };
}
