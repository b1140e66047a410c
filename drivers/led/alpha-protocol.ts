import {
  ALPHA_ALL_SIGNS,
  ALPHA_MAX_ADDRESS,
  ALPHA_MAX_TEXT,
  alphaFrame,
  PRIORITY_LABEL,
  readAlphaAnswer,
  setAnswers,
  setTime,
  writeText,
} from './alpha-frame.ts';
import { AnswerSearch, type FindAnswer } from './answer-search.ts';
import type { LedFrame, LedPart, LedProtocol, LedRequest } from './led-protocol.ts';
import type { LedArea } from './led-settings.ts';
import { toAsciiText } from './reduced-text.ts';

const ANSWER_TIMEOUT_MS = 500;
/** Signs take a moment to show a frame and, without answers, cannot say that they are done. */
const REST_MS = 100;
/** Five dots and a gap. */
const LETTER_PIXELS = 6;
const NAK = 0x15;
const CHECKSUM_WRONG = 0x10;
const LINE_TROUBLE = 0x0f;

export interface AlphaSettings {
  /** The signs answer (newer ones on RS-232). Without it nothing is known of a sign, and it is never polled. */
  readonly answers: boolean;
}

/**
 * Alpha and BetaBrite signs (hardware-protocols 8). A call is the priority text: it shows at once and needs no memory
 * set aside. One area per sign; Chinese texts are reduced to their number and arrow. 7E1 or 8N1 is the port's matter.
 */
export function createAlphaProtocol({ answers }: AlphaSettings): LedProtocol {
  const framed = (address: number, command: string, complete = true): LedFrame => {
    const answered = answers && address !== ALPHA_ALL_SIGNS;
    return {
      bytes: alphaFrame(address, [command]),
      answered,
      quietAfterMs: answered ? 0 : REST_MS,
      complete,
    };
  };
  const encode = (address: number, areas: readonly LedArea[], request: LedRequest): LedFrame | null => {
    switch (request.kind) {
      case 'update':
        return updateOf(areas, request.parts, (command, complete) => framed(address, command, complete));
      case 'time':
        return framed(address, setTime(request.time.hour, request.time.minute));
      case 'ping':
        // Switches the answers on as well, should the sign have lost its settings.
        return answers && address !== ALPHA_ALL_SIGNS ? framed(address, setAnswers(true)) : null;
      default:
        return null;
    }
  };
  return {
    id: 'alpha',
    answerTimeoutMs: ANSWER_TIMEOUT_MS,
    updateSpacingMs: 0,
    flashesItself: false,
    blanksItself: false,
    addresses: { min: 1, max: ALPHA_MAX_ADDRESS },
    partsPerFrame: 1,
    encode: (board, request) =>
      board.address >= 0 && board.address <= ALPHA_MAX_ADDRESS
        ? encode(board.address, board.areas, request)
        : null,
    encodeForAll: request => (request.kind === 'time' ? encode(ALPHA_ALL_SIGNS, [], request) : null),
    standsStill: (area, text) => fits(area, toAsciiText(text, ALPHA_MAX_TEXT).text),
    createAnswerReader() {
      const search = new AnswerSearch();
      return {
        expect: (_board, _request, frame) => search.expect(frame, 1, findAnswer),
        push: bytes => search.push(bytes),
      };
    },
  };
}

/** Only area 0 has a place on a sign. */
function updateOf(
  areas: readonly LedArea[],
  parts: readonly LedPart[],
  frame: (command: string, complete: boolean) => LedFrame,
): LedFrame | null {
  const part = parts.find(candidate => candidate.area === 0);
  if (part === undefined) return null;
  const { text, complete } = toAsciiText(part.text, ALPHA_MAX_TEXT);
  // A space keeps the sign dark; an empty priority text would bring its own text back.
  const shown = part.visible && text !== '' ? text : ' ';
  const area = areas.find(candidate => candidate.id === 0);
  const still = part.effect !== 'scroll' && (area === undefined || fits(area, shown));
  return frame(writeText(PRIORITY_LABEL, still ? 'hold' : 'rotate', shown), complete && parts.length === 1);
}

/** Whether the letters have room beside each other; a text that does not has to move. */
function fits(area: LedArea, shown: string): boolean {
  return shown.length <= Math.floor(area.width / LETTER_PIXELS);
}

const findAnswer: FindAnswer = bytes => {
  const answer = readAlphaAnswer(bytes);
  // The status byte of a refusal can come a moment later.
  if (answer === null) return bytes.length === 1 && bytes[0] === NAK ? 'begun' : null;
  if (answer.kind === 'ack') return { kind: 'ack' };
  const passing = (answer.status & (CHECKSUM_WRONG | LINE_TROUBLE)) !== 0;
  return { kind: 'nack', error: answer.status, passing };
};
