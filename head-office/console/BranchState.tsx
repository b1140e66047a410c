import { useTranslation } from 'react-i18next';
import type { BranchLine } from '#head-office/console-data/list-branches.ts';
import { Sign } from '#renderer/kit/signs.tsx';
import { quietMs } from './branch-look.ts';
import { useQuietText } from './names.ts';

/** Live, quiet for how long, or in contradiction: in words with a sign. */
export function BranchState({ line, now }: { readonly line: BranchLine; readonly now: number }) {
  const { t } = useTranslation('console');
  const quietText = useQuietText();
  const quiet = quietMs(line, now);
  return (
    <span className="branch-state">
      {line.forks > 0 && (
        <span className="branch-fork">
          <Sign meaning="broken" /> {t('list.fork')}
        </span>
      )}
      <span>
        <Sign meaning={quiet === null ? 'well' : 'late'} />{' '}
        {quiet === null ? t('list.live') : quietText(quiet)}
      </span>
    </span>
  );
}
