/**
 * The answer of anything that can fail in an expected way. Exceptions are kept for bugs.
 * `E` is a tagged error with a stable code, so the caller must look before it uses the value.
 */
export type Result<T, E = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** An expected failure: a code from `error-codes.ts` and the few facts its sentence needs. */
export interface Failure {
  readonly code: ErrorCode;
  /** Facts for the sentence shown to people (numbers, field names). Never personal data. */
  readonly facts?: Readonly<Record<string, string | number>>;
}

import type { ErrorCode } from './error-codes.ts';

/** Wraps a value as success. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Wraps a code (and the facts of its sentence) as failure. */
export function fail(
  code: ErrorCode,
  facts?: Failure['facts'],
): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error: facts === undefined ? { code } : { code, facts } };
}

/** Makes forgetting a case of a union a compile error. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
