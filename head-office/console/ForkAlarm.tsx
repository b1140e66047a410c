import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BranchLine } from '#head-office/console-data/list-branches.ts';
import { Sign } from '#renderer/kit/signs.tsx';
import { useBranchName } from './names.ts';

/** More names than this would hide the page. */
const NAMES_SHOWN = 6;

/** The loudest thing of the page: journals that contradict what head office holds (HO1). */
export function ForkAlarm(props: {
  readonly branches: readonly BranchLine[];
  readonly onChoose: (branch: string) => void;
}) {
  const { t } = useTranslation('console');
  const nameOf = useBranchName();
  const forked = props.branches.filter(({ forks }) => forks > 0);
  if (forked.length === 0) return null;
  return (
    <section className="fork-alarm" role="alert">
      <Sign meaning="broken" size={36} />
      <div>
        <h2>{t('forks.alarm', { count: forked.length })}</h2>
        <p>{t('forks.alarmNote')}</p>
      </div>
      <div className="fork-branches">
        {forked.slice(0, NAMES_SHOWN).map(line => (
          <Button key={line.branch} danger onClick={() => props.onChoose(line.branch)}>
            {nameOf(line)} · {line.forks}
          </Button>
        ))}
        {forked.length > NAMES_SHOWN && '…'}
      </div>
    </section>
  );
}
