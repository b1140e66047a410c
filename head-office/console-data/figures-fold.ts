import type { FiguresFold } from './day-report.ts';

/** Counts the day's events by type: the figures until the branch's own fold is there. */
export const figuresFold: FiguresFold = {
  report(events) {
    const counts = new Map<string, number>();
    for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
    return Object.fromEntries([...counts].sort());
  },
};
