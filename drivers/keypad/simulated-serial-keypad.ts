import type { ByteTransport, DriverClock, KeypadPrompt } from '#drivers/contract.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import type { DeviceEnd } from '#drivers/serve-on-tcp.ts';
import { attachToMockPort } from '#drivers/simulated-port.ts';
import type { KeypadRule, SerialKeypadProfile } from './keypad-profile.ts';
import { checkByte } from './serial-keypad-frames.ts';
import { createSerialKeypadPort } from './serial-keypad-port.ts';
import { lineFormatOf } from './serial-line.ts';
import {
  actionRuleOf,
  createHints,
  type KeypadFault,
  LATE_MS,
  ruleOf,
  type SimulatedKeypad,
  setKey,
  shownBy,
} from './simulated-keypad.ts';

/** How often a key that is stuck sends its frame. */
const REPEAT_MS = 200;
/** Longer than any prompt. */
const BYTES_KEPT = 1024;

/** A serial keypad made of software. `device` is its end of a line: `serveOnTcp(device, …)`, `attachToMockPort(device, …)`. */
export interface SimulatedSerialKeypad extends SimulatedKeypad {
  readonly device: DeviceEnd;
}

/**
 * Builds a simulated serial keypad; its `port` reaches it through the in-process serial port `path`, framing included.
 * Prompts it does not take are lost unnoticed, as on a real line.
 * @param path any name no other simulated port has
 */
export function createSimulatedSerialKeypad(
  profile: SerialKeypadProfile,
  path: string,
  clock: DriverClock,
): SimulatedSerialKeypad {
  const byteListeners: ((bytes: Uint8Array) => void)[] = [];
  const hints = createHints();
  const changeListeners: (() => void)[] = [];
  let fault: KeypadFault | null = null;
  let shownPrompt: KeypadPrompt | null = null;
  let received: number[] = [];
  let cancelRepeat: (() => void) | null = null;

  function changed(): void {
    for (const listener of changeListeners) listener();
  }

  function deliver(bytes: Uint8Array): void {
    if (fault === 'missing') return;
    for (const listener of byteListeners) listener(bytes);
  }

  function send(frame: Uint8Array): void {
    if (fault === 'missing' || fault === 'silent') return;
    if (fault === 'late') clock.after(LATE_MS, () => deliver(frame));
    else if (fault === 'split') for (const byte of frame) deliver(Uint8Array.of(byte));
    else if (fault === 'malformed')
      deliver(Uint8Array.from([...frame.subarray(0, -1), 0xff, ...profile.frame.tail]));
    else deliver(frame);
  }

  function repeat(frame: Uint8Array): void {
    cancelRepeat = clock.after(REPEAT_MS, () => {
      send(frame);
      repeat(frame);
    });
  }

  function pressRule(rule: KeypadRule | undefined): boolean {
    if (rule === undefined) return false;
    const frame = frameOf(profile, rule);
    if (fault === 'unplugged-in-press') {
      deliver(frame.subarray(0, Math.max(1, frame.length - 1)));
      keypad.setFault('missing');
      return true;
    }
    for (let count = fault === 'bounce' ? 3 : 1; count > 0; count -= 1) send(frame);
    if (fault === 'stuck' && cancelRepeat === null) repeat(frame);
    changed();
    return true;
  }

  const device: DeviceEnd = {
    receive(bytes) {
      if (fault === 'missing' || fault === 'prompt-lost') return;
      for (const byte of bytes) {
        received = [...received, byte].slice(-BYTES_KEPT);
        const shown = shownAtEnd(profile, received);
        if (shown === null) continue;
        received = [];
        shownPrompt = shown;
        changed();
      }
    },
    onBytes: listener => void byteListeners.push(listener),
  };

  const line = attachToMockPort(device, path);
  const keypad: SimulatedSerialKeypad = {
    device,
    port: createSerialKeypadPort(profile, lineTo(profile, line), {
      isThere: async () => fault !== 'missing',
      onHint: hints.listen,
    }),
    press: position => pressRule(ruleOf(profile, position)),
    pressAction: action => pressRule(actionRuleOf(profile, action)),
    send,
    setFault(next) {
      if (next !== 'stuck') {
        cancelRepeat?.();
        cancelRepeat = null;
      }
      fault = next;
      if (next === 'missing') {
        shownPrompt = null;
        received = [];
        line.unplug();
      } else line.plugIn();
      changed();
    },
    plugIn() {
      keypad.setFault(null);
      hints.tell();
    },
    fault: () => fault,
    lastPrompt: () => shownPrompt,
    onChange: listener => void changeListeners.push(listener),
  };
  return keypad;
}

/** The frame a key sends. */
export function frameOf({ frame }: SerialKeypadProfile, rule: KeypadRule): Uint8Array {
  const lastKeyByte = Math.max(
    frame.head.length,
    ...('all' in rule ? rule.all.map(test => test.byte) : rule.anyOfBytes.slice(0, 1)),
  );
  const bytes = new Uint8Array(frame.length ?? lastKeyByte + 1 + frame.tail.length);
  bytes.set(frame.head);
  setKey(bytes, rule);
  bytes.set(frame.tail, bytes.length - frame.tail.length);
  if (frame.check !== null) {
    const { kind, of, at } = frame.check;
    bytes[at] = checkByte(kind, bytes.subarray(of[0], of[1] + 1));
  }
  return bytes;
}

function shownAtEnd(profile: SerialKeypadProfile, received: readonly number[]): KeypadPrompt | null {
  for (const length of new Set(Object.values(profile.prompts).map(frame => frame?.length ?? 0))) {
    if (length === 0 || length > received.length) continue;
    const shown = shownBy(profile.prompts, Uint8Array.from(received.slice(-length)));
    if (shown !== null) return shown;
  }
  return null;
}

function lineTo(profile: SerialKeypadProfile, line: ReturnType<typeof attachToMockPort>): ByteTransport {
  return createSerialTransport({
    path: line.path,
    baudRate: profile.match.baudRate,
    format: lineFormatOf(profile.match) ?? '8N1',
    codes: { refused: 'K303', lost: 'K302' },
    simulatedBy: line.simulatedBy,
  });
}
