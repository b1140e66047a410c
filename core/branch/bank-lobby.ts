import { z } from 'zod';
import { LocalText } from '../wire/fields.ts';

/** The parts of the bank document about the lobby: form guidance, the lobby screen, what is spoken. */

/** A form of a business and how to fill it, one entry a line of advice (LB4). */
export const FormGuide = z.strictObject({ name: LocalText, fill: z.array(LocalText).max(12) });
export type FormGuide = z.infer<typeof FormGuide>;

/** One page of the interest-rate board 利率牌 (DV4). */
export const RateTable = z.strictObject({
  title: LocalText,
  /** In force from this day on; shown with the rates, and not shown before it. */
  date: z.iso.date(),
  columns: z.array(LocalText).min(1).max(4),
  /** Values as the bank writes them, e.g. `1.45`; one a column. */
  rows: z
    .array(z.strictObject({ name: LocalText, values: z.array(z.string().min(1).max(16)).min(1).max(4) }))
    .min(1)
    .max(20),
});
export type RateTable = z.infer<typeof RateTable>;

export const LobbyScreenRules = z.strictObject({
  rates: z.array(RateTable).max(10),
  /** How long a picture of the playlist, or a page of rates, stands. */
  secondsPerPage: z.int().min(3).max(600),
  /** Scroll one after the other at the foot, after the branch's own notice. */
  notices: z.array(LocalText).max(20),
  /** The other language in small letters below the first. */
  secondLanguage: z.boolean(),
});
export type LobbyScreenRules = z.infer<typeof LobbyScreenRules>;

const SpokenLanguage = z.enum(['zh-CN', 'en']);

/** How calls are spoken in the hall (DV3); null: as the station's own settings say. */
export const AnnouncingRules = z.strictObject({
  /** One after the other, the chime once before them. */
  languages: z.array(SpokenLanguage).min(1).max(2).nullable(),
  times: z.int().min(1).max(3).nullable(),
});
export type AnnouncingRules = z.infer<typeof AnnouncingRules>;

/** For branches set up before there were such rules. */
export const NO_LOBBY_SCREEN_RULES: LobbyScreenRules = {
  rates: [],
  secondsPerPage: 12,
  notices: [],
  secondLanguage: true,
};
export const STATION_ANNOUNCING: AnnouncingRules = { languages: null, times: null };

/** A row with too few or too many values would put a rate under the wrong heading. */
export function checkLobby(
  { rates }: LobbyScreenRules,
  { languages }: AnnouncingRules,
  report: (path: string[], message: string) => void,
): void {
  for (const [index, { columns, rows }] of rates.entries())
    for (const [place, { values }] of rows.entries())
      if (values.length !== columns.length)
        report(
          ['lobbyScreen', 'rates', String(index), 'rows', String(place), 'values'],
          'not one value a column',
        );
  if (languages !== null && new Set(languages).size < languages.length)
    report(['announcing', 'languages'], 'a language is there twice');
}
