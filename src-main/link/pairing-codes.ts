import { fail, ok, type Result } from '#core/wire/result.ts';

/** BR2: the code that lets one new PC into the branch. One use, five minutes, five tries, one at a time. Pure. */

/** 32 characters without 0 O 1 I, so that a code read aloud or copied by hand is not mistaken. */
export const PAIRING_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const PAIRING_CODE_LENGTH = 8;
export const PAIRING_LIFE_MS = 5 * 60_000;
export const PAIRING_TRIES = 5;

export interface OpenCode {
  readonly code: string;
  readonly madeBy: string;
  /** The station whose place the new PC takes; null: it is one more. */
  readonly replaces: string | null;
  /** By the clock `nowMs` is of. */
  readonly endsMs: number;
  readonly triesLeft: number;
}

/** Why the last code is no more. */
export type EndedCode = 'used' | 'expired' | 'too-many-tries' | 'none';

export interface PairingCodes {
  readonly open: OpenCode | null;
  readonly ended: EndedCode;
}

export const NO_CODES: PairingCodes = { open: null, ended: 'none' };

/**
 * A code of random bytes; each gives one of 32 characters without favour.
 * @param bytes at least `PAIRING_CODE_LENGTH` of them
 */
export function codeOf(bytes: Uint8Array): string {
  const characters = [...bytes.subarray(0, PAIRING_CODE_LENGTH)].map(byte => PAIRING_ALPHABET[byte & 31]);
  return characters.join('');
}

/** A code as it was typed: in any case, with spaces or hyphens. Null when it cannot be one. */
export function readTypedCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  const isCode =
    code.length === PAIRING_CODE_LENGTH && [...code].every(one => PAIRING_ALPHABET.includes(one));
  return isCode ? code : null;
}

/** Opens a code; the one before it, if any, is gone. */
export function openCode(
  code: string,
  by: { readonly madeBy: string; readonly replaces: string | null },
  nowMs: number,
): PairingCodes {
  return {
    open: { code, ...by, endsMs: nowMs + PAIRING_LIFE_MS, triesLeft: PAIRING_TRIES },
    ended: 'none',
  };
}

/** Somebody takes it back. */
export function closeCode(): PairingCodes {
  return NO_CODES;
}

/** The state at this time: an old code is gone. */
export function codesAt(codes: PairingCodes, nowMs: number): PairingCodes {
  return codes.open !== null && nowMs >= codes.open.endsMs ? { open: null, ended: 'expired' } : codes;
}

/**
 * A station begins a try. It counts before anything is compared, so that tries at the same time count one by one.
 * Failures: `U520` used, `U521` expired, `U522` too many tries, `U523` none is open.
 */
export function beginTry(
  codes: PairingCodes,
  nowMs: number,
): { readonly codes: PairingCodes; readonly tried: Result<OpenCode> } {
  const current = codesAt(codes, nowMs);
  const { open } = current;
  if (open === null) return { codes: current, tried: fail(CODE_OF_END[current.ended]) };
  // The last try may still be under way.
  if (open.triesLeft === 0) return { codes: current, tried: fail('U522') };
  const tried = { ...open, triesLeft: open.triesLeft - 1 };
  return { codes: { ...current, open: tried }, tried: ok(tried) };
}

/**
 * How a try ended. Only the code it was made for can be ended by it.
 * Failures: `U519` wrong (`facts.left` tries), `U522` wrong and the last; `U520`, `U521`, `U523` gone meanwhile.
 */
export function endTry(
  codes: PairingCodes,
  tried: OpenCode,
  fits: boolean,
  nowMs: number,
): { readonly codes: PairingCodes; readonly result: Result<void> } {
  const current = codesAt(codes, nowMs);
  const { open } = current;
  if (open === null || open.code !== tried.code)
    return { codes: current, result: fail(open === null ? CODE_OF_END[current.ended] : 'U523') };
  if (fits) return { codes: { open: null, ended: 'used' }, result: ok(undefined) };
  if (open.triesLeft > 0) return { codes: current, result: fail('U519', { left: open.triesLeft }) };
  return { codes: { open: null, ended: 'too-many-tries' }, result: fail('U522') };
}

const CODE_OF_END = { used: 'U520', expired: 'U521', 'too-many-tries': 'U522', none: 'U523' } as const;
