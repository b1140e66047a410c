import type { ErrorCode } from '#core/wire/error-codes.ts';
import { type Failure, fail, type Result } from '#core/wire/result.ts';
import type { ByteTransport } from './contract.ts';

/** The same transport for a device of another area: its failures carry these codes, their facts are kept. */
export function recodedTransport(
  transport: ByteTransport,
  codes: { readonly refused: ErrorCode; readonly lost: ErrorCode },
): ByteTransport {
  return {
    open: async () => withCode(await transport.open(), codes.refused),
    write: async bytes => withCode(await transport.write(bytes), codes.lost),
    close: () => transport.close(),
    onData: listener => transport.onData(listener),
    onLost: listener => transport.onLost((failure: Failure) => listener({ ...failure, code: codes.lost })),
  };
}

function withCode(result: Result<void>, code: ErrorCode): Result<void> {
  return result.ok ? result : fail(code, result.error.facts);
}
