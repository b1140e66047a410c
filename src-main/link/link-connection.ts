import type { RawData, WebSocket } from 'ws';
import { ERROR_CODES, type ErrorCode } from '#core/wire/error-codes.ts';
import { LINK_PROTOCOL_VERSION, type LinkHello, type LinkMessage } from '#core/wire/link-messages.ts';
import { inVersion } from '#core/wire/link-versions.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { createFrameReader, createFrameWriter } from './link-frames.ts';
import type { LinkLimits } from './link-limits.ts';

export type AuthorityMessage = Extract<LinkMessage, { kind: 'authority' }>;
/** What the program above the link says and hears. */
export type StationMessage = Exclude<LinkMessage, { kind: 'authority' | 'bye' }>;

/** An open link to one station of the branch, whose certificate has been checked. */
export interface LinkConnection {
  readonly station: string;
  /** The protocol version both sides speak. */
  readonly protocol: number;
  readonly programVersion: string;
  /**
   * Failures: `M602` too large, nothing was sent; `U517` the other side reads too slowly, the connection is now
   * closed; `U528` it was closed before; `U515` the version both speak has no words for it, nothing was sent. What was
   * sent may still be lost with the connection.
   */
  send(message: StationMessage): Result<void>;
  /** Bytes that wait for the other side to read them; a sender of much waits while these are many. */
  unsentBytes(): number;
  /** There is one listener; a later one takes its place. What arrived before the first is kept for it. */
  onMessage(listener: (message: StationMessage) => void): void;
  /** Called once, at once when it is closed already. `code` says why; null: properly. */
  onClose(listener: (code: ErrorCode | null) => void): void;
  /** Tells the other side why, and closes. */
  close(code?: ErrorCode): void;
}

/** A connection with what only the link itself uses. */
export interface InnerConnection extends LinkConnection {
  sendAuthority(message: AuthorityMessage): void;
  onAuthority(listener: (message: AuthorityMessage) => void): void;
  /** Asks again whether the other side is still trusted, and closes when not. */
  recheck(): void;
}

/** A station of the branch whose program cannot work with this one: one of the two must be updated. */
export interface UnfitProgram {
  readonly station: string;
  readonly programVersion: string;
  /** True: the other one is the older; false: this program is. */
  readonly isOlder: boolean;
}

export interface ConnectionParts {
  readonly own: Omit<LinkHello, 'kind' | 'protocol'>;
  /** By its certificate. */
  readonly peerStation: string;
  /** Why the other side is not trusted any more; null: it is. */
  readonly distrust: () => ErrorCode | null;
  readonly clock: DriverClock;
  readonly limits: LinkLimits;
  /** The other side's program is too far from this one (`U515`): who it is, for the screens. */
  readonly onUnfit?: (other: UnfitProgram) => void;
  /** Tests play older and newer programs with it. */
  readonly protocol?: number;
}

const NORMAL_CLOSURE = 1000;

/**
 * Greets the other side over an open WebSocket and waits for its greeting. Versions N and N−1 work together.
 * Failures, after which the socket is closed: `U515` too far apart, `U512` it calls itself other than its certificate
 * does, `U516` and `M601` no greeting of ours, `U528` it went away or stayed silent, or the code it gave.
 */
export function openConnection(socket: WebSocket, parts: ConnectionParts): Promise<Result<InnerConnection>> {
  const { own, peerStation, clock, limits, protocol = LINK_PROTOCOL_VERSION } = parts;
  const writer = createFrameWriter();
  const reader = createFrameReader();
  const waiting: StationMessage[] = [];
  const closeListeners = new Set<(code: ErrorCode | null) => void>();
  let messageListener: ((message: StationMessage) => void) | null = null;
  let authorityListener: (message: AuthorityMessage) => void = () => {};
  let closed: { readonly code: ErrorCode | null } | null = null;
  let heardMs = clock.nowMs();
  let beatDueMs = 0;
  let cancelBeat = () => {};

  return new Promise(resolve => {
    const cancelGreeting = clock.after(limits.greetingMs, () => end('U528'));

    /** The connection is over: nothing more is read, sent or reported. `how` the socket learns it. */
    function end(code: ErrorCode | null, how: 'say-goodbye' | 'close' | 'cut' = 'cut') {
      if (closed !== null) return;
      closed = { code };
      cancelBeat();
      cancelGreeting();
      if (how === 'say-goodbye' && socket.readyState === socket.OPEN) {
        const bye = writer.write({ kind: 'bye', code });
        if (bye.ok) socket.send(bye.value);
      }
      if (how === 'cut') socket.terminate();
      else {
        socket.close(NORMAL_CLOSURE);
        socket.once(
          'close',
          clock.after(limits.closePatienceMs, () => socket.terminate()),
        );
      }
      resolve(fail(code ?? 'U528'));
      for (const listener of closeListeners) listener(code);
    }

    function post(message: LinkHello | LinkMessage): Result<void> {
      if (closed !== null || socket.readyState !== socket.OPEN) return fail('U528');
      const frame = writer.write(message);
      if (!frame.ok) return frame;
      if (socket.bufferedAmount > limits.maxUnsentBytes) {
        end('U517');
        return fail('U517');
      }
      socket.send(frame.value);
      return ok(undefined);
    }

    function beat() {
      // This program itself stood still (a PC that slept): what came meanwhile is not read yet.
      if (clock.nowMs() - beatDueMs >= limits.pingEveryMs) heardMs = clock.nowMs();
      if (clock.nowMs() - heardMs >= limits.silenceMs) return end('U528');
      recheck();
      if (closed !== null) return;
      if (socket.readyState === socket.OPEN) socket.ping();
      nextBeat();
    }

    function nextBeat() {
      beatDueMs = clock.nowMs() + limits.pingEveryMs;
      cancelBeat = clock.after(limits.pingEveryMs, beat);
    }

    function recheck(): void {
      const reason = parts.distrust();
      if (reason !== null) end(reason, 'say-goodbye');
    }

    function greeted(hello: LinkHello) {
      if (hello.branch !== own.branch || hello.station !== peerStation) return end('U512', 'say-goodbye');
      const { programVersion } = hello;
      if (Math.abs(hello.protocol - protocol) > 1) {
        const isOlder = hello.protocol < protocol;
        parts.onUnfit?.({ station: peerStation, programVersion, isOlder });
        return end('U515', 'say-goodbye');
      }
      cancelGreeting();
      const spoken = Math.min(hello.protocol, protocol);
      const say = (message: LinkMessage): Result<void> => {
        const understood = inVersion(message, spoken);
        return understood === null ? fail('U515') : post(understood);
      };
      const connection: InnerConnection = {
        station: peerStation,
        protocol: spoken,
        programVersion,
        send: say,
        unsentBytes: () => socket.bufferedAmount,
        onMessage(listener) {
          messageListener = listener;
          for (const message of waiting.splice(0)) listener(message);
        },
        onClose(listener) {
          if (closed === null) closeListeners.add(listener);
          else listener(closed.code);
        },
        close: code => end(code ?? null, 'say-goodbye'),
        sendAuthority: say,
        onAuthority(listener) {
          authorityListener = listener;
        },
        recheck,
      };
      resolve(ok(connection));
    }

    function take(message: LinkHello | LinkMessage): void {
      if (message.kind === 'hello') greeted(message);
      else if (message.kind === 'bye') end(message.code === null ? null : knownCode(message.code), 'close');
      else if (message.kind === 'authority') authorityListener(message);
      else if (messageListener === null) waiting.push(message);
      else messageListener(message);
    }

    const heard = () => {
      heardMs = clock.nowMs();
    };
    socket.on('message', (data, isBinary) => {
      if (closed !== null) return;
      heard();
      const read = isBinary ? fail('M601') : reader.read(bytesOf(data));
      if (read.ok) take(read.value);
      else end(read.error.code, 'say-goodbye');
    });
    socket.on('ping', heard);
    socket.on('pong', heard);
    // ws reports a broken or too long frame here, then closes by itself.
    socket.on('error', () => end('U528'));
    socket.on('close', () => end('U528'));
    post({ kind: 'hello', protocol, ...own });
    nextBeat();
    socket.resume();
  });
}

/** A code the other side gave; one this program does not know is an ended link to it. */
export function knownCode(code: string): ErrorCode {
  return Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'U528';
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
