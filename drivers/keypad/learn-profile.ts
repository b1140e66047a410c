import { fail, ok } from '#core/wire/result.ts';
import { learnKeypad } from './learn-keypad.ts';
import { type LearntProfileMaker, learningFailure } from './learn-session.ts';
import { checkByte } from './serial-keypad-frames.ts';

/** Makes the JSON of a profile (10.6) of what learn mode heard. */

export interface LearntHidDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly usagePage: number | null;
  readonly usage: number | null;
  readonly interface: number | null;
}

interface Names {
  /** Of the new profile: small letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
}

/** A key that is told only when it is pressed, again within this time, has bounced. */
const EACH_DEBOUNCE_MS = 150;
const CHECK_KINDS = ['sum8', 'xor8', 'neg8'] as const;

/** For a HID keypad: rules by the bits its keys change. */
export function toHidProfile(names: Names, device: LearntHidDevice): LearntProfileMaker {
  return (idleReports, keys) => {
    const hasRelease = idleReports.length > 0;
    // Compared with its opposite, every bit of the first key counts.
    const opposite = (keys[0]?.reports[0] ?? new Uint8Array(0)).map(value => ~value);
    const learnt = learnKeypad(hasRelease ? idleReports : [opposite], keys);
    if (!learnt.ok) return { ok: false, error: learningFailure(learnt.error) };
    const { minLength, idle, rules } = learnt.value;
    return ok({
      ...names,
      transport: 'hid',
      match: matchOf(device),
      frame: { reportId: null, minLength },
      edge: hasRelease ? { kind: 'press', idle } : { kind: 'each', debounceMs: EACH_DEBOUNCE_MS },
      rules,
    });
  };
}

/**
 * For a serial keypad that sends one frame of the same length for every press: its head, the bytes that tell the keys
 * apart, and its check byte where one fits all frames.
 */
export function toSerialProfile(names: Names, baudRate: number): LearntProfileMaker {
  return (_idleFrames, keys) => {
    const frames = keys.map(key => key.reports[0] ?? new Uint8Array(0));
    const length = frames[0]?.length ?? 0;
    const uneven = keys.findIndex(key => key.reports.some(frame => frame.length !== length || length === 0));
    if (uneven >= 0) return fail('K312', { key: uneven });
    for (const [index, frame] of frames.entries()) {
      const other = frames.findIndex((candidate, at) => at < index && isSame(candidate, frame));
      if (other >= 0) return fail('K311', { key: index, other });
    }
    const differs = (byte: number) => frames.some(frame => frame[byte] !== frames[0]?.[byte]);
    const changing = Array.from({ length }, (_, byte) => byte).filter(differs);
    const first = changing[0] ?? 0;
    const check = checkOf(frames, changing);
    const keyBytes = changing.filter(byte => byte !== check?.at);
    const last = Math.max(...changing);
    return ok({
      ...names,
      transport: 'serial',
      match: { baudRate },
      frame: {
        head: hexOf(frames[0]?.subarray(0, first)),
        length,
        tail: hexOf(frames[0]?.subarray(last + 1)),
        ...(check === null ? {} : { check }),
      },
      edge: { kind: 'each', debounceMs: EACH_DEBOUNCE_MS },
      rules: keys.map(({ means }, index) => ({
        all: keyBytes.map(byte => ({ byte, equals: frames[index]?.[byte] ?? 0 })),
        ...means,
      })),
    });
  };
}

/** The check byte that explains the last changing byte of every frame, or null. */
function checkOf(frames: readonly Uint8Array[], changing: readonly number[]) {
  const at = changing.at(-1);
  // With two keys a fit may be chance.
  if (at === undefined || changing.length < 2 || frames.length < 3) return null;
  for (const kind of CHECK_KINDS)
    for (let from = 0; from < at; from += 1)
      if (frames.every(frame => frame[at] === checkByte(kind, frame.subarray(from, at))))
        return { kind, of: [from, at - 1], at };
  return null;
}

function matchOf(device: LearntHidDevice) {
  const { vendorId, productId, usagePage, usage } = device;
  return {
    vendorId: wordOf(vendorId),
    productId: wordOf(productId),
    ...(usagePage ? { usagePage: wordOf(usagePage) } : {}),
    ...(usage ? { usage: wordOf(usage) } : {}),
    ...(device.interface === null ? {} : { interface: device.interface }),
  };
}

function wordOf(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

function hexOf(bytes: Uint8Array | undefined): string {
  return [...(bytes ?? [])].map(byte => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
