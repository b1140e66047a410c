import { AnswerSearch } from './answer-search.ts';
import type { LedFrame, LedPart, LedProtocol } from './led-protocol.ts';
import type { LedBoard } from './led-settings.ts';
import {
  answerBytesOf,
  MODBUS_BROADCAST,
  MODBUS_EXCEPTION,
  MODBUS_MAX_ADDRESS,
  MODBUS_TURNAROUND_MS,
  readHolding,
  readModbusAnswer,
  writeSeveral,
} from './modbus-frame.ts';
import { type ModbusMap, type ModbusMapName, modbusMap, textRegisters } from './modbus-maps.ts';

/** Hardware-protocols 9: 300 ms beside the time on the line. */
const ANSWER_TIMEOUT_MS = 300;
const COLUMN_PIXELS = 8;

/**
 * Displays that are Modbus RTU slaves (hardware-protocols 6). One line of text per area and update; what the display
 * cannot form is reduced to the number of the ticket. Only functions 03 and 16 are used: their answers differ from the
 * request, so that an adapter's echo is never taken for one. The maps name no register for a clock or a switch, and no
 * range for the brightness, so those requests do not exist here.
 */
export function createModbusProtocol(name: ModbusMapName): LedProtocol {
  const map = modbusMap(name);
  return {
    id: `modbus-${name}`,
    answerTimeoutMs: ANSWER_TIMEOUT_MS,
    updateSpacingMs: 0,
    flashesItself: false,
    blanksItself: false,
    addresses: { min: 1, max: MODBUS_MAX_ADDRESS },
    partsPerFrame: 1,
    encode(board, request) {
      if (board.address < MODBUS_BROADCAST || board.address > MODBUS_MAX_ADDRESS) return null;
      if (request.kind === 'update') return updateFrame(map, board, request.parts);
      // A broadcast is never answered, so it finds nobody.
      if (request.kind !== 'ping' || board.address === MODBUS_BROADCAST) return null;
      return framed(board, readHolding(board.address, map.pingRegister, 1), true);
    },
    createAnswerReader() {
      const search = new AnswerSearch();
      return {
        expect(_board, _request, frame) {
          search.expect(frame, answerBytesOf(frame), bytes => {
            const answer = readModbusAnswer(frame, bytes);
            if (answer === null) return null;
            if (answer.kind !== 'exception') return { kind: 'ack' };
            return { kind: 'nack', error: answer.code, passing: answer.code === MODBUS_EXCEPTION.busy };
          });
        },
        push: bytes => search.push(bytes),
      };
    },
  };
}

/** Writes the first part that has a line on this display; the others have no place to be shown. */
function updateFrame(map: ModbusMap, board: LedBoard, parts: readonly LedPart[]): LedFrame | null {
  const part = parts.find(candidate => candidate.area < map.lineCount);
  if (part === undefined) return null;
  const width = board.areas.find(area => area.id === part.area)?.width ?? 0;
  const characters = map.charactersOf(Math.floor(width / COLUMN_PIXELS));
  const reduced = map.reduce(part.text, characters);
  const registers = textRegisters(map, part.visible ? reduced.text : '', characters);
  const frame = writeSeveral(board.address, map.firstRegisterOf(part.area), registers);
  return framed(board, frame, reduced.complete && parts.length === 1);
}

function framed(board: LedBoard, bytes: Uint8Array, complete: boolean): LedFrame {
  const answered = board.address !== MODBUS_BROADCAST;
  return { bytes, answered, quietAfterMs: answered ? 0 : MODBUS_TURNAROUND_MS, complete };
}
