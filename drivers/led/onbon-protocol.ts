import type { LedFrame, LedPart, LedProtocol, LedRequest } from './led-protocol.ts';
import type { LedBoard } from './led-settings.ts';
import { canFlash, composeArea } from './led-text.ts';
import { AFTER_BROADCAST_MS, CardAnswerReader } from './onbon-card.ts';
import {
  brightnessData,
  pingData,
  powerData,
  readAnswer,
  setTimeData,
  updateAreasData,
} from './onbon-commands.ts';
import { BROADCAST_SILENT, encodeRequest, HOST_ADDRESS, OnbonFrameParser } from './onbon-frame.ts';

/** Onbon BX-5K and BX-6K text cards (hardware-protocols 4). Texts go to dynamic areas that remove themselves. */
export const onbonProtocol: LedProtocol = {
  id: 'onbon-5k6k',
  answerTimeoutMs: 2000,
  updateSpacingMs: 1000,
  flashesItself: false,
  blanksItself: true,
  encode(board, request) {
    if (request.kind === 'update') return updateFrame(board, request.parts, request.removeAfterS);
    return {
      bytes: encodeRequest(board.address, plainData(request)),
      answered: true,
      quietAfterMs: 0,
      complete: true,
    };
  },
  encodeForAll(request) {
    // Texts are never for everybody, and a ping nobody answers says nothing.
    if (request.kind === 'update' || request.kind === 'ping') return null;
    return {
      bytes: encodeRequest(BROADCAST_SILENT, plainData(request)),
      answered: false,
      quietAfterMs: AFTER_BROADCAST_MS,
      complete: true,
    };
  },
  standsStill: canFlash,
  createAnswerReader: () => new CardAnswerReader(new OnbonFrameParser(HOST_ADDRESS), readAnswer),
};

function plainData(request: Exclude<LedRequest, { kind: 'update' }>): Uint8Array {
  if (request.kind === 'ping') return pingData();
  if (request.kind === 'brightness') return brightnessData(request.level);
  return request.kind === 'power' ? powerData(request.on) : setTimeData(request.time);
}

/** Parts for areas the board does not have are left out. */
function updateFrame(board: LedBoard, parts: readonly LedPart[], removeAfterS: number): LedFrame {
  const composed = parts.flatMap(part => {
    const area = board.areas.find(known => known.id === part.area);
    return area === undefined ? [] : [composeArea(area, part, removeAfterS, board.maxTextBytes)];
  });
  return {
    bytes: encodeRequest(board.address, updateAreasData(composed.map(({ area }) => area))),
    answered: true,
    quietAfterMs: 0,
    complete: composed.every(({ complete }) => complete),
  };
}
