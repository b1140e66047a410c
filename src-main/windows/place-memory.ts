import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { WindowKind } from '#core/wire/port-messages.ts';
import type { Rectangle } from './rectangles.ts';

const Pixels = z.int().min(-100_000).max(100_000);
const SavedPlaces = z.strictObject({
  version: z.literal(1),
  places: z.partialRecord(
    WindowKind,
    z.strictObject({ x: Pixels, y: Pixels, width: Pixels.min(1), height: Pixels.min(1) }),
  ),
});
type Places = z.infer<typeof SavedPlaces>['places'];

/** Remembers where windows were put. */
export interface PlaceMemory {
  placeOf(kind: WindowKind): Rectangle | undefined;
  remember(kind: WindowKind, place: Rectangle): void;
}

/**
 * A memory in a small JSON file. A file that is missing or not as it should be counts as empty: places are a
 * comfort, never a reason not to start. The same goes for a file that cannot be written.
 */
export function openPlaceMemory(file: string): PlaceMemory {
  const places: Places = readPlaces(file);
  return {
    placeOf: kind => places[kind],
    remember(kind, { x, y, width, height }) {
      places[kind] = { x, y, width, height };
      writePlaces(file, places);
    },
  };
}

function readPlaces(file: string): Places {
  try {
    const read = SavedPlaces.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return read.success ? read.data.places : {};
  } catch {
    return {};
  }
}

function writePlaces(file: string, places: Places): void {
  try {
    // Written beside and moved over, so that a power cut leaves the old file or the new one.
    writeFileSync(`${file}.new`, JSON.stringify({ version: 1, places }));
    renameSync(`${file}.new`, file);
  } catch {
    // See above.
  }
}
