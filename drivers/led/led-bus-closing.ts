import { textWanted } from './led-bus-machine.ts';
import type { BusState } from './led-bus-state.ts';

/** The bus closes: every board that may still listen is to show nothing, and nobody is asked anything else. */
export function withNothingWanted(state: BusState, nowMs: number): BusState {
  const quiet: BusState = {
    ...state,
    chores: [],
    boards: state.boards.map(board => ({ ...board, pollDueMs: Number.POSITIVE_INFINITY })),
  };
  return quiet.boards
    .filter(({ presence }) => presence !== 'down')
    .flatMap(({ boardId, places }) =>
      places.flatMap(({ area, wanted }) => (wanted === null ? [] : [{ boardId, area }])),
    )
    .reduce<BusState>(
      (blanked, place) =>
        textWanted(blanked, { ...place, text: '', priority: 'call', effect: 'still' }, true, nowMs),
      quiet,
    );
}

/** Whether every board that can be reached has taken its last text. */
export function isBlank(state: BusState): boolean {
  return state.boards.every(
    ({ presence, places }) =>
      presence === 'down' || places.every(place => place.wanted === null || place.shown),
  );
}
