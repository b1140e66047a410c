import { CLEAR_BUFFERS } from '#drivers/printer/escpos-bytes.ts';

/** Bytes as `Printer.PrintRaw` wants them: those that bring no answer, then each question by itself. */
export interface RawParts {
  readonly silent: Uint8Array;
  readonly questions: readonly Uint8Array[];
}

/** GS ( H function 48, without its four characters. */
const ASK_PROCESS_ID = [0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30];
const PROCESS_ID_BYTES = ASK_PROCESS_ID.length + 4;
const QUEUED_STATUS_BYTES = 3;
/** Lengths of what may stand between it and the end: GS V with its form, ESC d, nothing. */
const CUT_BYTES = [4, 3, 0];

/**
 * A ticket ends with the questions whether it is printed, one before the cut and one after it. Only its end is looked at: a picture may hold the same
 * bytes anywhere.
 */
export function splitRawBytes(bytes: Uint8Array): RawParts {
  const isRealTime = bytes[0] === 0x10 && bytes[1] === 0x04 && bytes.length === 3;
  if (isRealTime || isEqual(bytes, CLEAR_BUFFERS)) return { silent: new Uint8Array(), questions: [bytes] };
  const questions: Uint8Array[] = [];
  let end = bytes.length;
  if (endsWith(bytes, end, [0x1d, 0x72], QUEUED_STATUS_BYTES)) {
    questions.unshift(bytes.subarray(end - QUEUED_STATUS_BYTES, end));
    end -= QUEUED_STATUS_BYTES;
  }
  for (const cutBytes of CUT_BYTES) {
    const length = PROCESS_ID_BYTES + cutBytes;
    if (!endsWith(bytes, end, ASK_PROCESS_ID, length)) continue;
    // The cut goes with the question: it must not wait for an answer that may never come.
    questions.unshift(bytes.subarray(end - length, end));
    end -= length;
    break;
  }
  return { silent: bytes.subarray(0, end), questions };
}

function endsWith(bytes: Uint8Array, end: number, head: readonly number[], length: number): boolean {
  return end >= length && head.every((byte, index) => bytes[end - length + index] === byte);
}

function isEqual(bytes: Uint8Array, others: Uint8Array): boolean {
  return bytes.length === others.length && bytes.every((byte, index) => byte === others[index]);
}
