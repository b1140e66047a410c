import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#core/wire/result.ts';
import { useLanguage } from '../kit/i18n.ts';

/** What stands in the way of a document, by name, from the facts of the refusal; empty when they say nothing. */
export function useBlockText(): (facts: Failure['facts']) => string {
  const { t } = useTranslation('setup');
  const { language } = useLanguage();
  return useCallback(
    facts => {
      if (facts?.reason === undefined) return '';
      const name = language === 'en' ? (facts.nameEn ?? facts.name ?? '') : (facts.name ?? '');
      const sentence = t(`blocks.${facts.reason}`, { name, count: Number(facts.count ?? 0) });
      const others = Number(facts.others ?? 0);
      return others > 0 ? `${sentence} ${t('blocks.others', { count: others })}` : sentence;
    },
    [t, language],
  );
}
