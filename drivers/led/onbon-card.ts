import type { LedAnswer, LedAnswerReader } from './led-protocol.ts';
import type { LedBoard } from './led-settings.ts';
import { type BoardAnswer, NACK_BUSY, NACK_CHECKSUM } from './onbon-commands.ts';
import type { StuffedFrameParser } from './onbon-frame.ts';

/** What text cards and picture cards of Onbon have in common on the line. */

/** Turnaround of the bus after a broadcast: 100–200 ms (hardware-protocols 9). */
export const AFTER_BROADCAST_MS = 150;

interface CardFrame {
  readonly destination: number;
  readonly source: number;
  readonly data: Uint8Array;
}

/** Cuts what arrives into answers of the card that was asked. */
export class CardAnswerReader<Frame extends CardFrame> implements LedAnswerReader {
  readonly #parser: StuffedFrameParser<Frame>;
  readonly #readAnswer: (data: Uint8Array) => BoardAnswer | null;
  #address: number | null = null;

  /** @param parser lets only frames to the host through, so the echo of a two-wire adapter is gone here */
  constructor(parser: StuffedFrameParser<Frame>, readAnswer: (data: Uint8Array) => BoardAnswer | null) {
    this.#parser = parser;
    this.#readAnswer = readAnswer;
  }

  expect(board: LedBoard): void {
    this.#parser.reset();
    this.#address = board.address;
  }

  push(bytes: Uint8Array): readonly LedAnswer[] {
    const damagedBefore = this.#parser.damagedFrames;
    const answers: LedAnswer[] = [];
    for (const frame of this.#parser.push(bytes)) {
      const answer = frame.source === this.#address ? this.#readAnswer(frame.data) : null;
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
