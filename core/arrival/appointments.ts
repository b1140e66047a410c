import type { ConfiguredState } from '../branch/decision.ts';
import type { Appointment } from '../branch/evolve-arrival.ts';

const CODES = 1_000_000;

/** TK8: six digits that no open appointment has, drawn from fresh ids. */
export function newCode(appointments: ReadonlyMap<string, Appointment>, newId: () => string): string {
  const taken = new Set([...appointments.values()].map(({ code }) => code));
  for (;;) {
    const code = String(hashOf(newId()) % CODES).padStart(6, '0');
    if (!taken.has(code)) return code;
  }
}

/** FNV-1a, 32 bits: spreads an id that nobody can guess over the codes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}

/** The appointment of a code or a telephone; of several of one telephone the one nearest to `now`. */
export function findAppointment(
  appointments: Iterable<Appointment>,
  wanted: { readonly code: string | null; readonly phoneKey: string | null },
  now: number,
): Appointment | undefined {
  let nearest: Appointment | undefined;
  for (const appointment of appointments) {
    if (wanted.code !== null && appointment.code === wanted.code) return appointment;
    if (wanted.phoneKey === null || appointment.contact?.key !== wanted.phoneKey) continue;
    const isNearer = !nearest || Math.abs(appointment.startsAt - now) < Math.abs(nearest.startsAt - now);
    if (isNearer) nearest = appointment;
  }
  return nearest;
}

/** Appointments nobody can check in to any more. */
export function dueAppointments(state: ConfiguredState, now: number): Appointment[] {
  const { appointmentLateMs } = state.document.arrival;
  return [...state.appointments.values()].filter(({ startsAt }) => now > startsAt + appointmentLateMs);
}
