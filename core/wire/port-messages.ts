import { z } from 'zod';
import { WindowCommand } from './commands.ts';
import { MAX_DOCUMENT_BYTES } from './commands-documents.ts';
import { Id, Instant } from './fields.ts';
import { Scan } from './scan.ts';
import { VIEWS, ViewArgs, type ViewName } from './views.ts';

/**
 * The messages of `BranchPort`: the same over Electron IPC, WebSocket and in process. One JSON value a message.
 */
export const PORT_PROTOCOL_VERSION = 1;
/** Longer messages from windows are refused unread. */
export const MAX_MESSAGE_CHARACTERS = 64 * 1024;
/** The set-up window sends whole bank documents, as text whose quotation marks count double. */
export const MAX_SET_UP_MESSAGE_CHARACTERS = MAX_DOCUMENT_BYTES * 1.25;

/** What kind of window speaks; it decides which views and commands are open to it. */
export const WindowKind = z.enum([
  'kiosk',
  'teller',
  'lobby',
  'lobby-screen',
  'rating-screen',
  'voice',
  'bench',
  'setup',
]);
export type WindowKind = z.infer<typeof WindowKind>;

/** Orders to simulated hardware, from the bench window only. They are no branch commands and are not recorded. */
export const BenchOrder = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('press-key'), deviceId: Id, position: z.int().min(1).max(9) }),
  z.strictObject({ type: z.literal('set-fault'), deviceId: Id, fault: z.string().max(40).nullable() }),
  /** Somebody holds a card or a code to a simulated reader. */
  z.strictObject({ type: z.literal('scan'), deviceId: Id, text: z.string().min(1).max(200) }),
]);
export type BenchOrder = z.infer<typeof BenchOrder>;

const OutputLabel = z.string().min(1).max(200);

export const AudioOutputs = z.strictObject({
  /** Null: the first zone's window. */
  zoneId: Id.nullable(),
  /** By label, the PC's standard one not among them; empty where the browser does not tell. */
  outputs: z.array(OutputLabel).max(32),
  /** The one in use; null: the PC's standard one. */
  inUse: OutputLabel.nullable(),
});
export type AudioOutputs = z.infer<typeof AudioOutputs>;

const Subscription = z.int().min(1).max(1_000_000);
const viewNames = Object.keys(VIEWS) as [ViewName, ...ViewName[]];

export const WindowMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hello'), protocol: z.int(), window: WindowKind }),
  z.strictObject({ kind: z.literal('command'), command: WindowCommand }),
  z.strictObject({
    kind: z.literal('subscribe'),
    subscription: Subscription,
    view: z.enum(viewNames),
    args: ViewArgs,
    session: Id.optional(),
  }),
  z.strictObject({ kind: z.literal('unsubscribe'), subscription: Subscription }),
  /** From the speaker window: it has played, or could not play, an announcement. */
  z.strictObject({
    kind: z.literal('announcement-played'),
    id: Id,
    played: z.boolean(),
    /** Why not: there is no operating-system voice for the announcement's `speech`. */
    reason: z.literal('no-speech').optional(),
  }),
  /** From the speaker window: the sound outputs of its PC, and which of them it plays to. */
  z.strictObject({ kind: z.literal('audio-outputs'), ...AudioOutputs.shape }),
  z.strictObject({ kind: z.literal('bench'), order: BenchOrder }),
]);
export type WindowMessage = z.infer<typeof WindowMessage>;

const FailureShape = z.strictObject({
  code: z.string().max(8),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export const HostMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('welcome'),
    protocol: z.int(),
    branch: Id,
    epoch: z.int(),
    station: Id,
    /** The host's clock, so that timers on screens agree with it. */
    now: Instant,
  }),
  /** An answer to a command: `value` when accepted, `error` when refused. */
  z.strictObject({
    kind: z.literal('answer'),
    commandId: z.string(),
    value: z.record(z.string(), z.unknown()).optional(),
    error: FailureShape.optional(),
  }),
  /** The whole view again. `now` is the host's clock when it was made. */
  z.strictObject({
    kind: z.literal('view'),
    subscription: Subscription,
    version: z.int(),
    now: Instant,
    value: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('view-refused'), subscription: Subscription, error: FailureShape }),
  /** A reader on a line of this PC has read something for this kind of window. */
  z.strictObject({ kind: z.literal('scan'), scan: Scan }),
  /** A message that could not be read or is not allowed; nothing was done. */
  z.strictObject({ kind: z.literal('refused'), error: FailureShape }),
]);
export type HostMessage = z.infer<typeof HostMessage>;
