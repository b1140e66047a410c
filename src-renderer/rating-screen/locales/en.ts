import type { SameKeys } from '../../kit/i18n.ts';
import type { zh } from './zh.ts';

/** Words of the rating screen, in English. */
export const en: SameKeys<typeof zh> = {
  starting: 'Connecting…',
  windowNumber: 'Window {{number}}',
  staffNumber: 'Staff no.',
  stars: '{{stars}} stars',
  photo: 'Photo of staff no. {{number}}',
  serving: 'Now serving you',
  called: 'Please come to this window',
  rate: 'How was our service?',
  rateHint: 'Press one button; it counts once',
  secondsLeft: '{{seconds}} seconds left',
  thanks: 'Thank you',
  farewell: 'Please mind your belongings. Goodbye',
  oneMetreLine: 'One-metre line',
  oneMetreLineHint: 'Ask others to step behind the one-metre line',
  lost: 'Rating is not possible just now',
  lostHint: 'The link to the host is lost and is being restored. Your business goes on as usual.',
  choose: 'At which window does this screen stand?',
  chooseHint: 'The choice is kept in the address, so that a reload stays at this window.',
  unknownCounter: 'There is no window “{{counter}}”. Please choose again.',
  speak: {
    rate: 'Please rate our service.',
    thanks: 'Thank you. Please mind your belongings. Goodbye.',
  },
};
