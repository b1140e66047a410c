import type { ConfiguredState } from '../branch/decision.ts';
import { businessDayOf } from '../queue/business-day.ts';
import type { LobbyScreenSide } from '../wire/views-lobby.ts';

/**
 * DV4: rates, notices and playlist beside the calls.
 * @param playlist what lies in this station's folder, in the order it is shown
 * @param now milliseconds since 1970; rates whose day has not come are left out (DV5)
 */
export function lobbyScreenSide(
  { document }: ConfiguredState,
  playlist: LobbyScreenSide['playlist'],
  now: number,
): LobbyScreenSide {
  const { rates, ...screen } = document.lobbyScreen;
  const today = businessDayOf(now, document.branch.timeZone);
  return { ...screen, rates: rates.filter(table => table.date <= today), playlist: [...playlist] };
}
