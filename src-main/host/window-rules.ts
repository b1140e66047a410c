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

export const WINDOW_RULES: Readonly<Record<WindowKind, WindowRules>> = {
  kiosk: { views: ['kiosk'], commands: ['issue-ticket'] },
  teller: {
    views: ['sign-in', 'teller'],
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
    ],
  },
  lobby: {
    views: ['sign-in', 'lobby'],
    commands: [...SIGN_IN, 'issue-ticket', 'return-no-show', 'reprint-ticket', 'handle-bad-rating'],
  },
  'lobby-screen': { views: ['lobby-screen'], commands: [] },
  voice: { views: ['voice'], commands: [] },
  bench: { views: ['bench'], commands: [] },
};

/** Views for signed-in staff only, with the right they need. */
export const VIEW_RIGHTS: Partial<Record<ViewName, Right>> = { teller: 'serve', lobby: 'lobby' };
