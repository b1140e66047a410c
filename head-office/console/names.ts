import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { BranchLine } from '#head-office/console-data/list-branches.ts';
import { formatMinutes, wholeMinutes } from '#renderer/kit/format.ts';
import { useLanguage } from '#renderer/kit/i18n.ts';

/** A branch by its name in the language on screen; by its id before its first status. */
export function useBranchName(): (line: BranchLine) => string {
  const { language } = useLanguage();
  return useCallback(
    ({ branch, nameZh, nameEn }) => (language === 'zh' ? nameZh : nameEn) ?? branch,
    [language],
  );
}

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** How long something lasts in its largest whole unit: minutes, hours or days, e.g. `3分钟`, `5 hr`. */
export function useRoughDuration(): (durationMs: number) => string {
  const { language } = useLanguage();
  return useCallback(
    durationMs => {
      const minutes = wholeMinutes(durationMs);
      if (minutes < HOUR_MINUTES) return formatMinutes(minutes, language);
      const [unit, size] = minutes < DAY_MINUTES ? ['hour', HOUR_MINUTES] : ['day', DAY_MINUTES];
      const options = { style: 'unit', unit, unitDisplay: 'short' } as const;
      return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', options).format(
        Math.floor(minutes / Number(size)),
      );
    },
    [language],
  );
}

/** The sentence of a state that is quiet or was never seen. */
export function useQuietText(): (quietMs: number) => string {
  const { t } = useTranslation('console');
  const duration = useRoughDuration();
  return ms => (Number.isFinite(ms) ? t('list.quiet', { duration: duration(ms) }) : t('list.never'));
}
