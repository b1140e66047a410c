import type { TellsTime } from './led-bus-chores.ts';
import type { BusTraits } from './led-bus-state.ts';
import type { LedProtocol } from './led-protocol.ts';
import type { LedBusSettings } from './led-settings.ts';
import type { BoardTime } from './onbon-commands.ts';

/** Any time, to ask a protocol whether it has bytes for one. */
export const SAMPLE_TIME: BoardTime = {
  year: 2025,
  month: 1,
  day: 2,
  hour: 9,
  minute: 30,
  second: 0,
  weekday: 4,
};

/** What the rules of the bus need to know of `protocol`, found out by what it has bytes for. */
export function traitsOf(protocol: LedProtocol, { boards, removeAfterS }: LedBusSettings): BusTraits {
  const [board] = boards;
  const [area] = board?.areas ?? [];
  const parts =
    area === undefined ? [] : [{ area: area.id, text: '8', effect: 'still', visible: true } as const];
  const ping = board && protocol.encode(board, { kind: 'ping' });
  const update = board && protocol.encode(board, { kind: 'update', parts, removeAfterS });
  return {
    flashesItself: protocol.flashesItself,
    hasPing: ping?.answered === true,
    answers: update?.answered === true,
    partsPerFrame: protocol.partsPerFrame ?? Number.POSITIVE_INFINITY,
  };
}

/** How boards of `protocol` are told the time; nobody is when there is no calendar to read. */
export function tellsTime(
  protocol: LedProtocol,
  { boards }: LedBusSettings,
  hasCalendar: boolean,
): TellsTime {
  const [board] = boards;
  const request = { kind: 'time', time: SAMPLE_TIME } as const;
  if (!hasCalendar || board === undefined) return 'none';
  if ((protocol.encodeForAll?.(request) ?? null) !== null) return 'all';
  return protocol.encode(board, request) === null ? 'none' : 'each';
}
