import { fail, ok, type Result } from '#core/wire/result.ts';
import {
  MAX_BATCH_BYTES,
  MAX_LONE_EVENT_BYTES,
  PushRequest,
  UPLOAD_PROTOCOL_VERSION,
} from '#core/wire/upload.ts';

/**
 * Reads the body of a push.
 * @param body JSON text
 * @returns M601 when it is not JSON or not a push, M604 for another protocol version, U506 when it is larger than a
 *   batch (or than a lone event) may be
 */
export function readPush(body: string): Result<PushRequest> {
  const parsed = parseMessage(body);
  if (!parsed.ok) return parsed;
  const push = PushRequest.safeParse(parsed.value);
  if (!push.success) return fail('M601', { field: push.error.issues[0]?.path.join('.') ?? '' });
  const { from, to, events } = push.data;
  if (to - from + 1 !== events.length) return fail('M601', { field: 'to' });
  const maxBytes = events.length === 1 ? MAX_LONE_EVENT_BYTES : MAX_BATCH_BYTES;
  if (Buffer.byteLength(body) > maxBytes) return fail('U506', { maxBytes });
  return ok(push.data);
}

/**
 * Reads a JSON text that carries `protocol`.
 * @returns M601 when it is not a JSON object, M604 when it speaks another protocol version
 */
export function parseMessage(body: string): Result<object> {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    return fail('M601', { field: '' });
  }
  if (typeof message !== 'object' || message === null) return fail('M601', { field: '' });
  const protocol = 'protocol' in message ? message.protocol : undefined;
  if (typeof protocol === 'number' && protocol !== UPLOAD_PROTOCOL_VERSION) {
    return fail('M604', { protocol, supported: UPLOAD_PROTOCOL_VERSION });
  }
  return ok(message);
}
