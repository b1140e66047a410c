import type { VoiceEntry } from '#core/wire/device-settings.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import { type ByteLog, createByteLog } from '#drivers/byte-log.ts';
import type { SelfTestStep } from '#drivers/contract.ts';
import type { DeviceDesk } from './device-desk.ts';
import type { MakeParts, SetUpDevice } from './made-device.ts';
import { createVoiceGroup, type NoticeEnd, type VoiceGroup } from './voice.ts';
import { loadVoicePacks, type VoicePacks } from './voice-packs.ts';
import { joinVoiceZones, type VoiceZones, zoneSpeaksFor } from './voice-zones.ts';

/** Calls before the test and the test itself may take this long; then it counts as not heard. */
const TEST_PATIENCE_MS = 55_000;

/**
 * Makes the voices of all zones, for they share the counters among them.
 * @returns C902 without a zone; V352 when a shipped list of clips is missing
 */
export async function makeVoiceZones(
  entries: readonly VoiceEntry[],
  { clock, dataFolder }: Pick<MakeParts, 'clock' | 'dataFolder'>,
  { clipsFolder, desk }: { readonly clipsFolder: string; readonly desk: DeviceDesk },
): Promise<Result<{ voice: VoiceZones; devices: readonly SetUpDevice[] }>> {
  if (entries.length === 0) return fail('C902', { field: 'voices' });
  const packs = await loadVoicePacks(clipsFolder, dataFolder);
  if (!packs.ok) return packs;
  const { byName, shipped } = packs.value;

  const zones: VoiceGroup[] = [];
  const devices: SetUpDevice[] = [];
  for (const [index, entry] of entries.entries()) {
    const { id, name, packs: spoken, times, output } = entry;
    const log = createByteLog(clock);
    const faults = faultsOf(spoken, packs.value);
    for (const fault of faults) log.add('refused', `${fault.code} ${JSON.stringify(fault.facts)}`);
    const zone = createVoiceGroup({
      id,
      name,
      packs: byName,
      shipped,
      spoken,
      times,
      output,
      speaksFor: counterId => zoneSpeaksFor(entry, entries, counterId),
      mark: index === 0 ? '' : `z${index + 1}`,
      packFault: faults[0] ?? null,
      log,
      clock,
      desk,
    });
    zones.push(zone);
    const selfTest = () => testZone(zone, faults, log, clock);
    devices.push({ id, kind: 'voice', counterId: null, simulated: false, log, selfTest });
  }
  return ok({ voice: joinVoiceZones(zones), devices });
}

/** What is wrong with the packs a zone speaks: clips at fault, and packs that are not there. */
function faultsOf(spoken: readonly string[], { byName, faults }: VoicePacks): readonly Failure[] {
  return spoken.flatMap(pack => {
    const own = faults.filter(fault => fault.facts?.pack === pack);
    if (own.length > 0 || byName.has(pack)) return own;
    return [{ code: 'V352', facts: { pack, clip: 'pack.json', reason: 'missing' } } as const];
  });
}

const TEST_CODES: Readonly<Record<Exclude<NoticeEnd, 'played' | 'dropped'>, 'V351' | 'V353'>> = {
  'not-heard': 'V351',
  'no-speech': 'V353',
};

/** HW7: are the packs whole, and does the speaker window play a call (A001 → 1) when its turn comes? */
async function testZone(
  zone: Pick<VoiceGroup, 'sayTest'>,
  faults: readonly Failure[],
  log: ByteLog,
  clock: MakeParts['clock'],
): Promise<readonly SelfTestStep[]> {
  const [fault] = faults;
  const packs: SelfTestStep = fault
    ? { step: 'packs', outcome: 'failed', code: fault.code, facts: fault.facts ?? {} }
    : { step: 'packs', outcome: 'passed', code: null, facts: {} };
  const startedMs = clock.nowMs();
  log.add('out', 'self-test');
  let stopWaiting = () => {};
  const patience = new Promise<NoticeEnd>(resolve => {
    stopWaiting = clock.after(TEST_PATIENCE_MS, () => resolve('not-heard'));
  });
  const end = await Promise.race([zone.sayTest(), patience]);
  stopWaiting();
  const playedAfterMs = Math.round(clock.nowMs() - startedMs);
  const speak: SelfTestStep =
    end === 'played'
      ? { step: 'speak', outcome: 'passed', code: null, facts: { playedAfterMs } }
      : end === 'dropped'
        ? // Calls kept the loudspeaker busy, or the window stayed silent; the health of the zone tells which.
          { step: 'speak', outcome: 'skipped', code: null, facts: {} }
        : { step: 'speak', outcome: 'failed', code: TEST_CODES[end], facts: {} };
  return [packs, speak];
}
