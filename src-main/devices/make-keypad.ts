import { existsSync } from 'node:fs';
import { SerialPort } from 'serialport';
import type { KeypadEntry } from '#core/wire/device-settings.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import { createByteLog } from '#drivers/byte-log.ts';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import type { KeypadPort } from '#drivers/keypad/keypad-port.ts';
import {
  type KeypadProfile,
  parseKeypadProfile,
  type SerialKeypadProfile,
} from '#drivers/keypad/keypad-profile.ts';
import { createKeypadSelfTest } from '#drivers/keypad/keypad-self-test.ts';
import { createNodeHidPort, isHidKeypadThere } from '#drivers/keypad/node-hid-port.ts';
import { createSerialKeypadPort } from '#drivers/keypad/serial-keypad-port.ts';
import { lineFormatOf } from '#drivers/keypad/serial-line.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { createShortcutPort } from '#drivers/keypad/shortcut-port.ts';
import { tapKeypadPort } from '#drivers/keypad/tap-keypad-port.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { createEvaluatorPort } from './evaluator-port.ts';
import { findKeypadProfile } from './keypad-profiles.ts';
import type { NamedKeypad } from './keypads.ts';
import type { MakeParts, SetUpDevice } from './made-device.ts';
import { onPlugged } from './plug-hints.ts';

interface MadePort {
  readonly port: KeypadPort;
  /** Presses a key of a keypad made of software; null for a real one. */
  readonly pressItself: (() => void) | null;
}

/** Heartbeats of a networked evaluator that may be missed. */
const HEARTBEATS_MISSED = 2.5;

/**
 * Makes a keypad of any connection. A bank's own profile that is wrong makes a keypad that is down with K306 and the
 * file's name; everything else works.
 * @returns the keypad and its side for the set-up screen; K306 for a profile that is not there or is for another
 *   connection, C902 for a connection that cannot be
 */
export async function makeKeypad(
  entry: KeypadEntry,
  parts: MakeParts,
): Promise<Result<{ keypad: NamedKeypad; device: SetUpDevice }>> {
  const { id, counterId, profileId } = entry;
  const { document, clock, dataFolder } = parts;
  const levelCount = document.ratingLevels.length;
  const listed = findKeypadProfile(dataFolder, profileId, levelCount);
  if (listed === null) return fail('K306', { field: 'profileId', reason: 'unknown', profileId });
  if (!listed.profile.ok && listed.isShipped) return listed.profile;

  const usable = listed.profile.ok ? listed.profile : standIn();
  if (!usable.ok) return usable;
  const profile = usable.value;
  const made: Result<MadePort> = listed.profile.ok
    ? await makePort(entry, profile, parts)
    : ok({ port: refusingPort(listed.profile.error), pressItself: null });
  if (!made.ok) return made;

  const log = createByteLog(clock);
  const { pressItself } = made.value;
  const driver = createKeypadDriver({ profile, port: tapKeypadPort(made.value.port, log), clock });
  const selfTest = createKeypadSelfTest({ driver, profile, clock, pressItself });
  return ok({
    keypad: { id, counterId, driver },
    device: { id, kind: 'keypad', counterId, simulated: pressItself !== null, log, selfTest },
  });
}

async function makePort(
  entry: KeypadEntry,
  profile: KeypadProfile,
  { hardware, systemWideKeys }: MakeParts,
): Promise<Result<MadePort>> {
  const { id, counterId, connection, serialNumber, devicePath } = entry;
  const kind = typeof connection === 'string' ? connection : connection.kind;
  const otherProfile = fail('K306', { field: 'transport', reason: 'other-connection', connection: kind });
  const real = (port: KeypadPort): Result<MadePort> => ok({ port, pressItself: null });
  const simulated = (): Result<MadePort> => {
    if (profile.transport !== 'hid' && profile.transport !== 'serial') return otherProfile;
    const keypad = hardware.keypad(id, counterId, profile);
    return ok({ port: keypad.port, pressItself: () => void keypad.press(1) });
  };

  if (connection === 'simulated') return simulated();
  if (connection === 'hid' || connection === 'auto') {
    if (profile.transport !== 'hid') return otherProfile;
    const options = {
      serialNumber: serialNumber || undefined,
      devicePath: devicePath || undefined,
      onHint: onPlugged,
    };
    const isWanted = connection === 'hid' || (await isHidKeypadThere(profile, options));
    return isWanted ? real(createNodeHidPort(profile, options)) : simulated();
  }
  switch (connection.kind) {
    case 'serial':
      return profile.transport === 'serial' ? real(serialPort(connection.path, profile)) : otherProfile;
    case 'shortcut':
      return profile.transport === 'keyboard-shortcut'
        ? real(createShortcutPort(profile, systemWideKeys ?? null))
        : otherProfile;
    case 'network': {
      if (profile.transport !== 'websocket') return otherProfile;
      const { port, listen, workNumber, key } = connection;
      // Whoever knows a work number could rate: in the branch network it takes more.
      if (listen === 'branch-network' && key === '') return fail('C902', { field: 'connection.key' });
      const silenceMs = profile.heartbeatMs * HEARTBEATS_MISSED;
      return real(createEvaluatorPort({ port, listen, workNumber, key, silenceMs }));
    }
  }
}

function serialPort(path: string, profile: SerialKeypadProfile): KeypadPort {
  const transport = createSerialTransport({
    path,
    baudRate: profile.match.baudRate,
    format: lineFormatOf(profile.match) ?? '8N1',
    codes: { refused: 'K303', lost: 'K302' },
    simulatedBy: null,
  });
  return createSerialKeypadPort(profile, transport, { isThere: () => isPortThere(path), onHint: onPlugged });
}

/** COM ports are no files; the list of ports has them. Not tried on a real Windows PC. */
async function isPortThere(path: string): Promise<boolean> {
  if (path.startsWith('/')) return existsSync(path);
  try {
    return (await SerialPort.list()).some(port => port.path.toUpperCase() === path.toUpperCase());
  } catch {
    return true;
  }
}

/** Some profile to be down with. */
function standIn(): Result<KeypadProfile> {
  return parseKeypadProfile(SHIPPED_KEYPAD_PROFILES['vendor-page'], 6);
}

function refusingPort(failure: Failure): KeypadPort {
  return {
    open: async () => ({ ok: false, error: failure }),
    write: async () => fail('K304', { reason: 'not-open' }),
    close: async () => undefined,
    onReport: () => undefined,
    onMalformed: () => undefined,
    onLost: () => undefined,
  };
}
