import type {
  LedAnswer,
  LedAnswerReader,
  LedFrame,
  LedPart,
  LedProtocol,
  LedRequest,
} from './led-protocol.ts';
import type { LedBoard } from './led-settings.ts';
import { canFlash, composeArea } from './led-text.ts';
import {
  brightnessData,
  NACK_BUSY,
  NACK_CHECKSUM,
  pingData,
  powerData,
  readAnswer,
  setTimeData,
  updateAreasData,
} from './onbon-commands.ts';
import { BROADCAST_SILENT, encodeRequest, HOST_ADDRESS, OnbonFrameParser } from './onbon-frame.ts';

/** Turnaround of the bus after a broadcast: 100–200 ms (hardware-protocols 9). */
const AFTER_BROADCAST_MS = 150;

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
  createAnswerReader: () => new OnbonAnswerReader(),
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

class OnbonAnswerReader implements LedAnswerReader {
  /** Only frames to the host come through, so the echo of a two-wire adapter is gone here. */
  readonly #parser = new OnbonFrameParser(HOST_ADDRESS);
  #address: number | null = null;

  expect(board: LedBoard): void {
    this.#parser.reset();
    this.#address = board.address;
  }

  push(bytes: Uint8Array): readonly LedAnswer[] {
    const damagedBefore = this.#parser.damagedFrames;
    const answers: LedAnswer[] = [];
    for (const frame of this.#parser.push(bytes)) {
      const answer = frame.source === this.#address ? readAnswer(frame.data) : null;
      if (answer?.kind === 'ack') answers.push(answer);
      else if (answer !== null) answers.push({ ...answer, passing: isPassing(answer.error) });
    }
    if (this.#parser.damagedFrames > damagedBefore) answers.push({ kind: 'damaged' });
    return answers;
  }
}

function isPassing(error: number): boolean {
  return error === NACK_BUSY || error === NACK_CHECKSUM;
}
