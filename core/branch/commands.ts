import type { ArrivalCommandArgs } from '../arrival/command-args.ts';
import type { CommandArgs, WindowCommandType } from '../wire/commands.ts';
import type { HARDWARE_COMMANDS } from '../wire/commands-hardware.ts';
import type { STATION_COMMANDS } from '../wire/commands-stations.ts';
import type { DeviceHealth, DeviceKind, PrintOutcome } from '../wire/device-news.ts';
import type { BankDocument, Right } from './bank-document.ts';
import type { EventData } from './events.ts';

/** Who acts. Every event names one (ID3). */
export type Actor =
  | { readonly kind: 'customer' }
  | { readonly kind: 'staff'; readonly staffNumber: string; readonly sessionId: string }
  | { readonly kind: 'device'; readonly deviceId: string }
  | { readonly kind: 'system' };

/** The name an actor has in the journal. */
export function actorToText(actor: Actor): string {
  switch (actor.kind) {
    case 'customer':
      return 'customer';
    case 'system':
      return 'system';
    case 'staff':
      return `staff:${actor.staffNumber}`;
    case 'device':
      return `device:${actor.deviceId}`;
  }
}

/** News and orders that never come from a window: from devices, timers and the program itself. */
export interface InternalCommandArgs extends ArrivalCommandArgs {
  'apply-bank-document': { document: BankDocument; appliesAt?: number };
  /** The time of the waiting bank document has come. */
  'apply-pending-document': Record<string, never>;
  /** A new password whose hash the host keeps; the password itself never gets here. */
  'record-password': { staffNumber: string };
  'start-business-day': Record<string, never>;
  'change-device-health': {
    deviceId: string;
    kind: DeviceKind;
    counterId: string | null;
    health: DeviceHealth;
  };
  /** HW7: what somebody is about to change about the devices of this station. */
  'record-device-settings': EventData<'device-settings-changed'>;
  'report-print': { ticketId: string; jobId: string; outcome: PrintOutcome; code: string | null };
  /** `position` in the list of rating levels, 1 = best. Only a keypad or a rating screen may send it (RT1). */
  'press-rating': {
    counterId: string;
    position: number;
    /** The prompt it was pressed on, where the device knows it; missing: whichever is open. */
    ratingId?: string;
  };
  /** BR5: numbers of its own for a PC with a printer. */
  'give-number-block': { toStation: string };
  /** The time for a rating is over, or its keypad is missing. */
  'close-rating': { counterId: string; ratingId: string; keypadAbsent: boolean };
  /**
   * Sign-in after the host has compared the password; the password itself never gets here. `sessionId` is the
   * hash of the token the window gets, so that nobody can act with what the journal shows.
   */
  'record-sign-in': { staffNumber: string; passwordFits: boolean; sessionId: string };
}

/**
 * The password check is the host's work, so `decide` knows `record-sign-in` instead of `sign-in`; a rating screen is
 * a device, so it knows `press-rating`.
 */
export type DecidedWindowCommandType = Exclude<
  WindowCommandType,
  | 'sign-in'
  | 'set-password'
  | 'identify-customer'
  | 'press-rating-screen'
  | 'ask-one-metre-line'
  | 'save-voice-clip'
  | keyof typeof HARDWARE_COMMANDS
  | keyof typeof STATION_COMMANDS
>;
export type CommandType = DecidedWindowCommandType | keyof InternalCommandArgs;

export type ArgsOf<T extends CommandType> = T extends keyof InternalCommandArgs
  ? InternalCommandArgs[T]
  : T extends DecidedWindowCommandType
    ? CommandArgs<T>
    : never;

export type Command<T extends CommandType = CommandType> = {
  [K in T]: { readonly type: K; readonly args: ArgsOf<K>; readonly actor: Actor; readonly station: string };
}[T];

/** Who may give a command: kinds of actor, and the right a member of staff needs. */
export interface CommandRule {
  readonly actors: readonly Actor['kind'][];
  readonly right: Right | null;
  /** Who has this one instead may give it too. */
  readonly orRight?: Right;
}

const byTeller: CommandRule = { actors: ['staff'], right: 'serve' };
const byLobby: CommandRule = { actors: ['staff'], right: 'lobby' };
const bySetUp: CommandRule = { actors: ['staff'], right: 'set-up' };
const byTellerOrLobby: CommandRule = { actors: ['staff'], right: 'serve', orRight: 'lobby' };
/** At the kiosk, or at the lobby manager's desk for somebody. */
const byCustomer: CommandRule = { actors: ['customer', 'staff'], right: 'lobby' };
const bySystem: CommandRule = { actors: ['system'], right: null };

export const COMMAND_RULES: Readonly<Record<CommandType, CommandRule>> = {
  'issue-ticket': byCustomer,
  'reprint-own-ticket': byCustomer,
  'accept-self-service': byCustomer,
  'check-in': byCustomer,
  'set-self-service-state': byLobby,
  'book-appointment': byLobby,
  'cancel-appointment': byLobby,
  'end-appointments': bySystem,
  'end-waiting': bySystem,
  'sign-out': { actors: ['staff'], right: null },
  'open-counter': byTeller,
  'pause-counter': byTeller,
  'resume-counter': byTeller,
  'close-counter': byTeller,
  'call-next': byTeller,
  'call-chosen': { actors: ['staff'], right: 'choose-ticket' },
  'recall-ticket': byTeller,
  'start-service': byTeller,
  'mark-no-show': byTeller,
  'finish-service': byTeller,
  'undo-finish': byTeller,
  'transfer-ticket': byTeller,
  'park-ticket': byTeller,
  'tick-paper': byTellerOrLobby,
  'ready-ticket': byTellerOrLobby,
  'add-business': { ...byTellerOrLobby, actors: ['customer', 'staff'] },
  'remove-business': byTellerOrLobby,
  'start-next-business': byTeller,
  'start-walk-in': byTeller,
  'raise-cue': byTeller,
  'handle-cue': { ...byLobby, orRight: 'see-figures' },
  'return-no-show': byLobby,
  'reprint-ticket': byLobby,
  'handle-bad-rating': byLobby,
  'propose-document': bySetUp,
  'withdraw-document': bySetUp,
  'record-password': bySetUp,
  'record-device-settings': { actors: ['staff', 'system'], right: 'set-up' },
  'mark-left': byLobby,
  'take-back-left': byLobby,
  'move-ticket': byLobby,
  'set-care': byLobby,
  'ask-counter-to-open': byLobby,
  'call-colleague': byLobby,
  'answer-ask': { actors: ['staff'], right: null },
  'withdraw-ask': byLobby,
  'note-incident': byLobby,
  'handle-incident': byLobby,
  'apply-bank-document': bySystem,
  'apply-pending-document': bySystem,
  'start-business-day': bySystem,
  'give-number-block': bySystem,
  'change-device-health': { actors: ['device', 'system'], right: null },
  'report-print': { actors: ['device', 'system'], right: null },
  'press-rating': { actors: ['device'], right: null },
  'close-rating': { actors: ['system', 'device'], right: null },
  'record-sign-in': bySystem,
};
