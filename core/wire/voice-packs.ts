import { z } from 'zod';
import { PackName } from './device-settings.ts';
import { Language } from './fields.ts';

/** Recording a bank's own voice in the set-up window (DV3, HW5). */

export const ClipId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
/** Samples a second of packs recorded here. */
export const RECORDED_SAMPLE_RATE = 24_000;
/** Six seconds of 16-bit sound at 48,000 samples a second, as base64. */
const MAX_CLIP_CHARACTERS = 800_000;

export const VOICE_PACK_COMMANDS = {
  /** The first clip makes the pack, in the data folder's `voice-packs`. A clip that is there is replaced. */
  'save-voice-clip': z.strictObject({
    pack: PackName,
    /** What people call it: 四川话. */
    title: z.string().trim().min(1).max(80),
    language: Language,
    clipId: ClipId,
    /** A WAV file in base64: PCM, mono, 16 bit, the pack's sample rate. */
    wav: z.base64().max(MAX_CLIP_CHARACTERS),
  }),
} as const;

const PackLine = z.strictObject({
  name: PackName,
  title: z.string(),
  language: Language,
  /** Where the recordings come from, and what to think of them. */
  source: z.string(),
  /** Came with Foyer: it cannot be recorded over, but a pack of the same name stands in for it. */
  shipped: z.boolean(),
  sampleRate: z.int(),
  /** Clips there are. */
  clipIds: z.array(ClipId),
});

/** For the recording page: what a language needs, and the packs there are. */
export const VoicePacksView = z.strictObject({
  plans: z.array(
    z.strictObject({
      language: Language,
      clips: z.array(z.strictObject({ id: ClipId, text: z.string() })),
    }),
  ),
  packs: z.array(PackLine),
});
export type VoicePacksView = z.infer<typeof VoicePacksView>;
