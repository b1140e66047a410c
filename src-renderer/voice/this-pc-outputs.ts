import type { Output } from './outputs.ts';

/** Not real outputs but aliases of one that is listed besides. */
const ALIASES: readonly string[] = ['default', 'communications'];

/** Browsers leave it out on pages that are not secure (plain http from another PC). */
function mediaDevices(): MediaDevices | undefined {
  return (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices;
}

/** The sound outputs of this PC; without a label where the browser has not been allowed to tell them. */
export async function listOutputs(): Promise<readonly Output[]> {
  try {
    const devices = (await mediaDevices()?.enumerateDevices()) ?? [];
    return devices.filter(({ kind, deviceId }) => kind === 'audiooutput' && !ALIASES.includes(deviceId));
  } catch {
    return [];
  }
}

/** @returns ends the listening */
export function onOutputsChange(listener: () => void): () => void {
  const media = mediaDevices();
  media?.addEventListener('devicechange', listener);
  return () => media?.removeEventListener('devicechange', listener);
}

/**
 * Browsers name loudspeakers only to pages that may use the microphone: asks the person for it, and lets go of it at
 * once. Foyer's own windows need not ask.
 */
export async function askForOutputs(): Promise<void> {
  try {
    const stream = await mediaDevices()?.getUserMedia({ audio: true });
    for (const track of stream?.getTracks() ?? []) track.stop();
  } catch {
    // Refused: the standard output it is, as the window says.
  }
}
