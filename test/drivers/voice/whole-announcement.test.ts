import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { toWav } from '#core/voice/wav.ts';
import { announce } from '#drivers/voice/announcement.ts';
import { loadClipPack } from '#drivers/voice/clip-pack.ts';
import { joinClips } from '#drivers/voice/join-clips.ts';

/**
 * A whole announcement, checked by a reader of its own: it knows the clip files and the finished WAV, nothing of
 * how one is made from the other.
 */
const CLIPS = fileURLToPath(new URL('../../../drivers/voice/clips/zh-CN/', import.meta.url));
const RATE = 16_000;
const HEADER_BYTES = 44;

/** Samples of a WAV as this project writes it: 44 bytes of header, then 16-bit little-endian numbers. */
function samplesOf(wav: Uint8Array): number[] {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  expect(view.getUint32(24, true)).toBe(RATE);
  expect(view.getUint32(40, true)).toBe(wav.byteLength - HEADER_BYTES);
  return Array.from({ length: (wav.byteLength - HEADER_BYTES) / 2 }, (_, index) =>
    view.getInt16(HEADER_BYTES + 2 * index, true),
  );
}

const clipFiles = new Map(
  readdirSync(CLIPS)
    .filter(name => name.endsWith('.wav'))
    .map(name => [name.slice(0, -4), samplesOf(readFileSync(`${CLIPS}${name}`))]),
);

interface Piece {
  readonly clip: string;
  readonly startsAt: number;
}

/** Every way to cut the sound into whole clips with nothing but silence of at most 200 ms between them. */
function decode(sound: readonly number[]): Piece[][] {
  const found: Piece[][] = [];
  const matches = (clip: readonly number[], at: number) =>
    at + clip.length <= sound.length && clip.every((sample, index) => sample === sound[at + index]);
  const search = (at: number, pieces: readonly Piece[]) => {
    if (at === sound.length) return void found.push([...pieces]);
    for (let start = at; start <= at + RATE / 5 && start < sound.length; start += 1) {
      for (const [clip, samples] of clipFiles)
        if (matches(samples, start)) search(start + samples.length, [...pieces, { clip, startsAt: start }]);
      if (sound[start] !== 0) return;
    }
  };
  search(0, []);
  return found;
}

async function wavOf(ticket: string, counter: string, sayYao: boolean): Promise<Uint8Array> {
  const pack = await loadClipPack(async name => readFileSync(`${CLIPS}${name}`));
  const announced = announce({ ticket, counter }, { language: 'zh', sayYao });
  if (!pack.ok || !announced.ok) throw new Error('no announcement');
  const joined = joinClips(announced.value, pack.value);
  if (!joined.ok) throw new Error(joined.error.code);
  return toWav(joined.value);
}

const WORDS: Readonly<Record<string, string>> = {
  叮咚: 'chime',
  请: 'please',
  号: 'number',
  到: 'to',
  窗口: 'window',
  办理业务: 'do-business',
  十: 'ten',
  幺: 'digit-1-yao',
};
const clipOf = (word: string) =>
  WORDS[word] ??
  (/[A-Z]/.test(word) ? `letter-${word.toLowerCase()}` : `digit-${'零一二三四五六七八九'.indexOf(word)}`);

/** hardware-protocols 12, its table word for word. */
const TABLE = [
  ['A001', '3', false, '叮咚 · 请 · A · 零 · 零 · 一 · 号 · 到 · 三 · 号 · 窗口 · 办理业务'],
  ['C208', '12', false, '叮咚 · 请 · C · 二 · 零 · 八 · 号 · 到 · 十 · 二 · 号 · 窗口 · 办理业务'],
  ['V015', '20', false, '叮咚 · 请 · V · 零 · 一 · 五 · 号 · 到 · 二 · 十 · 号 · 窗口 · 办理业务'],
  ['1010', '21', true, '叮咚 · 请 · 幺 · 零 · 幺 · 零 · 号 · 到 · 二 · 十 · 一 · 号 · 窗口 · 办理业务'],
  ['A001', '105', false, '叮咚 · 请 · A · 零 · 零 · 一 · 号 · 到 · 一 · 零 · 五 · 号 · 窗口 · 办理业务'],
] as const;

describe('[HW5] a finished announcement, read back from its samples', () => {
  it.each(TABLE)('%s → %s (幺: %s)', async (ticket, counter, sayYao, sentence) => {
    const parses = decode(samplesOf(await wavOf(ticket, counter, sayYao)));
    const clips = sentence.split(' · ').map(clipOf);
    for (const parse of parses) expect(parse.map(({ clip }) => clip)).toEqual(clips);
    expect(parses).toHaveLength(1);
  });

  it('A001 → 3 is its clips at exactly these places, and silence between: 10 ms, 180 ms after chime and number', async () => {
    const order = clipsOfFirst();
    const pausesAfter = new Map([
      [0, 2880],
      [6, 2880],
    ]);
    const golden: number[] = [];
    const places: number[] = [];
    for (const [index, clip] of order.entries()) {
      places.push(golden.length);
      golden.push(...(clipFiles.get(clip) ?? []));
      const pause = index === order.length - 1 ? 0 : (pausesAfter.get(index) ?? 160);
      for (let sample = 0; sample < pause; sample += 1) golden.push(0);
    }
    const sound = samplesOf(await wavOf('A001', '3', false));
    expect(sound.length).toBe(golden.length);
    expect(sound.findIndex((sample, index) => sample !== golden[index])).toBe(-1);
    expect(decode(sound)[0]?.map(({ startsAt }) => startsAt)).toEqual(places);
  });

  it('words are 50 ms apart, silence of both clips counted, and within 1 dB of the same loudness', () => {
    const edges = [...clipFiles.values()].map(clip => ({
      lead: clip.findIndex(sample => Math.abs(sample) > 164),
      trail: clip.length - 1 - clip.findLastIndex(sample => Math.abs(sample) > 164),
    }));
    const gapsMs = edges.flatMap(({ trail }) =>
      edges.map(({ lead }) => ((trail + 160 + lead) / RATE) * 1000),
    );
    const levels = [...clipFiles.values()].map(gatedDb);
    const [least, most] = [Math.min(...levels), Math.max(...levels)];
    console.log(
      `gaps ${Math.min(...gapsMs).toFixed(1)} to ${Math.max(...gapsMs).toFixed(1)} ms, ` +
        `levels ${least.toFixed(2)} to ${most.toFixed(2)} dB`,
    );
    for (const gap of gapsMs) expect(Math.abs(gap - 50)).toBeLessThan(3);
    expect(most - least).toBeLessThan(1);
  });
});

function clipsOfFirst(): string[] {
  return TABLE[0][3].split(' · ').map(clipOf);
}

/** Loudness without pauses and tails: frames of 20 ms, those 10 dB below the mean of the audible ones left out. */
function gatedDb(clip: readonly number[]): number {
  const powers: number[] = [];
  for (let at = 0; at + 320 <= clip.length; at += 160)
    powers.push(clip.slice(at, at + 320).reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / 320);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const audible = powers.filter(power => power > 1e-6);
  return 10 * Math.log10(mean(audible.filter(power => power >= mean(audible) / 10)));
}
