import { describe, expect, it } from 'vitest';
import { parseWav, toWav } from '#core/voice/wav.ts';
import { fuzzRuns, randomOf, SEED } from '../random.ts';

const FILES = fuzzRuns();

const SOUND = { samples: Int16Array.of(0, 1, -1, 32_767, -32_768), sampleRate: 16_000 };

function changed(at: number, ...values: readonly number[]): Uint8Array {
  const wav = toWav(SOUND);
  wav.set(values, at);
  return wav;
}

describe('[HW5] WAV files', () => {
  it('reads back what it wrote, sample by sample', () => {
    expect(parseWav(toWav(SOUND))).toEqual({ ok: true, value: SOUND });
    expect(parseWav(toWav({ samples: new Int16Array(0), sampleRate: 8000 }))).toMatchObject({ ok: true });
  });

  it('writes the header players expect', () => {
    const header = Buffer.from(toWav(SOUND).subarray(0, 44)).toString('latin1');
    expect(header).toBe(
      'RIFF\x2e\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\x0a\0\0\0',
    );
  });

  it('passes over other chunks, odd ones with their padding', () => {
    const wav = toWav(SOUND);
    const list = Uint8Array.of(0x4c, 0x49, 0x53, 0x54, 3, 0, 0, 0, 1, 2, 3, 0);
    const longer = Uint8Array.of(...wav.subarray(0, 36), ...list, ...wav.subarray(36));
    expect(parseWav(longer)).toEqual({ ok: true, value: SOUND });
  });

  it('reads a view into a larger buffer', () => {
    const padded = Uint8Array.of(9, 9, 9, ...toWav(SOUND), 9);
    expect(parseWav(padded.subarray(3, padded.length - 1))).toEqual({ ok: true, value: SOUND });
  });

  it.each([
    ['nothing', new Uint8Array(0), 'not-a-wav'],
    ['text', new TextEncoder().encode('not a sound at all'), 'not-a-wav'],
    ['floating point', changed(20, 3), 'not-pcm'],
    ['stereo', changed(22, 2), 'not-mono'],
    ['8 bit', changed(34, 8), 'not-16-bit'],
    ['a rate of 1 Hz', changed(24, 1, 0, 0, 0), 'sample-rate'],
    ['half a sample', changed(40, 9), 'half-a-sample'],
    ['data longer than the file', changed(40, 0xff, 0xff), 'cut-short'],
    ['a cut file', toWav(SOUND).subarray(0, 50), 'cut-short'],
    ['a format that is too short', changed(16, 8), 'not-pcm'],
    ['no data', changed(36, 0x78), 'no-sound'],
    ['data before its format', changed(12, 0x78), 'data-before-format'],
  ])('refuses %s with V352', (_title, bytes, reason) => {
    expect(parseWav(bytes)).toEqual({ ok: false, error: { code: 'V352', facts: { reason } } });
  });

  it(`${FILES} damaged files: each is read or refused with V352, never more samples than bytes`, () => {
    const random = randomOf(SEED);
    let refused = 0;
    for (let count = 0; count < FILES; count += 1) {
      const wav = toWav({ samples: new Int16Array(Math.floor(random() * 20)), sampleRate: 16_000 });
      const damaged = wav.subarray(0, random() < 0.3 ? Math.floor(random() * wav.length) : wav.length);
      const hits = Math.floor(random() * 4);
      for (let hit = 0; hit < hits; hit += 1) {
        damaged[Math.floor(random() * Math.min(damaged.length, 48))] = random() * 256;
      }
      const parsed = parseWav(damaged);
      if (parsed.ok) {
        expect(parsed.value.samples.length * 2, `seed ${SEED}`).toBeLessThanOrEqual(damaged.length);
      } else {
        refused += 1;
        expect(parsed.error.code, `seed ${SEED}`).toBe('V352');
      }
    }
    expect(refused, `seed ${SEED}`).toBeGreaterThan(FILES / 10);
    expect(refused, `seed ${SEED}`).toBeLessThan(FILES);
  }, 120_000);
});
