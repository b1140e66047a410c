import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { View } from '#core/wire/views.ts';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';
import { listHidDevices } from '#drivers/keypad/hid-devices.ts';
import type { KeypadPort } from '#drivers/keypad/keypad-port.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { toHidProfile, toSerialProfile } from '#drivers/keypad/learn-profile.ts';
import {
  type Learning,
  type LearningState,
  type LearntProfileMaker,
  startLearning,
} from '#drivers/keypad/learn-session.ts';
import { createNodeHidPort } from '#drivers/keypad/node-hid-port.ts';
import { createRawSerialPort } from '#drivers/keypad/raw-serial-port.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { KEYPAD_PROFILE_FOLDER } from './keypad-profiles.ts';

/** A keypad without a profile, ready to be listened to. */
export interface UnknownKeypad {
  readonly port: KeypadPort;
  readonly toProfile: (names: { id: string; title: string }) => LearntProfileMaker;
}

export interface LearnDeskParts {
  readonly dataFolder: string;
  readonly clock: DriverClock;
  readonly levelCount: () => number;
  readonly onChange: () => void;
  /** Finds the HID keypad at an address of the search; K301 when it has gone. */
  readonly openKeypad?: (address: string) => Promise<Result<UnknownKeypad>>;
  /** The line of a serial keypad, 8N1 as all known ones. */
  readonly serialLine?: (path: string, baudRate: number) => ByteTransport;
}

export interface LearnOrder {
  /** Of the search: a HID device, or the path of a serial port. */
  readonly address: string;
  readonly profileId: string;
  /** Of a serial port; null: a HID keypad. */
  readonly baudRate: number | null;
}

/** HW4: learns the keys of a keypad no profile knows, one at a time; the profile is kept in the data folder. */
export interface LearnDesk {
  /**
   * Failures: `C919` one is being learned already, `K301`. What goes wrong later is in the view: `K303` cannot be
   * opened, `K302` lost, `K311` two keys alike, `K312` nothing heard, `K306`, `D404`.
   */
  start(order: LearnOrder): Promise<Result<void>>;
  stop(): Promise<void>;
  view(): View<'hardware'>['learning'];
}

export function createLearnDesk(parts: LearnDeskParts): LearnDesk {
  const { clock, levelCount, onChange, openKeypad = openHidKeypad, serialLine = openSerialLine } = parts;
  let session: { readonly learning: Learning; readonly order: LearnOrder } | null = null;
  let isStarting = false;
  /** Why a learned profile could not be kept. */
  let lastCode: string | null = null;

  const isUnderWay = () =>
    session !== null &&
    session.learning.state().phase !== 'done' &&
    session.learning.state().phase !== 'failed';

  const openSerialKeypad = (path: string, baudRate: number): UnknownKeypad => ({
    port: createRawSerialPort(serialLine(path, baudRate), clock),
    toProfile: names => toSerialProfile(names, baudRate),
  });

  return {
    async start(order) {
      const { address, profileId, baudRate } = order;
      if (isStarting || isUnderWay()) return fail('C919');
      isStarting = true;
      const opening =
        baudRate === null
          ? openKeypad(address)
          : Promise.resolve(ok<UnknownKeypad>(openSerialKeypad(address, baudRate)));
      const found = await opening.finally(() => {
        isStarting = false;
      });
      if (!found.ok) return found;
      const count = levelCount();
      lastCode = null;
      const learning = startLearning({
        port: found.value.port,
        clock,
        keys: Array.from({ length: count }, (_, index) => ({ rating: index + 1 })),
        levelCount: count,
        toProfile: found.value.toProfile({ id: profileId, title: profileId }),
      });
      session = { learning, order };
      learning.onChange(state => {
        if (state.phase === 'done') lastCode = keep(parts.dataFolder, profileId, state.profile);
        onChange();
      });
      onChange();
      return ok(undefined);
    },
    async stop() {
      const ending = session?.learning;
      session = null;
      await ending?.stop();
      onChange();
    },
    view() {
      if (session === null) return null;
      const state: LearningState = session.learning.state();
      return {
        ...session.order,
        phase: lastCode === null ? state.phase : 'failed',
        key: state.phase === 'key' ? state.index : null,
        pressed: state.phase === 'key' ? state.pressed : 0,
        needed: state.phase === 'key' ? state.needed : 0,
        code: lastCode ?? (state.phase === 'failed' ? state.failure.code : null),
      };
    },
  };
}

/** @returns D404 when the disk will not have the profile, else null */
function keep(dataFolder: string, profileId: string, profile: unknown): string | null {
  const folder = join(dataFolder, KEYPAD_PROFILE_FOLDER);
  const file = join(folder, `${profileId}.json`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(profile, null, 2)}\n`);
    renameSync(`${file}.new`, file);
    return null;
  } catch {
    return 'D404';
  }
}

function openSerialLine(path: string, baudRate: number): ByteTransport {
  const codes = { refused: 'K303', lost: 'K302' } as const;
  return createSerialTransport({ path, baudRate, codes, simulatedBy: null });
}

/** Not tried with a real unknown keypad here: no HID device is plugged into the machines this was written on. */
async function openHidKeypad(address: string): Promise<Result<UnknownKeypad>> {
  const listed = await listHidDevices();
  if (!listed.ok) return listed;
  const device = listed.value.find(({ path }) => path === address);
  // Any profile will do to listen: only whose device it opens matters.
  const any = parseKeypadProfile(SHIPPED_KEYPAD_PROFILES['vendor-page'], 4);
  if (!device || !any.ok || any.value.transport !== 'hid') return fail('K301');
  const match = { vendorId: device.vendorId, productId: device.productId };
  return ok({
    port: createNodeHidPort({ ...any.value, match }, { devicePath: address }),
    toProfile: names => toHidProfile(names, device),
  });
}
