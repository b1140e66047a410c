import type { DrawLine } from '#drivers/contract.ts';
import type { LedFrame, LedPart, LedProtocol, LedRequest } from './led-protocol.ts';
import type { LedArea, LedBoard } from './led-settings.ts';
import { AFTER_BROADCAST_MS, CardAnswerReader } from './onbon-card.ts';
import { BROADCAST_SILENT, HOST_ADDRESS } from './onbon-frame.ts';
import {
  type PictureArea,
  pictureBrightnessData,
  picturePingData,
  pictureUpdateData,
  readPictureAnswer,
} from './onbon-picture-commands.ts';
import { type CardGeneration, encodeDots, fieldOfLine } from './onbon-picture-dots.ts';
import { encodePictureRequest, PICTURE_CARD, PictureFrameParser } from './onbon-picture-frame.ts';

/**
 * Onbon picture cards (hardware-protocols 5): texts are drawn in the fonts of this PC. The manuals name no command for
 * power and clock, so those requests do not exist here.
 */
export function createOnbonPictureProtocol(generation: CardGeneration, draw: DrawLine): LedProtocol {
  const framed = (address: number, data: Uint8Array, complete = true): LedFrame => {
    const answered = address !== BROADCAST_SILENT;
    const bytes = encodePictureRequest(address, PICTURE_CARD.any, data);
    return { bytes, answered, quietAfterMs: answered ? 0 : AFTER_BROADCAST_MS, complete };
  };
  const plain = (address: number, request: LedRequest): LedFrame | null => {
    if (request.kind === 'ping') return framed(address, picturePingData());
    return request.kind === 'brightness' ? framed(address, pictureBrightnessData(request.level)) : null;
  };
  return {
    id: `onbon-picture-${generation}`,
    answerTimeoutMs: 2000,
    updateSpacingMs: 1000,
    flashesItself: false,
    blanksItself: true,
    ...(generation === '5e' ? { partsPerFrame: 1 } : {}),
    encode(board, request) {
      if (request.kind !== 'update') return plain(board.address, request);
      const drawn = drawParts(generation, draw, board, request.parts, request.removeAfterS);
      const areas = drawn.slice(0, generation === '5e' ? 1 : undefined);
      if (areas.length === 0) return null;
      const complete = areas.length === request.parts.length && areas.every(area => area.complete);
      return framed(board.address, pictureUpdateData(generation, areas), complete);
    },
    encodeForAll: request => (request.kind === 'brightness' ? plain(BROADCAST_SILENT, request) : null),
    standsStill: (area, text) => (draw(text, area.fontHeight, false)?.widthDots ?? 0) <= area.width,
    createAnswerReader: () => new CardAnswerReader(new PictureFrameParser(HOST_ADDRESS), readPictureAnswer),
  };
}

type DrawnArea = PictureArea & { readonly complete: boolean };

function drawParts(
  generation: CardGeneration,
  draw: DrawLine,
  board: LedBoard,
  parts: readonly LedPart[],
  removeAfterS: number,
): DrawnArea[] {
  return parts.flatMap(part => {
    const area = board.areas.find(known => known.id === part.area);
    return area === undefined ? [] : [drawPart(generation, draw, area, part, removeAfterS)];
  });
}

/** A text wider than its area comes as pages that follow each other to the left. */
function drawPart(
  generation: CardGeneration,
  draw: DrawLine,
  area: LedArea,
  part: LedPart,
  removeAfterS: number,
): DrawnArea {
  const isBlank = part.text.trim() === '';
  const line = isBlank ? null : draw(part.text, area.fontHeight, false);
  const shown = part.visible ? line : null;
  const pageCount = Math.max(1, Math.ceil((shown?.widthDots ?? 0) / area.width));
  const pages = Array.from({ length: pageCount }, (_, page) =>
    encodeDots(generation, fieldOfLine(area, shown, page * area.width), area.colour),
  );
  return {
    id: area.id,
    x: area.x,
    y: area.y,
    width: area.width,
    height: area.height,
    timeoutS: removeAfterS,
    entrance: pageCount > 1 || part.effect === 'scroll' ? 'scroll-on' : 'still',
    pages,
    complete: isBlank || line !== null,
  };
}
