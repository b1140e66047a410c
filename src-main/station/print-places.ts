import type { BranchEvent } from '#core/branch/events.ts';
import type { Journal } from '../journal/journal.ts';

/** Which print jobs are this PC's printers' (BR8): a ticket is printed where it was asked for, once. */
export interface PrintPlaces {
  /** What this PC's devices are to follow. */
  own(events: readonly BranchEvent[]): readonly BranchEvent[];
  isOurs(jobId: string): boolean;
}

/** More than a printer has in hand when its PC dies. */
const EVENTS_LOOKED_AT = 2_000;

/**
 * @param isOurs of an event that is for one PC only
 * @param kept jobs of this PC that no journal knows yet (BR7)
 */
export function startPrintPlaces(
  journal: Pick<Journal, 'read' | 'last'>,
  isOurs: (event: Pick<BranchEvent, 'station'>) => boolean,
  kept: ReadonlySet<string> = new Set(),
): PrintPlaces {
  const ours = new Set<string>(kept);
  const from = Math.max(1, journal.last().seq - EVENTS_LOOKED_AT);
  for (const read of journal.read({ from })) {
    if (!read.ok) break;
    const { type, data, station } = read.value;
    if (type === 'ticket-print-requested' && isOurs({ station })) ours.add(String(data.jobId));
  }
  return {
    own(events) {
      return events.filter(event => {
        if (event.type !== 'ticket-print-requested') return true;
        if (!isOurs(event)) return false;
        ours.add(event.data.jobId);
        return true;
      });
    },
    isOurs: jobId => ours.has(jobId),
  };
}
