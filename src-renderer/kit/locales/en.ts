import type { SameKeys } from '../i18n.ts';
import { errors } from './errors-en.ts';
import { several } from './several-en.ts';
import { branchLink, stations } from './stations-en.ts';
import type { zh } from './zh.ts';

/** Words that several screens share, in English. */
export const en: SameKeys<typeof zh> = {
  appName: 'Foyer',
  errorWithCode: '{{sentence}} ({{code}})',
  language: { zh: '中文', en: 'English', switch: 'Change language' },
  action: {
    ok: 'OK',
    cancel: 'Cancel',
    close: 'Close',
    back: 'Back',
    retry: 'Try again',
    undo: 'Undo',
    save: 'Save',
    signIn: 'Sign in',
    signOut: 'Sign out',
    reprint: 'Reprint',
    reload: 'Reload',
  },
  session: {
    staffNumber: 'Staff number',
    password: 'Password',
    ended: 'You have been signed out. Please sign in again.',
  },
  counterStatus: { closed: 'Closed', open: 'Open', paused: 'Paused' },
  ticketStatus: {
    waiting: 'Waiting',
    called: 'Called',
    serving: 'Being served',
    parked: 'Parked',
    done: 'Done',
    'no-show': 'No-show',
    left: 'Left',
    unserved: 'Unserved',
  },
  printStatus: {
    none: 'Not printed',
    waiting: 'Waiting for the printer',
    sent: 'Printing',
    processed: 'Printing',
    printed: 'Printed',
    uncertain: 'May not be printed',
    failed: 'Not printed',
  },
  link: {
    connecting: 'Connecting…',
    connected: 'Connected',
    lost: 'The link to the Foyer program is lost; trying again. What you see is from before.',
  },
  device: {
    printer: 'Ticket printer',
    'led-board': 'Board',
    keypad: 'Rating keypad',
    voice: 'Voice',
    reader: 'Reader',
  },
  deviceStatus: { ready: 'Ready', warning: 'Needs a look', down: 'Down', absent: 'Absent' },
  upload: {
    label: 'Upload to head office',
    off: 'Switched off',
    'up-to-date': 'All uploaded',
    sending: 'Uploading, {{count}} to go',
    waiting: 'Will try again; {{count}} kept on this PC',
  },
  status: {
    well: 'All well',
    link: 'Foyer program',
    lost: 'lost',
    title: 'Link and devices',
    summary: '{{label}}: {{state}}',
    problems: '{{count}} to look at',
    simulated: 'Sample branch',
  },
  practice: { word: 'Practice', title: 'Practice · {{title}}' },
  crash: {
    title: 'This screen has failed',
    text: 'Tickets and finished business are safe in the host. Press "Reload"; if it fails again, call technical support.',
  },
  branchLink,
  stations,
  several,
  errors,
};
