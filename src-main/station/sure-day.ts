import { UNSURE_HOST_BLOCK } from '#core/branch/stations-state.ts';
import type { SettingQueries } from '../journal/setting-queries.ts';
import type { StationStatus } from './replicator-contract.ts';

/** The last business day on which this PC knew, as the host, that it decides. */
const SURE_DAY = 'sure_day';

/**
 * BR5: a host that was cut off overnight may have a successor, which has the main block on the new day. Until it knows
 * that it decides it gives that day's numbers from a block of its own; on the day of the break it goes on with the block
 * it had, as its successor has another.
 * @returns the block for a business day; undefined: the one the journal says
 */
export function createSureDay(
  settings: Pick<SettingQueries, 'get' | 'set'>,
  status: () => Pick<StationStatus, 'role' | 'pair' | 'standbyHeard'> | null,
): (businessDay: string) => number | undefined {
  let sureDay = settings.get(SURE_DAY);
  return businessDay => {
    if (businessDay === sureDay) return undefined;
    const now = status();
    if (now?.role !== 'host') return undefined;
    const isSure = now.pair === 'solo' || (now.pair === 'whole' && now.standbyHeard);
    if (!isSure) return UNSURE_HOST_BLOCK;
    // Where the disk refuses, the command that comes next is refused too.
    if (settings.set(SURE_DAY, businessDay).ok) sureDay = businessDay;
    return undefined;
  };
}
