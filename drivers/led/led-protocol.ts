import type { BoardText } from '#drivers/contract.ts';
import type { LedArea, LedBoard } from './led-settings.ts';
import type { BoardTime } from './onbon-commands.ts';

/**
 * What one family of boards says and understands. The bus decides who speaks when; the protocol only turns requests
 * into bytes and bytes into answers. One protocol per bus (hardware-protocols 9).
 */
export interface LedProtocol {
  /** `onbon-5k6k`, `modbus-dm36`, `alpha`, or the template's id. */
  readonly id: string;
  /** Longest wait for an answer after the last byte was written, transfer time not included. */
  readonly answerTimeoutMs: number;
  /** What a board bears between two updates; 0: as often as the line allows. */
  readonly updateSpacingMs: number;
  /** The board blinks a text by itself; otherwise the bus writes text and blank in turn. */
  readonly flashesItself: boolean;
  /** The board takes a text off by itself when it is not refreshed (DV5). */
  readonly blanksItself: boolean;
  /** Addresses a board can have; absent: 1–7FFF. One board alone where the family has no addresses. */
  readonly addresses?: { readonly min: number; readonly max: number };
  /** The bytes of a request; null when this family has no such request. */
  encode(board: LedBoard, request: LedRequest): LedFrame | null;
  /** One frame that every board of the bus obeys and none answers; absent or null: board by board. */
  encodeForAll?(request: LedRequest): LedFrame | null;
  /** Areas one update can carry; absent: all of a board. */
  readonly partsPerFrame?: number;
  /** Whether a text stands still in its area; one that has to scroll does not flash. Absent: it always does. */
  standsStill?(area: LedArea, text: string): boolean;
  /** One per bus. */
  createAnswerReader(): LedAnswerReader;
}

export type LedRequest =
  | { readonly kind: 'ping' }
  | { readonly kind: 'update'; readonly parts: readonly LedPart[]; readonly removeAfterS: number }
  /** 0 dark to 15 bright. */
  | { readonly kind: 'brightness'; readonly level: number }
  | { readonly kind: 'power'; readonly on: boolean }
  | { readonly kind: 'time'; readonly time: BoardTime };

/** One area's content. `visible` false: the dark half of a flash. */
export interface LedPart {
  readonly area: number;
  readonly text: string;
  readonly effect: BoardText['effect'];
  readonly visible: boolean;
}

export interface LedFrame {
  readonly bytes: Uint8Array;
  /** False: nobody will answer (broadcasts, boards without a way back). */
  readonly answered: boolean;
  /** Silence to keep after it when nobody answers. */
  readonly quietAfterMs: number;
  /** False when the board cannot show the whole text (health L206). */
  readonly complete: boolean;
}

export type LedAnswer =
  | { readonly kind: 'ack' }
  /** `passing`: busy or a damaged frame; worth trying again. */
  | { readonly kind: 'nack'; readonly error: number; readonly passing: boolean }
  /** Bytes that are no answer: wrong check, wrong length, somebody else's. */
  | { readonly kind: 'damaged' };

/** Cuts what arrives into answers to the request on the line; any number of bytes at a time. */
export interface LedAnswerReader {
  /** A new request is on the line: older bytes are forgotten, an echo of `frame` is to be dropped. */
  expect(board: LedBoard, request: LedRequest, frame: Uint8Array): void;
  push(bytes: Uint8Array): readonly LedAnswer[];
}
