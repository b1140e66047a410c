import type { BranchEvent } from '../branch/events.ts';

/** How people came in, of one business day, folded from the journal alone (TK1, TK2, TK8, TK9). */
export interface ArrivalFigures {
  identified: number;
  priority: number;
  /** Went to a machine instead of a window. */
  diverted: number;
  /** A machine could have done it, and they took a number. */
  declined: number;
  /** All machines for it were down. */
  machinesDown: number;
  appointmentsMissed: number;
}

export function createArrivalFigures(): ArrivalFigures {
  return { identified: 0, priority: 0, diverted: 0, declined: 0, machinesDown: 0, appointmentsMissed: 0 };
}

/** Adds one event; changes `figures` in place, as `addEvent` does. */
export function addArrivalEvent(figures: ArrivalFigures, { type, data }: BranchEvent): void {
  switch (type) {
    case 'ticket-issued':
      if (data.customer) figures.identified++;
      if (data.priority) figures.priority++;
      if (data.selfService === 'declined') figures.declined++;
      if (data.selfService === 'down') figures.machinesDown++;
      return;
    case 'customer-diverted':
      figures.diverted++;
      return;
    case 'appointment-missed':
      figures.appointmentsMissed++;
  }
}
