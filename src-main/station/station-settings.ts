import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Id } from '#core/wire/fields.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { StationRole } from '#core/wire/views-stations.ts';

const Address = z.strictObject({
  address: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
});

/** BR1, BR2: what a PC is in a branch of several, `<data>/station.json`. Without the file it is the branch's one PC. */
export const StationSettings = z.strictObject({
  stationId: Id,
  name: z.string().max(60).default(''),
  roles: z.array(StationRole).max(10).default([]),
  /** Where its host was when it was set up; null: this PC began the branch. */
  host: Address.nullable(),
  /** Null: nobody can connect to it, so it is never host or standby. */
  listen: z
    .strictObject({
      /** 0: any free one, for trials on one machine. */
      port: z.int().min(0).max(65_535),
      /** On which of this PC's addresses; all of them when missing. */
      address: z.string().min(1).max(253).optional(),
    })
    .nullable(),
  /** BR2: false: this PC neither announces itself on the network nor listens to who does. */
  discovery: z.boolean().default(true),
});
export type StationSettings = z.infer<typeof StationSettings>;

/** Where a PC's settings lie in its data folder. */
export function stationSettingsFile(dataFolder: string): string {
  return join(dataFolder, 'station.json');
}

/** @returns null when there is no such file; `C921` with the first wrong `field` when it cannot be used */
export function readStationSettings(dataFolder: string): Result<StationSettings | null> {
  let text: string;
  try {
    text = readFileSync(stationSettingsFile(dataFolder), 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? ok(null)
      : fail('C921', { field: 'station.json' });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('C921', { field: 'JSON' });
  }
  const parsed = StationSettings.safeParse(value);
  if (!parsed.success) return fail('C921', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  // The branch's first PC hosts, so the others must reach it.
  if (parsed.data.host === null && parsed.data.listen === null) return fail('C921', { field: 'listen' });
  return ok(parsed.data);
}
