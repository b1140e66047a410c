import type { SameKeys } from '../../kit/i18n.ts';
import type { zh } from './zh.ts';

/** Words of the bench of simulated hardware, English. */
export const en: SameKeys<typeof zh> = {
  title: 'Simulated hardware',
  banner: 'Simulated hardware: no real printers, boards or keypads; for trial and tests only.',
  printers: 'Ticket printer',
  boards: 'LED boards',
  keypads: 'Rating keypads',
  noPaper: 'Nothing printed yet. Tickets appear here.',
  noDevices: 'No simulated device.',
  cut: 'cut',
  torn: 'not cut',
  fault: 'Fault',
  faultNone: 'Working',
  faultOf: 'Fault of {{device}}',
  dark: 'dark',
  press: 'Press “{{level}}”',
  prompt: {
    welcome: 'Welcome',
    'please-rate': 'Please rate',
    thanks: 'Thank you',
    off: 'Off',
    none: 'No prompt',
  },
  faults: {
    'paper-out': 'Paper out',
    'paper-out-mid-ticket': 'Paper out mid-ticket',
    'paper-near-end': 'Paper near end',
    'cover-open': 'Cover open',
    silent: 'Does not answer',
    unplugged: 'Unplugged',
    dead: 'No power',
    busy: 'Busy, refuses',
    late: 'Late answers',
    missing: 'Unplugged',
    'prompt-lost': 'Prompt lost',
    stuck: 'Key stuck',
  },
};
