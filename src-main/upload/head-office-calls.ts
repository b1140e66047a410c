import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ZodType } from 'zod';
import { ERROR_CODES, type ErrorCode } from '#core/wire/error-codes.ts';
import {
  type BranchStatus,
  type ClaimRequest,
  CursorAnswer,
  NamedAnswer,
  PushAnswer,
  RefusalAnswer,
  type RegisterRequest,
} from '#core/wire/upload.ts';

const zip = promisify(gzip);

/** How a request to head office ended. */
export type CallResult<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly code: ErrorCode; readonly retryAfterMs: number };

/** Where head office is and who asks. */
export interface HeadOfficePlace {
  /** For example `https://foyer.bank.example/`. */
  readonly url: string;
  readonly branch: string;
  readonly key: string;
  readonly timeOutMs: number;
  /** The global `fetch`, or another one in tests. */
  readonly fetch: typeof globalThis.fetch;
}

/** The requests of a branch. None ever rejects; out of reach, late or not understood is U501. */
export interface HeadOfficeCalls {
  cursor(signal: AbortSignal): Promise<CallResult<CursorAnswer>>;
  /** @param body JSON text of a `PushRequest` */
  push(body: string, signal: AbortSignal): Promise<CallResult<PushAnswer>>;
  status(status: BranchStatus, signal: AbortSignal): Promise<CallResult<null>>;
  claim(claim: ClaimRequest, signal: AbortSignal): Promise<CallResult<NamedAnswer>>;
  register(decision: RegisterRequest, signal: AbortSignal): Promise<CallResult<NamedAnswer>>;
}

const OUT_OF_REACH = { ok: false, code: 'U501', retryAfterMs: 0 } as const;

/** The requests of one branch to one head office. */
export function headOfficeCalls(place: HeadOfficePlace): HeadOfficeCalls {
  const base = `${place.url.replace(/\/+$/, '')}/v1/branches/${encodeURIComponent(place.branch)}`;

  async function call(path: string, body: string | null, signal: AbortSignal): Promise<CallResult<unknown>> {
    const headers = { authorization: `Bearer ${place.key}` };
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(place.timeOutMs)]);
      // Never follow a redirect: the key is for this address only.
      const common = { signal: limited, redirect: 'error' } as const;
      const response =
        body === null
          ? await place.fetch(`${base}/${path}`, { ...common, headers })
          : await place.fetch(`${base}/${path}`, {
              ...common,
              method: 'POST',
              headers: { ...headers, 'content-type': 'application/json', 'content-encoding': 'gzip' },
              body: new Uint8Array(await zip(body)),
            });
      const text = await response.text();
      const answer: unknown = text === '' ? null : JSON.parse(text);
      return response.ok ? { ok: true, answer } : refusal(answer);
    } catch {
      return OUT_OF_REACH;
    }
  }

  return {
    cursor: async signal => readAs(CursorAnswer, await call('cursor', null, signal)),
    push: async (body, signal) => readAs(PushAnswer, await call('events', body, signal)),
    claim: async (claim, signal) => readAs(NamedAnswer, await call('claim', JSON.stringify(claim), signal)),
    register: async (decision, signal) =>
      readAs(NamedAnswer, await call('register', JSON.stringify(decision), signal)),
    async status(status, signal) {
      const result = await call('status', JSON.stringify(status), signal);
      return result.ok ? { ok: true, answer: null } : result;
    },
  };
}

function readAs<Answer>(schema: ZodType<Answer>, result: CallResult<unknown>): CallResult<Answer> {
  if (!result.ok) return result;
  const answer = schema.safeParse(result.answer);
  return answer.success ? { ok: true, answer: answer.data } : OUT_OF_REACH;
}

function refusal(answer: unknown): CallResult<never> {
  const read = RefusalAnswer.safeParse(answer);
  if (!read.success || !isErrorCode(read.data.code)) return OUT_OF_REACH;
  const retryAfterMs = read.data.facts?.retryAfterMs;
  return {
    ok: false,
    code: read.data.code,
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 0,
  };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
