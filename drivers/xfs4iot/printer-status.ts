import { z } from 'zod';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { StatusNumber } from '#drivers/printer/escpos-bytes.ts';

/** How a printer is, as its XFS4IoT service says (11.3 `Common.Status`). */
export interface XfsPrinterStatus {
  /** `online`, `offline`, `hardwareError`, …; null while nothing was said. */
  readonly device: string | null;
  /** `present`, `jammed`, …; null while nothing was said. */
  readonly media: string | null;
  /** By paper source: `full`, `low`, `out`, `jammed`. */
  readonly paper: Readonly<Record<string, string>>;
}

export const NOTHING_KNOWN: XfsPrinterStatus = { device: null, media: null, paper: {} };

const State = z.string().max(60).optional().catch(undefined);
const StatusPayload = z.object({
  common: z.object({ device: State }).optional().catch(undefined),
  printer: z
    .object({ media: State, paper: z.record(z.string(), z.unknown()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
const Threshold = z.object({ paperSource: z.string().max(60), threshold: z.string().max(60) });

/** Takes in a status, whole or only what changed. What cannot be read leaves things as they were. */
export function withStatus(before: XfsPrinterStatus, payload: unknown): XfsPrinterStatus {
  const parsed = StatusPayload.safeParse(payload);
  if (!parsed.success) return before;
  const { common, printer } = parsed.data;
  const paper = Object.entries(printer?.paper ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    device: common?.device ?? before.device,
    media: printer?.media ?? before.media,
    paper: withPaper(before.paper, paper),
  };
}

/** Takes in a `Printer.PaperThresholdEvent`. */
export function withThreshold(before: XfsPrinterStatus, payload: unknown): XfsPrinterStatus {
  const parsed = Threshold.safeParse(payload);
  if (!parsed.success) return before;
  const { paperSource, threshold } = parsed.data;
  return { ...before, paper: withPaper(before.paper, [[paperSource, threshold]]) };
}

/** No printer has more sources of paper; a service that makes up new ones fills no memory. */
const MOST_SOURCES = 16;

function withPaper(
  before: XfsPrinterStatus['paper'],
  changes: readonly (readonly [string, string])[],
): XfsPrinterStatus['paper'] {
  const paper = new Map(Object.entries(before));
  for (const [source, state] of changes)
    if (paper.has(source) || paper.size < MOST_SOURCES) paper.set(source, state);
  return Object.fromEntries(paper);
}

/** States in which the device itself is broken, and those in which it merely cannot print. */
const BROKEN = ['hardwareError', 'fraudAttempt'];
const AWAY = ['offline', 'powerOff', 'noDevice', 'userError', 'starting'];

/** What is wrong, in the words of ESC/POS. */
function factsOf({ device, media, paper }: XfsPrinterStatus) {
  const papers = Object.values(paper);
  const isOut = papers.includes('out');
  const isJammed = media === 'jammed' || papers.includes('jammed');
  const isBroken = device !== null && BROKEN.includes(device);
  return {
    isOut,
    isLow: isOut || papers.includes('low'),
    isJammed,
    isBroken,
    isOffline: isOut || isJammed || isBroken || (device !== null && AWAY.includes(device)),
  };
}

/** The same as a printer's automatic status (2.2), so that one driver understands both. */
export function toAutomaticStatus(status: XfsPrinterStatus): Uint8Array {
  const { isOut, isLow, isJammed, isBroken, isOffline } = factsOf(status);
  return Uint8Array.of(
    0x10 | (isOffline ? 0x08 : 0),
    (isBroken ? 0x20 : 0) | (isJammed ? 0x40 : 0),
    (isLow ? 0x03 : 0) | (isOut ? 0x0c : 0),
    0x00,
  );
}

/** The same as the answer of DLE EOT `number` (2.1), for while raw bytes have to wait. */
export function toRealTimeStatus(status: XfsPrinterStatus, number: StatusNumber): Uint8Array {
  const { isOut, isLow, isJammed, isBroken, isOffline } = factsOf(status);
  const bits = {
    1: isOffline ? 0x08 : 0,
    2: (isOut ? 0x20 : 0) | (isJammed || isBroken ? 0x40 : 0),
    3: (isBroken ? 0x20 : 0) | (isJammed ? 0x40 : 0),
    4: (isLow ? 0x0c : 0) | (isOut ? 0x60 : 0),
  }[number];
  return Uint8Array.of(0x12 | bits);
}

/** Why a device command failed (`payload.errorCode`, 11.3). */
const ERROR_CODES_OF_PRINTING: Readonly<Record<string, ErrorCode>> = {
  paperOut: 'P101',
  paperJammed: 'P111',
  mediaJammed: 'P111',
  mediaRetained: 'P111',
  mediaRetracted: 'P111',
  blackMark: 'P111',
  shutterFail: 'P107',
  tonerOut: 'P107',
};

const CODES_OF_COMPLETIONS: Readonly<Record<string, ErrorCode>> = {
  deviceNotReady: 'P103',
  userError: 'P103',
  hardwareError: 'P107',
  fraudAttempt: 'P107',
  timeOut: 'P104',
  unsupportedData: 'P109',
  invalidData: 'P109',
  authorisationRequired: 'P114',
};

/** The printer's code for a completion; null when it succeeded. A reason nobody knows is "does not answer". */
export function codeOfCompletion(
  completionCode: string,
  payload: Readonly<Record<string, unknown>>,
): ErrorCode | null {
  if (completionCode === 'success') return null;
  if (completionCode !== 'commandErrorCode') return ownValue(CODES_OF_COMPLETIONS, completionCode);
  return ownValue(ERROR_CODES_OF_PRINTING, payload.errorCode);
}

function ownValue(table: Readonly<Record<string, ErrorCode>>, key: unknown): ErrorCode {
  return typeof key === 'string' && Object.hasOwn(table, key) ? (table[key] ?? 'P104') : 'P104';
}
