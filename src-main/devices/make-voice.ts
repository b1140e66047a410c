import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VoiceEntry } from '#core/wire/device-settings.ts';
import { ok, type Result } from '#core/wire/result.ts';
import { createByteLog } from '#drivers/byte-log.ts';
import { type ClipPack, loadClipPack } from '#drivers/voice/clip-pack.ts';
import type { DeviceDesk } from './device-desk.ts';
import { type MakeParts, noSelfTest, type SetUpDevice } from './made-device.ts';
import { createVoiceGroup, type VoiceGroup } from './voice.ts';

/** The clip packs that come with Foyer. */
export const SHIPPED_PACKS = ['zh-CN', 'en'] as const;

/** @returns one zone's voice; V352 when a shipped list of clips is missing */
export async function makeVoice(
  entry: VoiceEntry,
  { clock }: MakeParts,
  { clipsFolder, desk }: { readonly clipsFolder: string; readonly desk: DeviceDesk },
): Promise<Result<{ voice: VoiceGroup; device: SetUpDevice }>> {
  const packs = new Map<string, ClipPack>();
  for (const name of SHIPPED_PACKS) {
    const pack = await loadClipPack(file => readFile(join(clipsFolder, name, file)).catch(() => null));
    if (!pack.ok) return pack;
    packs.set(name, pack.value);
  }
  const { id, packs: spoken, times } = entry;
  const voice = createVoiceGroup({ id, packs, spoken, times, clock, desk });
  const log = createByteLog(clock);
  return ok({
    voice,
    device: { id, kind: 'voice', counterId: null, simulated: false, log, selfTest: noSelfTest },
  });
}
