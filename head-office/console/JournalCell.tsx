import { useTranslation } from 'react-i18next';
import type { BranchLine } from '#head-office/console-data/list-branches.ts';
import { Sign } from '#renderer/kit/signs.tsx';

/** How far head office holds a branch's journal, and what is missing or cannot be read. */
export function JournalCell({ line }: { readonly line: BranchLine }) {
  const { t } = useTranslation('console');
  const { durableSeq, lag, unreadable } = line;
  return (
    <span className="journal-cell">
      <span className="foyer-number">{durableSeq}</span>
      <span className="quiet-text">
        {lag !== null && (lag === 0 ? t('list.caughtUp') : t('list.behind', { count: lag }))}
        {unreadable > 0 && (
          <>
            {' '}
            <Sign meaning="late" /> {t('list.unreadable', { count: unreadable })}
          </>
        )}
      </span>
    </span>
  );
}
