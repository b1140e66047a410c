import { z } from 'zod';

/**
 * Messages of XFS4IoT (hardware-protocols 11.2, CWA 17852): JSON text of a header and a payload. Strict about what
 * is used here, tolerant of everything else, since publishers of later releases add properties.
 */
const name = z.string().min(1).max(120);
const version = z.string().max(20);
const Payload = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform(payload => payload ?? {});

const Command = z.object({
  header: z.object({
    type: z.literal('command'),
    name,
    version,
    /** Chosen by the client; 0 is invalid, and a publisher has to say so. */
    requestId: z.int().min(0),
    /** Milliseconds; 0 or absent: none. */
    timeout: z.int().min(0).optional(),
  }),
  payload: Payload,
});
const Acknowledge = z.object({
  header: z.object({
    type: z.literal('acknowledge'),
    name,
    requestId: z.int().min(0),
    /** Absent: accepted. `invalidMessage`, `invalidRequestID`, `tooManyRequests`, or of a later release. */
    status: z.string().max(60).nullish(),
  }),
});
const Event = z.object({
  header: z.object({ type: z.literal('event'), name, requestId: z.int().min(1) }),
  payload: Payload,
});
const Completion = z.object({
  header: z.object({
    type: z.literal('completion'),
    name,
    requestId: z.int().min(1),
    completionCode: z.string().min(1).max(60),
    errorDescription: z.string().nullish(),
  }),
  payload: Payload,
});
const Unsolicited = z.object({
  header: z.object({ type: z.literal('unsolicited'), name }),
  payload: Payload,
});
const Message = z.union([Acknowledge, Completion, Event, Unsolicited, Command]);

export type XfsCommand = z.infer<typeof Command>;
export type XfsCompletion = z.infer<typeof Completion>;
export type XfsEvent = z.infer<typeof Event> | z.infer<typeof Unsolicited>;
export type XfsMessage = z.infer<typeof Message>;

/** Longer messages are no answers to anything asked here. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

/** A message as it stands on the line; null for what is none. */
export function readXfsMessage(text: string): XfsMessage | null {
  if (text.length > MAX_MESSAGE_BYTES) return null;
  try {
    return Message.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** What a client may ask, with the version of the message it understands (11.3). */
export const XFS_COMMANDS = {
  'ServicePublisher.GetServices': '2.0',
  'Common.SetVersions': '2.0',
  'Common.Capabilities': '2.0',
  'Common.Status': '2.0',
  'Printer.PrintRaw': '3.0',
} as const;
export type XfsCommandName = keyof typeof XFS_COMMANDS;

/** @param timeoutMs how long the service may take; it then answers `timeOut` itself */
export function xfsCommand(
  commandName: XfsCommandName,
  requestId: number,
  timeoutMs: number,
  payload: Readonly<Record<string, unknown>> = {},
): string {
  const header = {
    type: 'command',
    name: commandName,
    version: XFS_COMMANDS[commandName],
    requestId,
    timeout: timeoutMs,
  };
  return JSON.stringify({ header, payload });
}

/** Bytes for the device, raw (11.3 `Printer.PrintRaw`). */
export function rawPayload(bytes: Uint8Array, readsBack: boolean): Readonly<Record<string, unknown>> {
  return { inputData: readsBack ? 'yes' : 'no', data: Buffer.from(bytes).toString('base64') };
}

/** What the device answered to raw bytes; none when there is nothing or it is no Base64. */
export function rawAnswer(payload: Readonly<Record<string, unknown>>): Uint8Array {
  const parsed = z.base64().safeParse(payload.data);
  return parsed.success ? new Uint8Array(Buffer.from(parsed.data, 'base64')) : new Uint8Array();
}
