import type { Right } from '#core/branch/bank-document.ts';
import type { WindowCommandType } from '#core/wire/commands.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import type { ViewName } from '#core/wire/views.ts';

/** What a kind of window may see and ask for; a window never sees what its role may not. */
interface WindowRules {
  readonly views: readonly ViewName[];
  readonly commands: readonly WindowCommandType[];
}

const SIGN_IN: readonly WindowCommandType[] = ['sign-in', 'sign-out'];

/** What a customer does at the kiosk, and a lobby manager for a customer (TK1, TK2, TK5, TK8). */
const AT_KIOSK: readonly WindowCommandType[] = [
  'identify-customer',
  'reprint-own-ticket',
  'accept-self-service',
  'check-in',
];

/** TK10, CS13: what the lobby manager does for tellers and their customers. */
const FOR_TELLERS: readonly WindowCommandType[] = ['add-business', 'remove-business', 'handle-cue'];

/** What the lobby manager does from the one screen (LB2). */
const LOBBY_DEEDS: readonly WindowCommandType[] = [
  'mark-left',
  'take-back-left',
  'move-ticket',
  'set-care',
  'tick-paper',
  'ready-ticket',
  'ask-counter-to-open',
  'call-colleague',
  'answer-ask',
  'withdraw-ask',
  'note-incident',
  'handle-incident',
];

/** HW7: the devices of this station. */
const HARDWARE: readonly WindowCommandType[] = [
  'save-device-settings',
  'find-devices',
  'forget-found-devices',
  'test-device',
  'learn-keypad',
  'stop-learning',
];

/** BR2, BR3: the PCs of the branch. */
const STATIONS: readonly WindowCommandType[] = [
  'open-pairing-code',
  'close-pairing-code',
  'name-standby',
  'release-standby',
  'revoke-station',
  'rename-station',
  'begin-several',
  'find-branches',
  'join-branch',
];

export const WINDOW_RULES: Readonly<Record<WindowKind, WindowRules>> = {
  kiosk: {
    views: ['link-state', 'kiosk', 'reader'],
    commands: ['issue-ticket', 'add-business', ...AT_KIOSK],
  },
  teller: {
    views: ['link-state', 'sign-in', 'teller'],
    commands: [
      ...SIGN_IN,
      'open-counter',
      'pause-counter',
      'resume-counter',
      'close-counter',
      'call-next',
      'call-chosen',
      'recall-ticket',
      'start-service',
      'mark-no-show',
      'finish-service',
      'undo-finish',
      'answer-ask',
      'transfer-ticket',
      'park-ticket',
      'ready-ticket',
      'add-business',
      'remove-business',
      'start-next-business',
      'start-walk-in',
      'raise-cue',
    ],
  },
  lobby: {
    views: ['link-state', 'sign-in', 'lobby', 'guidance', 'reader', 'stations'],
    commands: [
      ...SIGN_IN,
      ...LOBBY_DEEDS,
      ...AT_KIOSK,
      'set-self-service-state',
      'book-appointment',
      'cancel-appointment',
      'issue-ticket',
      'return-no-show',
      'reprint-ticket',
      'handle-bad-rating',
      ...FOR_TELLERS,
      'decide-host',
    ],
  },
  'lobby-screen': { views: ['link-state', 'lobby-screen'], commands: [] },
  // Nobody is signed in there: it speaks for the customer of the one counter it shows (RT1, RT4).
  'rating-screen': {
    views: ['link-state', 'rating-screen', 'counter-list'],
    commands: ['press-rating-screen', 'ask-one-metre-line'],
  },
  voice: { views: ['link-state', 'voice'], commands: [] },
  bench: { views: ['link-state', 'bench'], commands: [] },
  setup: {
    views: ['link-state', 'sign-in', 'setup', 'hardware', 'device-log', 'voice-packs', 'stations'],
    commands: [
      ...SIGN_IN,
      'propose-document',
      'withdraw-document',
      'set-password',
      'save-voice-clip',
      ...HARDWARE,
      ...STATIONS,
      'decide-host',
    ],
  },
};

/** Views for signed-in staff only, with the right they need; of several, any will do. */
export const VIEW_RIGHTS: Partial<Record<ViewName, Right | readonly Right[]>> = {
  teller: 'serve',
  lobby: 'lobby',
  guidance: 'lobby',
  setup: 'set-up',
  hardware: 'set-up',
  'voice-packs': 'set-up',
  'device-log': 'set-up',
  stations: ['set-up', 'lobby'],
};
