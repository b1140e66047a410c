import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '#core/wire/result.ts';

/** Windows that may be used from the branch network; all others stay on this PC. */
const LanWindow = z.enum(['lobby', 'lobby-screen', 'kiosk', 'rating-screen']);
export type LanWindow = z.infer<typeof LanWindow>;

/** A host name or an address, in lower case as browsers send it. */
const HostName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);

/**
 * LB3: how tablets in the branch network reach this PC, `<data>/lan.json`. Without the file nothing listens beyond
 * loopback.
 */
const LanFile = z.strictObject({
  port: z.int().min(1).max(65_535),
  /** By which names tablets address this PC; requests by any other name are refused. */
  names: z.array(HostName).min(1).max(10),
  windows: z.array(LanWindow).min(1).max(4).default(['lobby', 'lobby-screen']),
  /** PEM files, in the data folder or by absolute path. `null`, said in so many words: passwords travel readable. */
  tls: z.strictObject({ certificate: z.string().min(1), privateKey: z.string().min(1) }).nullable(),
});

/** What the server for the branch network needs. */
export interface LanSettings {
  readonly port: number;
  readonly names: readonly string[];
  readonly windows: readonly LanWindow[];
  /** Contents of the PEM files; null: no encryption. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
}

/**
 * Reads `<dataFolder>/lan.json`.
 * @returns null when there is no such file; C915 with the first wrong `field` when it cannot be used
 */
export function readLanSettings(dataFolder: string): Result<LanSettings | null> {
  const text = readText(join(dataFolder, 'lan.json'));
  if (text === null) return ok(null);
  if (text === undefined) return fail('C915', { field: 'lan.json' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('C915', { field: 'JSON' });
  }
  const parsed = LanFile.safeParse(value);
  if (!parsed.success) return fail('C915', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  const { tls, ...rest } = parsed.data;
  if (tls === null) return ok({ ...rest, tls });
  const cert = readText(inFolder(dataFolder, tls.certificate));
  if (!cert) return fail('C915', { field: 'tls.certificate' });
  const key = readText(inFolder(dataFolder, tls.privateKey));
  return key ? ok({ ...rest, tls: { cert, key } }) : fail('C915', { field: 'tls.privateKey' });
}

const inFolder = (folder: string, path: string) => (isAbsolute(path) ? path : join(folder, path));

/** Null when there is no such file, undefined when it cannot be read. */
function readText(file: string): string | null | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : undefined;
  }
}
