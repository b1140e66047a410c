import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language, LocalText } from '#core/wire/fields.ts';
import type { Failure } from '#core/wire/result.ts';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';

/** A language file: words and sentences by key, nested by topic. */
export interface TextTree {
  readonly [key: string]: string | TextTree;
}

/** The keys of `Tree` with any words: types the second language, so that a missing sentence does not compile. */
export type SameKeys<Tree extends TextTree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends TextTree ? SameKeys<Tree[Key]> : string;
};

const STORED_LANGUAGE = 'foyer.language';

/** Chinese unless the address (`?lang=en`) or an earlier choice on this PC says otherwise. */
export function chosenLanguage(addressQuery: string, stored: string | null): Language {
  const wanted = new URLSearchParams(addressQuery).get('lang') ?? stored;
  return wanted === 'en' ? 'en' : 'zh';
}

/** Prepares the languages with the shared words; called once by the screen's root before it draws. */
export function startLanguages(): void {
  void i18next.use(initReactI18next).init({
    lng: chosenLanguage(location.search, localStorage.getItem(STORED_LANGUAGE)),
    fallbackLng: 'zh',
    resources: { zh: { kit: zh }, en: { kit: en } },
    defaultNS: 'kit',
    fallbackNS: 'kit',
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  const showLanguage = (language: string) => {
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  };
  i18next.on('languageChanged', showLanguage);
  showLanguage(i18next.language);
}

/** Adds a screen's own words; read them with `useTranslation('<screen>')`, shared words are found there too. */
export function registerTexts<Tree extends TextTree>(
  screen: string,
  texts: { readonly zh: Tree; readonly en: SameKeys<Tree> },
): void {
  i18next.addResourceBundle('zh', screen, texts.zh);
  i18next.addResourceBundle('en', screen, texts.en);
}

/** The language on screen, and how to change it; `remember` keeps the choice on this PC. */
export function useLanguage(): {
  language: Language;
  setLanguage: (language: Language, options?: { remember?: boolean }) => void;
} {
  const { i18n } = useTranslation();
  const setLanguage = useCallback(
    (language: Language, { remember = false }: { remember?: boolean } = {}) => {
      if (remember) localStorage.setItem(STORED_LANGUAGE, language);
      void i18n.changeLanguage(language);
    },
    [i18n],
  );
  return { language: i18n.language === 'en' ? 'en' : 'zh', setLanguage };
}

/** Picks the language on screen from bank data; null stays empty. */
export function useLocalText(): (text: LocalText | null) => string {
  const { language } = useLanguage();
  return useCallback(text => (text === null ? '' : text[language]), [language]);
}

/** The sentence of a failure with its short code: what happened, what it means, what to do now. */
export function useErrorText(): (failure: Pick<Failure, 'code' | 'facts'>) => string {
  const { t } = useTranslation('kit');
  return useCallback(
    failure =>
      t('errorWithCode', { sentence: t(`errors.${failure.code}`, failure.facts ?? {}), code: failure.code }),
    [t],
  );
}
