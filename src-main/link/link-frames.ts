import {
  LinkFrame,
  type LinkHello,
  type LinkMessage,
  MAX_LINK_FRAME_BYTES,
} from '#core/wire/link-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';

/** Numbers what is sent on one connection. */
export interface FrameWriter {
  /** The frame's text. Failure: `M602` too large; its number is then not used up. */
  write(message: LinkHello | LinkMessage): Result<string>;
}

export function createFrameWriter(): FrameWriter {
  let sent = 0;
  return {
    write(message) {
      const text = JSON.stringify({ n: sent + 1, m: message });
      if (Buffer.byteLength(text, 'utf8') > MAX_LINK_FRAME_BYTES)
        return fail('M602', { bytes: MAX_LINK_FRAME_BYTES });
      sent += 1;
      return ok(text);
    },
  };
}

/**
 * Reads what arrives on one connection. After its first failure it reads nothing more: frames that were repeated,
 * left out, reordered or altered never have an effect.
 */
export interface FrameReader {
  /**
   * Failures: `M602` too large, `M601` no frame of ours, `U516` not the next number, or a greeting that is not the
   * first frame.
   */
  read(frame: Uint8Array): Result<LinkHello | LinkMessage>;
}

export function createFrameReader(): FrameReader {
  let read = 0;
  let failed: Result<never> | null = null;

  const readNext = (frame: Uint8Array): Result<LinkHello | LinkMessage> => {
    if (frame.byteLength > MAX_LINK_FRAME_BYTES) return fail('M602', { bytes: MAX_LINK_FRAME_BYTES });
    const parsed = LinkFrame.safeParse(parseJson(frame));
    if (!parsed.success) return fail('M601');
    const { n, m } = parsed.data;
    if (n !== read + 1 || (m.kind === 'hello') !== (n === 1)) return fail('U516');
    read = n;
    return ok(m);
  };

  return {
    read(frame) {
      if (failed !== null) return failed;
      const result = readNext(frame);
      if (!result.ok) failed = result;
      return result;
    },
  };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch {
    return undefined;
  }
}
