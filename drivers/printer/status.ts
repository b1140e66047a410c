import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { StatusNumber } from './escpos-bytes.ts';

/** What is known of the printer, from whichever answer told it last (hardware-protocols 2.1 and 2.2). */
export interface PrinterFacts {
  readonly offline: boolean;
  readonly coverOpen: boolean;
  readonly paperEnd: boolean;
  readonly paperNearEnd: boolean;
  readonly cutterError: boolean;
  readonly unrecoverableError: boolean;
  /** Paper jam or a hot print head: goes away by itself or by hand. */
  readonly recoverableError: boolean;
}

/** A printer of which nothing bad is known. */
export const ALL_WELL: PrinterFacts = {
  offline: false,
  coverOpen: false,
  paperEnd: false,
  paperNearEnd: false,
  cutterError: false,
  unrecoverableError: false,
  recoverableError: false,
};

/**
 * Takes in the answer of DLE EOT `number`. An online printer has no cause of being offline, so "online" also
 * clears the causes learned before.
 */
export function withRealTimeStatus(facts: PrinterFacts, number: StatusNumber, byte: number): PrinterFacts {
  switch (number) {
    case 1: {
      // Bits 5 and 6 are undefined on old models.
      const offline = (byte & 0x08) !== 0;
      return offline ? { ...facts, offline } : { ...ALL_WELL, paperNearEnd: facts.paperNearEnd };
    }
    case 2:
      return { ...facts, coverOpen: (byte & 0x04) !== 0, paperEnd: (byte & 0x20) !== 0 };
    case 3:
      // Bit 2 (mechanical error) is undefined on old models; such an error also shows as offline.
      return {
        ...facts,
        cutterError: (byte & 0x08) !== 0,
        unrecoverableError: (byte & 0x20) !== 0,
        recoverableError: (byte & 0x40) !== 0,
      };
    case 4:
      return { ...facts, paperNearEnd: (byte & 0x0c) === 0x0c, paperEnd: (byte & 0x60) === 0x60 };
  }
}

/** The facts of a four-byte automatic status, which always tells everything. */
export function factsOfAutomaticStatus(bytes: readonly [number, number, number, number]): PrinterFacts {
  const [printer, errors, paper] = bytes;
  return {
    offline: (printer & 0x08) !== 0,
    coverOpen: (printer & 0x20) !== 0,
    paperEnd: (paper & 0x0c) === 0x0c,
    paperNearEnd: (paper & 0x03) === 0x03,
    cutterError: (errors & 0x08) !== 0,
    unrecoverableError: (errors & 0x20) !== 0,
    recoverableError: (errors & 0x44) !== 0,
  };
}

/** The code of what keeps the printer from printing, the most telling first; null when it can print. */
export function blockingCode(facts: PrinterFacts): ErrorCode | null {
  if (facts.unrecoverableError) return 'P107';
  if (facts.cutterError) return 'P106';
  if (facts.coverOpen) return 'P102';
  if (facts.paperEnd) return 'P101';
  if (facts.recoverableError) return 'P111';
  if (facts.offline) return 'P103';
  return null;
}

/** The printer's health while it answers. */
export function healthOf(facts: PrinterFacts): DeviceHealth {
  const code = blockingCode(facts);
  if (code !== null) return { status: 'down', code };
  return facts.paperNearEnd ? { status: 'warning', code: 'P108' } : { status: 'ready', code: null };
}
