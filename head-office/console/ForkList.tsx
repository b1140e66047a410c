import { useTranslation } from 'react-i18next';
import type { ForkLine } from '#head-office/console-data/list-forks.ts';
import { formatClock } from '#renderer/kit/format.ts';
import type { BranchFeed } from './branch-feed.ts';
import type { AskService } from './console-client.ts';
import { useAnswer } from './hooks.ts';

const REASONS: ReadonlySet<string> = new Set(['previous-hash', 'broken-chain', 'differs', 'wrong-place']);

/** The batches that contradict what head office holds: where, how, and when they came. */
export function ForkList(props: {
  readonly ask: AskService;
  readonly feed: BranchFeed;
  readonly branch: string;
  readonly timeZone: string;
}) {
  const { ask, feed, branch, timeZone } = props;
  const { t } = useTranslation('console');
  const { value: forks } = useAnswer<ForkLine[]>(
    ask,
    feed,
    branch,
    `branches/${encodeURIComponent(branch)}/forks`,
  );
  if (forks === null) return null;
  const reasonText = (reason: string) =>
    REASONS.has(reason) ? t(`forks.reasons.${reason}`) : t('forks.reasons.unknown', { reason });
  return (
    <table className="figures fork-list">
      <caption>{t('forks.heading')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('forks.reason')}</th>
          <th scope="col">{t('forks.at')}</th>
          <th scope="col">{t('forks.batch')}</th>
          <th scope="col">{t('forks.received')}</th>
        </tr>
      </thead>
      <tbody>
        {forks.map(({ bodyHash, reason, atSeq, fromSeq, toSeq, epoch, receivedAt }) => (
          <tr key={bodyHash}>
            <th scope="row">{reasonText(reason)}</th>
            <td className="foyer-number">{atSeq}</td>
            <td>{t('forks.batchText', { from: fromSeq, to: toSeq, epoch })}</td>
            <td className="foyer-number">{dayAndTime(receivedAt, timeZone)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function dayAndTime(at: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, month: '2-digit', day: '2-digit' }).format(at);
  return `${day} ${formatClock(at, timeZone, { seconds: true })}`;
}
