import { z } from 'zod';
import { SERVING_TEXT_DEFAULTS } from '../locales/serving-texts.ts';
import { DurationMs, Id, LocalText } from '../wire/fields.ts';
import { CueAction } from './events-serving.ts';

/** Bank data of serving: what may be missing, what to watch for, what to say. All of it may be empty. */

/** CS13: signs a teller may see, and what to do about them; `actions` are offered in their order. */
export const Cue = z.strictObject({
  id: Id,
  kind: z.enum(['large-cash', 'high-value', 'elder-fraud', 'other']),
  name: LocalText,
  signs: z
    .array(z.strictObject({ id: Id, text: LocalText }))
    .min(1)
    .max(9),
  /** What to do and say meanwhile. */
  advice: LocalText,
  actions: z.array(CueAction).min(1).max(3),
});
export type Cue = z.infer<typeof Cue>;

/** A paper that any business may lack, beside those its own list asks for (CS7). */
export const CommonPaper = z.strictObject({ id: Id, name: LocalText });

export const ServingRules = z.strictObject({
  commonPapers: z.array(CommonPaper).max(12),
  cues: z.array(Cue).max(9),
  /** CS9: an open window that calls nobody for so long while people wait raises an alarm. */
  idleWindowMs: DurationMs,
});
export type ServingRules = z.infer<typeof ServingRules>;

const IDLE_WINDOW_MS = 3 * 60_000;

/** For branches set up before there were such rules. */
export const NO_SERVING_RULES: ServingRules = { commonPapers: [], cues: [], idleWindowMs: IDLE_WINDOW_MS };

/** Texts that came later than the others; a document without them gets plain ones. */
export const servingTexts = {
  /** CS12 唱收唱付: read back the cash received, then the cash paid out. */
  sayingCashIn: LocalText.default(SERVING_TEXT_DEFAULTS.sayingCashIn),
  sayingCashOut: LocalText.default(SERVING_TEXT_DEFAULTS.sayingCashOut),
  /** DV1: somebody without a number is being served (CS9). */
  boardBusy: LocalText.default(SERVING_TEXT_DEFAULTS.boardBusy),
  /** RT4 一米线: asks the others to step back. */
  oneMetreLine: LocalText.default(SERVING_TEXT_DEFAULTS.oneMetreLine),
};

type Report = (path: string[], message: string) => void;

/** Ids that are there twice would make a tick or a key mean two things. */
export function checkServing({ commonPapers, cues }: ServingRules, report: Report): void {
  const once = (ids: readonly string[], ...path: string[]) => {
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) < index) report([...path, String(index)], `duplicate: ${id}`);
  };
  once(
    commonPapers.map(paper => paper.id),
    'serving',
    'commonPapers',
  );
  once(
    cues.map(cue => cue.id),
    'serving',
    'cues',
  );
  for (const [index, { signs }] of cues.entries())
    once(
      signs.map(sign => sign.id),
      'serving',
      'cues',
      String(index),
      'signs',
    );
}
