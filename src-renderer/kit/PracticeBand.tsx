import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isPracticeBranch } from '#core/branch/practice.ts';
import { usePort } from './PortProvider.tsx';
import './practice-band.css';

/** True when the branch behind this window's port is a practice branch (AS4); also while its link is lost. */
export function usePractice(): boolean {
  const port = usePort();
  // The first call of a listener comes at once: no change, so it is not passed on.
  const subscribe = useCallback((changed: () => void) => port.onLink(() => changed()), [port]);
  return useSyncExternalStore(subscribe, () => isPracticeBranch(port.branch()));
}

/**
 * AS4: a striped band with the word for practice along the left edge of every window, over everything that can open
 * there, and the word before the window's title. It takes width and no height: the teller's bar has none to give.
 */
export function PracticeBand() {
  const { t } = useTranslation('kit');
  const practice = usePractice();
  const word = t('practice.word');

  useEffect(() => {
    if (!practice) return;
    const { documentElement: root } = document;
    const title = document.title;
    root.dataset.practice = 'true';
    document.title = t('practice.title', { title });
    return () => {
      delete root.dataset.practice;
      document.title = title;
    };
  }, [practice, t]);

  if (!practice) return null;
  return (
    <aside className="practice-band" aria-label={word}>
      <strong>{word}</strong>
      <strong aria-hidden="true">{word}</strong>
      <strong aria-hidden="true">{word}</strong>
    </aside>
  );
}
