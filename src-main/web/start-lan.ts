import { fail, ok, type Result } from '#core/wire/result.ts';
import type { RunningBranch } from '#main/running-branch.ts';
import { readLanSettings } from './lan-settings.ts';
import { type RunningWebServer, startWebServer } from './web-server.ts';

/**
 * LB3: serves tablets of the branch network, where `lan.json` in the data folder says so.
 * @returns null when it does not; C915 with the field at fault when it cannot
 */
export async function startLan(
  branch: Pick<RunningBranch, 'servePort' | 'readAsset'>,
  folders: { readonly dataFolder: string; readonly rendererFolder: string },
): Promise<Result<RunningWebServer | null>> {
  const settings = readLanSettings(folders.dataFolder);
  if (!settings.ok) return settings;
  if (settings.value === null) return ok(null);
  const { port, ...lan } = settings.value;
  const started = await startWebServer(branch, { port, rendererFolder: folders.rendererFolder, lan });
  // Taken or not allowed: what to change is the file, not the start option of the other server.
  return !started.ok && started.error.code === 'C906' ? fail('C915', { field: 'port' }) : started;
}
