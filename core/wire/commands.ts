import { z } from 'zod';
import { ARRIVAL_COMMANDS, ARRIVAL_OPTIONS, type ArrivalAnswers } from './commands-arrival.ts';
import { CALLING_COMMANDS, type CallingAnswers } from './commands-calling.ts';
import { DOCUMENT_COMMANDS, type DocumentAnswers } from './commands-documents.ts';
import { HARDWARE_COMMANDS, type HardwareAnswers } from './commands-hardware.ts';
import { LOBBY_COMMANDS, type LobbyAnswers } from './commands-lobby.ts';
import { RATING_COMMANDS } from './commands-rating.ts';
import { SERVING_COMMANDS } from './commands-serving.ts';
import { STATION_COMMANDS, type StationAnswers } from './commands-stations.ts';
import { Id, Language, Note } from './fields.ts';
import { VOICE_PACK_COMMANDS } from './voice-packs.ts';

/**
 * What a window may ask of the branch. Commands of staff name the ticket they saw on screen, so that a key
 * pressed twice, or pressed on an old picture, does no harm (CS10).
 */
const counterTicket = z.strictObject({ counterId: Id, ticketId: Id });
const counterOnly = z.strictObject({ counterId: Id });

export const WINDOW_COMMANDS = {
  ...DOCUMENT_COMMANDS,
  'issue-ticket': z.strictObject({
    businessId: Id,
    language: Language,
    largeType: z.boolean(),
    ...ARRIVAL_OPTIONS,
  }),
  ...ARRIVAL_COMMANDS,
  /** The password reaches the host only; it is never recorded. */
  'sign-in': z.strictObject({ staffNumber: z.string().max(16), password: z.string().min(1).max(200) }),
  'sign-out': z.strictObject({}),
  'open-counter': counterOnly,
  'pause-counter': z.strictObject({ counterId: Id, reasonId: Id }),
  'resume-counter': counterOnly,
  'close-counter': counterOnly,
  ...CALLING_COMMANDS,
  'recall-ticket': counterTicket,
  'start-service': counterTicket,
  'mark-no-show': counterTicket,
  'finish-service': counterTicket,
  'undo-finish': counterTicket,
  'return-no-show': z.strictObject({ ticketId: Id }),
  'reprint-ticket': z.strictObject({ ticketId: Id }),
  'handle-bad-rating': z.strictObject({ ratingId: Id, note: Note.min(1) }),
  ...SERVING_COMMANDS,
  ...LOBBY_COMMANDS,
  ...HARDWARE_COMMANDS,
  ...RATING_COMMANDS,
  ...VOICE_PACK_COMMANDS,
  ...STATION_COMMANDS,
} as const;

export type WindowCommandType = keyof typeof WINDOW_COMMANDS;
export type CommandArgs<T extends WindowCommandType> = z.infer<(typeof WINDOW_COMMANDS)[T]>;

/** `id` is made by the sender: the same id twice has one effect and gets the same answer. */
export type WindowCommand<T extends WindowCommandType = WindowCommandType> = {
  [K in T]: {
    readonly id: string;
    readonly type: K;
    readonly args: CommandArgs<K>;
    readonly session?: string | undefined;
  };
}[T];

const variants = Object.entries(WINDOW_COMMANDS).map(([type, args]) =>
  z.strictObject({ id: Id, type: z.literal(type), args, session: Id.optional() }),
);

/** Checks a command that arrived from outside. */
export const WindowCommand = z.discriminatedUnion(
  'type',
  variants as unknown as [(typeof variants)[number], ...(typeof variants)[number][]],
) as unknown as z.ZodType<WindowCommand>;

/** What an accepted command gives back, per type; all others answer `{}`. */
export interface CommandAnswers
  extends ArrivalAnswers,
    CallingAnswers,
    DocumentAnswers,
    HardwareAnswers,
    LobbyAnswers,
    StationAnswers {
  'issue-ticket': IssuedTicket;
  'check-in': IssuedTicket;
  'sign-in': { session: string; staffNumber: string; rights: string[] };
  'start-walk-in': { ticketId: string };
  /** How many clips the pack has now. */
  'save-voice-clip': { clips: number };
}
/** A number just given. */
export type IssuedTicket = {
  ticketId: string;
  number: string;
  ahead: number;
  estimate: WaitEstimate;
  printing: boolean;
};
export type CommandAnswer<T extends WindowCommandType> = T extends keyof CommandAnswers
  ? CommandAnswers[T]
  : Record<string, never>;

/** Minutes shown to the customer as a range; null while no window that could serve is open. */
export type WaitEstimate = { fromMinutes: number; toMinutes: number } | null;
