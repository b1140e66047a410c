import type { ChoreRequest } from './led-bus-chores.ts';
import type { BusRequest } from './led-bus-state.ts';
import { SAMPLE_TIME } from './led-bus-traits.ts';
import type { LedFrame, LedProtocol, LedRequest } from './led-protocol.ts';
import type { LedBoard, LedBusSettings } from './led-settings.ts';
import type { BoardTime } from './onbon-commands.ts';

/** A request of the bus in the words of a protocol. `board` is the first one where all are meant. */
export interface Saying {
  readonly board: LedBoard;
  readonly said: LedRequest;
  /** Null: this family has no bytes for it. */
  readonly frame: LedFrame | null;
}

/** @param boardTime the calendar when the request is sent; needed for the request `time` only */
export function sayingOf(
  request: BusRequest,
  protocol: LedProtocol,
  { boards, removeAfterS }: LedBusSettings,
  boardTime: (() => BoardTime) | undefined,
): Saying {
  const board = boards.find(({ boardId }) => boardId === request.boardId) ?? boards[0];
  if (board === undefined) throw new Error('a bus has boards');
  const said: LedRequest =
    request.kind === 'update'
      ? { kind: 'update', parts: request.parts, removeAfterS }
      : request.kind === 'ping'
        ? { kind: 'ping' }
        : choreSaid(request.chore.request, boardTime);
  const forAll = request.kind === 'chore' && request.boardId === null;
  const frame = forAll ? (protocol.encodeForAll?.(said) ?? null) : protocol.encode(board, said);
  return { board, said, frame };
}

/** Whether `board` understands such a request at all. */
export function canSay(
  request: ChoreRequest,
  protocol: LedProtocol,
  board: LedBoard,
  boardTime: (() => BoardTime) | undefined,
): boolean {
  if (request.kind === 'time' && boardTime === undefined) return false;
  return protocol.encode(board, choreSaid(request, boardTime)) !== null;
}

function choreSaid(request: ChoreRequest, boardTime: (() => BoardTime) | undefined): LedRequest {
  return request.kind === 'time' ? { kind: 'time', time: boardTime?.() ?? SAMPLE_TIME } : request;
}
