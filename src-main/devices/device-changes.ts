import { isDeepStrictEqual } from 'node:util';
import type { EventData } from '#core/branch/events.ts';
import type { BranchState } from '#core/branch/state.ts';
import { ratingScreenId } from '#core/rating/prompt.ts';
import type { DeviceKind } from '#core/wire/device-news.ts';
import type { DeviceSettings } from '#core/wire/device-settings.ts';

type Change = EventData<'device-settings-changed'>['changes'][number];

/** One device of the settings with all that makes it what it is. */
export interface DeviceEntry {
  readonly deviceId: string;
  readonly kind: DeviceKind;
  readonly name: string;
  readonly counterId: string | null;
  readonly entry: unknown;
}

/** Every device the settings name; a board brings its line along, for it changes with it. */
export function devicesOf(settings: DeviceSettings): DeviceEntry[] {
  return [
    ...settings.printers.map(entry => device('printer', entry, null, entry)),
    ...settings.ledBuses.flatMap(({ boards, ...line }) =>
      boards.map(board => device('led-board', board, board.counterId, { board, line })),
    ),
    ...settings.keypads.map(entry => device('keypad', entry, entry.counterId, entry)),
    ...settings.voices.map(entry => device('voice', entry, null, entry)),
    ...settings.readers.map(entry => device('reader', entry, null, entry)),
  ];
}

function device(
  kind: DeviceKind,
  { id, name }: { readonly id: string; readonly name: string },
  counterId: string | null,
  entry: unknown,
): DeviceEntry {
  return { deviceId: id, kind, name, counterId, entry };
}

/**
 * Devices the branch remembers and the settings no longer name: the file was changed by hand while the program was
 * off. Rating screens are no entries of the settings.
 */
export function forgottenDevices(
  { devices }: Pick<BranchState, 'devices'>,
  settings: DeviceSettings,
): Change[] {
  const named = new Set(devicesOf(settings).map(({ deviceId }) => deviceId));
  return [...devices.values()]
    .filter(
      ({ deviceId, counterId }) =>
        !named.has(deviceId) && (counterId === null || deviceId !== ratingScreenId(counterId)),
    )
    .map(({ deviceId, kind }) => ({ deviceId, kind, name: '', change: 'removed' }));
}

/** What is another in `after` than it was in `before`, for the journal (ID3). */
export function deviceChanges(before: DeviceSettings, after: DeviceSettings): Change[] {
  const old = new Map(devicesOf(before).map(one => [one.deviceId, one]));
  const next = new Map(devicesOf(after).map(one => [one.deviceId, one]));
  const told = ({ deviceId, kind, name }: DeviceEntry, change: Change['change']): Change => ({
    deviceId,
    kind,
    name,
    change,
  });
  return [
    ...[...old.values()].filter(({ deviceId }) => !next.has(deviceId)).map(one => told(one, 'removed')),
    ...[...next.values()].flatMap(one => {
      const known = old.get(one.deviceId);
      if (!known) return [told(one, 'added')];
      return isDeepStrictEqual(known.entry, one.entry) ? [] : [told(one, 'changed')];
    }),
    ...(isDeepStrictEqual(before.wedge, after.wedge)
      ? []
      : [{ deviceId: 'wedge', kind: 'wedge', name: '', change: 'changed' } as const]),
  ];
}
