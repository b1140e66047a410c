import type { SameKeys } from '../../kit/i18n.ts';
import type { arrivalZh } from './arrival-zh.ts';

/** Words of the lobby's arrival dialog: machines and appointments. */
export const arrivalEn: SameKeys<typeof arrivalZh> = {
  key: 'Booking',
  heading: 'Appointments and machines',
  machines: 'Self-service machines',
  state: { free: 'free', busy: 'in use', down: 'down' },
  stateSet: '{{name}}: {{state}}',
  book: 'New appointment',
  business: 'Business',
  date: 'Date',
  time: 'Time',
  phone: 'Telephone (optional)',
  bookIt: 'Book',
  booked: 'Booked for {{date}} {{time}}. Tell the customer the code {{code}}.',
  appointments: 'Appointments',
  none: 'No appointments yet. New ones will be listed here.',
  cancel: 'Cancel it',
  cancelled: 'Appointment {{code}} is cancelled',
  noPhone: 'no telephone',
  closed: 'The branch is closed now; no numbers are given.',
  figures:
    'identified {{identified}} · priority {{priority}} · to machines {{diverted}} · insisted {{declined}} · missed {{missed}}',
  priority: 'Goes first',
  noPriority: 'No',
};
