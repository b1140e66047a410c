import { fail, ok, type Result } from '../wire/result.ts';

/** Mono sound as 16-bit samples. */
export interface Sound {
  readonly samples: Int16Array;
  /** Samples a second. */
  readonly sampleRate: number;
}

const HEADER_BYTES = 44;
const PCM = 1;
const MIN_SAMPLE_RATE = 8000;
const MAX_SAMPLE_RATE = 48_000;

/**
 * Reads a RIFF/WAVE file. Strict: PCM, mono, 16 bit, a whole number of samples, no chunk past the end of the file.
 * Chunks other than `fmt ` and `data` are passed over.
 * @returns the sound, or V352 with a `reason`
 */
export function parseWav(bytes: Uint8Array): Result<Sound> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tagAt(view, 0) !== 'RIFF' || tagAt(view, 8) !== 'WAVE') return refuse('not-a-wav');
  if (view.getUint32(4, true) + 8 > bytes.length) return refuse('cut-short');

  let sampleRate: number | null = null;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const tag = tagAt(view, at);
    const length = view.getUint32(at + 4, true);
    const start = at + 8;
    if (length > bytes.length - start) return refuse('cut-short');
    if (tag === 'fmt ') {
      if (length < 16 || view.getUint16(start, true) !== PCM) return refuse('not-pcm');
      if (view.getUint16(start + 2, true) !== 1) return refuse('not-mono');
      if (view.getUint16(start + 14, true) !== 16) return refuse('not-16-bit');
      sampleRate = view.getUint32(start + 4, true);
      if (sampleRate < MIN_SAMPLE_RATE || sampleRate > MAX_SAMPLE_RATE) return refuse('sample-rate');
    } else if (tag === 'data') {
      if (sampleRate === null) return refuse('data-before-format');
      if (length % 2 !== 0) return refuse('half-a-sample');
      const samples = new Int16Array(length / 2);
      for (let index = 0; index < samples.length; index += 1) {
        samples[index] = view.getInt16(start + index * 2, true);
      }
      return ok({ samples, sampleRate });
    }
    // Chunks are padded to an even length.
    at = start + length + (length % 2);
  }
  return refuse('no-sound');
}

/** Writes a sound as a RIFF/WAVE file: PCM, mono, 16 bit. */
export function toWav(sound: Sound): Uint8Array<ArrayBuffer> {
  const dataBytes = sound.samples.length * 2;
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = new DataView(bytes.buffer);
  putTag(bytes, 0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  putTag(bytes, 8, 'WAVE');
  putTag(bytes, 12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sound.sampleRate, true);
  view.setUint32(28, sound.sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  putTag(bytes, 36, 'data');
  view.setUint32(40, dataBytes, true);
  sound.samples.forEach((sample, index) => {
    view.setInt16(HEADER_BYTES + index * 2, sample, true);
  });
  return bytes;
}

function refuse(reason: string): ReturnType<typeof fail> {
  return fail('V352', { reason });
}

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}

function putTag(bytes: Uint8Array, at: number, tag: string): void {
  for (let index = 0; index < 4; index += 1) bytes[at + index] = tag.charCodeAt(index);
}
