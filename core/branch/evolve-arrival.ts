import { countIssued, type IssuedByHalfHour } from '../arrival/quotas.ts';
import { localTimeOf } from '../queue/local-time.ts';
import type { SelfServiceState } from '../wire/commands-arrival.ts';
import { assertNever } from '../wire/result.ts';
import type { BranchEvent, EventData, EventType } from './events.ts';
import type { ARRIVAL_EVENT_DATA } from './events-arrival.ts';
import type { BranchState } from './state.ts';
import { withEntry, withoutEntry } from './state-maps.ts';

/** The part of the state that concerns arrival. */
export interface ArrivalState {
  /** TK8: booked, and neither checked in, missed nor cancelled. */
  readonly appointments: ReadonlyMap<string, Appointment>;
  /** TK1: machines whose state was set; all others are free. */
  readonly selfService: ReadonlyMap<string, { readonly state: SelfServiceState; readonly since: number }>;
  /** TK6: today's tickets by business and half hour, appointments not counted. */
  readonly issuedByHalfHour: ReadonlyMap<string, IssuedByHalfHour>;
}

export type Appointment = EventData<'appointment-booked'>;

export const NO_ARRIVALS: ArrivalState = {
  appointments: new Map(),
  selfService: new Map(),
  issuedByHalfHour: new Map(),
};

type ArrivalEvent = BranchEvent<Extract<EventType, keyof typeof ARRIVAL_EVENT_DATA>>;

export function evolveArrival(state: BranchState, event: ArrivalEvent): BranchState {
  switch (event.type) {
    case 'customer-diverted':
      return state;
    case 'self-service-state-changed': {
      const { machineId, state: machineState } = event.data;
      const entry = { state: machineState, since: event.at };
      return { ...state, selfService: withEntry(state.selfService, machineId, entry) };
    }
    case 'appointment-booked':
      return {
        ...state,
        appointments: withEntry(state.appointments, event.data.appointmentId, event.data),
      };
    case 'appointment-cancelled':
    case 'appointment-missed':
      return { ...state, appointments: withoutEntry(state.appointments, event.data.appointmentId) };
    default:
      return assertNever(event);
  }
}

/** What an issued ticket uses up: its appointment, or one of its business's quota. */
export function useUpArrival(
  state: BranchState,
  { data, at }: BranchEvent<'ticket-issued'>,
): Pick<BranchState, 'appointments' | 'issuedByHalfHour'> {
  const { appointments, issuedByHalfHour, document } = state;
  if (data.appointment)
    return { appointments: withoutEntry(appointments, data.appointment.appointmentId), issuedByHalfHour };
  if (document === null) return { appointments, issuedByHalfHour };
  const { minute } = localTimeOf(at, document.branch.timeZone);
  const counts = countIssued(issuedByHalfHour.get(data.businessId), minute);
  return { appointments, issuedByHalfHour: withEntry(issuedByHalfHour, data.businessId, counts) };
}
