import { envelopeToEvent } from '#core/branch/events.ts';
import { addEvent, createDayFigures, figureReport } from '#core/figures/day-figures.ts';
import type { FiguresFold } from './day-report.ts';

/** The branch's own figures (HO6). Events of a type or version this program does not know are counted, not guessed. */
export const figuresFold: FiguresFold = {
  report(envelopes) {
    const figures = createDayFigures();
    let unknown = 0;
    for (const envelope of envelopes) {
      const event = envelopeToEvent(envelope);
      if (event.ok) addEvent(figures, event.value);
      else unknown++;
    }
    return { figures: figureReport(figures), unknown };
  },
};
