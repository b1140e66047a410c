import type { SameKeys } from '../../kit/i18n.ts';
import type { zh } from './zh.ts';

/** Words of the lobby screen, in English. */
export const en: SameKeys<typeof zh> = {
  goToNumber: 'Please go to window {{counter}}',
  goToName: 'Please go to {{counter}}',
  counterNumber: 'Window {{counter}}',
  recent: 'Recent calls',
  noCalls: 'Welcome',
  noCallsHint: 'Called numbers will show here',
  waiting: 'People waiting',
  lost: 'This display is cut off, please listen for calls',
  lostAt: 'Stopped at {{time}}',
  starting: 'Connecting…',
  ratesSince: 'In force since {{date}}',
};
