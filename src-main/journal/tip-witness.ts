import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { GENESIS_HASH } from '#core/wire/event-chain.ts';

/** The end of a chain: its last event's number and hash; `{ seq: 0, hash: GENESIS_HASH }` before the first. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

/** The end of a journal without events. */
export const EMPTY_CHAIN: ChainEnd = { seq: 0, hash: GENESIS_HASH };

/** A small file that remembers the end of the chain beside the journal. */
export interface TipWitness {
  /** Notes the new end; a disk that refuses is ignored, the witness is then merely old. */
  note(end: ChainEnd): void;
  /**
   * Takes the witness back to an earlier place and waits for the disk: before events are moved aside, so that a crash
   * or a power cut in between never looks like a loss.
   * @throws the file system's error: then nothing may be moved.
   */
  takeBack(end: ChainEnd): void;
  close(): void;
}

const SEQ_DIGITS = 16;

/**
 * Opens the witness for writing.
 *
 * SQLite ends its write-ahead log at the first frame that is not sound and carries on without what follows: a
 * damaged log looks like a shorter journal with a whole chain, and numbers already given to customers would be given
 * again. The witness is written after each commit, without waiting for the disk, so it can be behind the journal
 * (a power cut) but never ahead of it, unless the journal has lost something.
 * @throws the file system's error when the file cannot be opened.
 */
export function openTipWitness(path: string): TipWitness {
  let descriptor: number | null = openSync(path, 'a');
  closeSync(descriptor);
  descriptor = openSync(path, 'r+');
  // Always the same length at the same place: no room is needed and nothing of an older note is left over.
  const write = (open: number, end: ChainEnd) =>
    writeSync(open, `${String(end.seq).padStart(SEQ_DIGITS, '0')} ${end.hash}\n`, 0);
  return {
    takeBack(end) {
      if (descriptor === null) return;
      write(descriptor, end);
      fsyncSync(descriptor);
    },
    note(end) {
      if (descriptor === null) return;
      try {
        write(descriptor, end);
      } catch {
        // Old knowledge is still true; the append itself is already safe on disk.
      }
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

/** What the witness remembers, or null when there is none or it cannot be read (which proves nothing). */
export function readTip(path: string): ChainEnd | null {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch {
    return null;
  }
  const match = /^(\d{16}) ([0-9a-f]{64})\n$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { seq: Number(match[1]), hash: match[2] };
}
