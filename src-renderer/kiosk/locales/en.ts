import type { SameKeys } from '../../kit/i18n.ts';
import type { zh } from './zh.ts';

/** Words of the kiosk, for customers, in English. */
export const en: SameKeys<typeof zh> = {
  chooseGroup: 'What is your visit about?',
  chooseBusiness: 'Choose your business',
  ahead: '{{count}} ahead',
  noneAhead: 'Nobody ahead',
  estimate: 'about {{range}}',
  estimateUnknown: 'Estimate follows when a window opens',
  bring: 'Bring: {{documents}}',
  listSeparator: ', ',
  moreBelow: 'More ▾',
  moreAbove: 'Back to the top ▴',
  usedUp: 'No numbers left today, please ask the lobby manager',
  issuing: 'Getting your number…',
  number: {
    yours: 'Your number',
    ahead: 'Ahead of you',
    people: '{{count}}',
    estimate: 'Estimated wait',
    estimateUnknown: 'Please listen for your call',
    printing: 'Printing your ticket…',
    takeTicket: 'Take your ticket and wait in the lounge for your call',
    notPrinted: 'The ticket was not printed; your number is valid',
    notPrintedWhatNow:
      'Note the number, or scan the code to keep it on your phone, then wait in the lounge for your call.',
    keep: 'Scan to keep your number',
    keepText: '{{branch}}\n{{number}} {{business}}\nTaken at {{time}}',
    prepare: 'Please have ready',
    done: 'Done',
    backIn: 'Back in {{seconds}} s',
  },
  idle: {
    title: 'Are you still there?',
    text: 'Back to the start in {{seconds}} s',
    stay: 'Continue',
  },
  foot: {
    typeSample: 'A',
    largeType: 'Large type',
    normalType: 'Normal type',
    printerDown: 'The printer is not available: note the number on the screen or scan the code.',
  },
  failed: {
    unknown: 'You have no number yet. Press again, or ask the lobby manager.',
    usedUp: 'No numbers are left today for this business. Please ask the lobby manager about other ways.',
    notOffered: 'This business is not offered now. Choose another one or ask the lobby manager.',
    noAnswer: 'No answer yet. Press again, you will not get two numbers; or ask the lobby manager.',
    noRoom: 'No new numbers for now. Please ask the lobby manager, who will help you.',
  },
  stopped: {
    title: 'This machine is out of service',
    text: 'Please get your number from the lobby manager. The machine will go on by itself.',
    starting: 'Starting…',
  },
};
