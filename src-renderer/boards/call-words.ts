import { useTranslation } from 'react-i18next';
import type { Language } from '#core/wire/fields.ts';
import { useLanguage } from '../kit/i18n.ts';
import type { Call } from './takeover.ts';

/** Where a call sends the customer: in the screen's language, and in the other one for the smaller line. */
export function useCallWords(): (call: Call) => { goTo: string; goToOther: string; counter: string } {
  const { i18n } = useTranslation();
  const { language } = useLanguage();
  const goTo = (call: Call, inLanguage: Language) => {
    const t = i18n.getFixedT(inLanguage, 'boards');
    return call.counterNumber === null
      ? t('goToName', { counter: call.counterName[inLanguage] })
      : t('goToNumber', { counter: call.counterNumber });
  };
  return call => ({
    goTo: goTo(call, language),
    goToOther: goTo(call, language === 'zh' ? 'en' : 'zh'),
    counter:
      call.counterNumber === null
        ? call.counterName[language]
        : i18n.getFixedT(language, 'boards')('counterNumber', { counter: call.counterNumber }),
  });
}
