import { z } from 'zod';

/**
 * Messages of networked evaluators (hardware-protocols 10.5), without sockets: `{code, state, msg, data}` as JSON text.
 * The evaluator connects, is asked for its work number, logs in, and says every 60 s that it is there. It opens the
 * pages it is told to; customers rate on the page, so no message carries a press.
 */

export const EVALUATOR_CODES = {
  heartbeat: 40_000,
  logIn: 40_001,
  badPacket: 40_002,
  unknownCommand: 50_000,
  showPage: 50_100,
} as const;

/** What an evaluator said. */
export type EvaluatorMessage =
  | { readonly kind: 'log-in'; readonly workNumber: string; readonly key: string }
  | { readonly kind: 'heartbeat'; readonly at: number }
  | { readonly kind: 'unknown-command'; readonly code: number }
  | { readonly kind: 'bad-packet' };

const LogInData = z.object({ work_no: z.string().min(1).max(40), key: z.string().max(128).default('') });
const Heartbeat = z.int().min(0);
const Packet = z.object({ code: z.int(), data: z.unknown().optional() });

/**
 * Reads one message of an evaluator. Answers to our own messages (`state` with our code) read as what they echo:
 * a repeated 50100 is an unknown command to be ignored by the caller.
 */
export function readEvaluatorMessage(text: string): EvaluatorMessage {
  const packet = Packet.safeParse(jsonOf(text));
  if (!packet.success) return { kind: 'bad-packet' };
  const { code, data } = packet.data;
  switch (code) {
    case EVALUATOR_CODES.logIn: {
      const read = LogInData.safeParse(data);
      if (!read.success) return { kind: 'bad-packet' };
      return { kind: 'log-in', workNumber: read.data.work_no, key: read.data.key };
    }
    case EVALUATOR_CODES.heartbeat: {
      const read = Heartbeat.safeParse(data);
      return read.success ? { kind: 'heartbeat', at: read.data } : { kind: 'bad-packet' };
    }
    default:
      return { kind: 'unknown-command', code };
  }
}

/** Asks a newly connected evaluator to log in. */
export function encodeLogInRequest(): string {
  return encode(EVALUATOR_CODES.logIn, 0, 'work_no');
}

/** @param isTaken whether number and key were right */
export function encodeLogInAnswer(isTaken: boolean): string {
  return encode(EVALUATOR_CODES.logIn, isTaken ? 1 : 0, isTaken ? 'ok' : 'refused');
}

/** @param at milliseconds since 1970 */
export function encodeHeartbeatAnswer(at: number): string {
  return encode(EVALUATOR_CODES.heartbeat, 1, 'ok', at);
}

/** Makes the evaluator open a page. Byte for byte vector 3 of 10.5 for its address. */
export function encodeShowPage(address: string): string {
  return JSON.stringify({ code: EVALUATOR_CODES.showPage, state: 1, data: address, msg: '' });
}

export function encodeBadPacket(): string {
  return encode(EVALUATOR_CODES.badPacket, 0, 'bad packet');
}

export function encodeUnknownCommand(): string {
  return encode(EVALUATOR_CODES.unknownCommand, 0, 'unknown command');
}

function encode(code: number, state: 0 | 1, msg: string, data?: number): string {
  return JSON.stringify(data === undefined ? { code, state, msg } : { code, state, msg, data });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
