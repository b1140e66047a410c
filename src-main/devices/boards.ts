import type { BranchEvent } from '#core/branch/events.ts';
import { type BoardContent, mainBoardLines, windowBoardContent } from '#core/views/board-texts.ts';
import type { DriverClock, LedBusDriver } from '#drivers/contract.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';

export interface NamedBoard {
  readonly id: string;
  /** Null: the main board of the hall. */
  readonly counterId: string | null;
  readonly lineCount: number;
  readonly bus: LedBusDriver;
}

/** How long a page of the main board stands when there are more calls than lines (DV2). */
const PAGE_MS = 5000;

/** DV1, DV2: keeps every board at what the state says; the bus keeps the newest text for each place. */
export function createBoardGroup(
  boards: readonly NamedBoard[],
  buses: readonly LedBusDriver[],
  desk: DeviceDesk,
  clock: DriverClock,
): DeviceGroup {
  const shown = new Map<string, string>();
  let page = 0;
  let cancelPage = () => {};

  const show = (board: NamedBoard, area: number, content: BoardContent) => {
    const text = content.text.zh;
    const place = `${board.id}/${area}`;
    // A recall flashes again, so it is not "the same text as before".
    const key = `${text}|${content.effect}|${recallOf(board)}`;
    if (shown.get(place) === key) return;
    shown.set(place, key);
    board.bus.show({ boardId: board.id, area, text, priority: content.priority, effect: content.effect });
  };

  const recallOf = ({ counterId }: NamedBoard): number => {
    if (counterId === null) return 0;
    return desk.state().recentCalls.find(call => call.counterId === counterId)?.recall ?? 0;
  };

  const showAll = () => {
    const state = desk.state();
    for (const board of boards) {
      const lines =
        board.counterId === null
          ? mainBoardLines(state, board.lineCount, page)
          : [windowBoardContent(state, board.counterId)];
      for (const [area, content] of lines.entries()) show(board, area, content);
    }
  };

  const turnPages = () => {
    cancelPage = clock.after(PAGE_MS, () => {
      page++;
      showAll();
      turnPages();
    });
  };

  for (const bus of buses)
    bus.onHealth((boardId, health) => {
      const board = boards.find(candidate => candidate.id === boardId);
      desk.tellHealth(boardId, 'led-board', board?.counterId ?? null, health);
    });

  return {
    start() {
      for (const bus of buses) bus.start();
      showAll();
      turnPages();
    },
    follow(events: readonly BranchEvent[]) {
      // A new call is on the first page: nobody waits for the page to come round.
      if (events.some(event => event.type === 'ticket-called' || event.type === 'ticket-recalled')) page = 0;
      showAll();
    },
    async stop() {
      cancelPage();
      await Promise.all(buses.map(bus => bus.stop()));
    },
  };
}
