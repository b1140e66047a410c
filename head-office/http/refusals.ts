import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { Failure } from '#core/wire/result.ts';

/** HTTP status of each code head office answers with; any other is 400. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  U501: 500,
  U504: 401,
  U505: 409,
  U506: 413,
  U507: 403,
  U508: 503,
  U509: 403,
  M605: 403,
  M608: 429,
  M609: 404,
  D403: 503,
  D404: 503,
};

/** Breaks off the reading of a body; the one way Fastify lets a body parser refuse. */
export class BodyRefused extends Error {
  readonly failure: Failure;
  readonly statusCode: number;

  constructor(failure: Failure, statusCode = STATUS[failure.code] ?? 400) {
    super(failure.code);
    this.failure = failure;
    this.statusCode = statusCode;
  }
}

/** Answers a request with a code, as JSON, under the HTTP status that fits it. */
export function refuse(
  reply: FastifyReply,
  failure: Failure,
  status = STATUS[failure.code] ?? 400,
): FastifyReply {
  const waitMs = failure.facts?.retryAfterMs;
  if (typeof waitMs === 'number') reply.header('retry-after', Math.ceil(waitMs / 1000));
  if (status === 401 && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).type('application/json').send(failure);
}

/** Gives every failed request a coded JSON answer, whatever it failed of. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => refuse(reply, { code: 'M609' }));
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof BodyRefused) return refuse(reply, error.failure, error.statusCode);
    const status = statusOf(error);
    if (status === 413) return refuse(reply, { code: 'U506' });
    if (status >= 400 && status < 500) return refuse(reply, { code: 'M601' }, status);
    const code = storageCode(error);
    request.log.error({ err: error, code }, 'request failed');
    return refuse(reply, { code });
  });
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
}

/** Disk full, any other error with an SQLSTATE or of the connection, or a bug of ours. */
function storageCode(error: unknown): ErrorCode {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '53100') return 'D403';
  return /^([0-9A-Z]{5}|E[A-Z]+)$/.test(code) ? 'D404' : 'U501';
}
