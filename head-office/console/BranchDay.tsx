import { Alert, Button, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figure } from '#core/figures/day-figures.ts';
import { businessDayOf } from '#core/queue/business-day.ts';
import type { DayReport } from '#head-office/console-data/day-report.ts';
import type { BranchLine } from '#head-office/console-data/list-branches.ts';
import { formatClock } from '#renderer/kit/format.ts';
import { BranchState } from './BranchState.tsx';
import type { BranchFeed } from './branch-feed.ts';
import type { AskService } from './console-client.ts';
import { DayHeroes } from './DayHeroes.tsx';
import { FigureTable } from './FigureTable.tsx';
import { ForkList } from './ForkList.tsx';
import { useAnswer } from './hooks.ts';
import { useBranchName } from './names.ts';

/** Where the branch's own zone is not known yet, before its first status. */
const USUAL_TIME_ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

interface DayParts {
  readonly ask: AskService;
  readonly feed: BranchFeed;
  readonly now: number;
}

/** The chosen branch: what contradicts, then the figures of one of its days (HO6). */
export function BranchDay({
  branch,
  isUnknown,
  ...parts
}: DayParts & { readonly branch: BranchLine | null; readonly isUnknown: boolean }) {
  const { t } = useTranslation('console');
  return (
    <section className="box branch-day" aria-label={t('day.heading')}>
      {branch === null ? (
        <p className="box-empty">{t(isUnknown ? 'day.unknown' : 'day.choose')}</p>
      ) : (
        // A new branch starts at its own newest day.
        <ChosenBranch key={branch.branch} line={branch} {...parts} />
      )}
    </section>
  );
}

function ChosenBranch({ line, ask, feed, now }: DayParts & { readonly line: BranchLine }) {
  const { t } = useTranslation('console');
  const nameOf = useBranchName();
  const timeZone = line.status?.timeZone ?? USUAL_TIME_ZONE;
  const newest = line.status?.businessDay ?? businessDayOf(now, timeZone);
  const [asked, setAsked] = useState<string | null>(null);
  const date = asked ?? newest;
  const facts = [
    ...(line.lastSeenAt === null
      ? []
      : [t('day.asOf', { time: formatClock(line.lastSeenAt, timeZone, { seconds: true }) })]),
    t('day.position', { seq: line.durableSeq }),
  ];
  return (
    <>
      <header className="day-head">
        <h2>{nameOf(line)}</h2>
        <BranchState line={line} now={now} />
        <span className="quiet-text">{facts.join(' · ')}</span>
      </header>
      <div className="day-tools">
        <label>
          {t('day.date')}{' '}
          <input
            type="date"
            value={date}
            max={newest}
            onChange={event => event.target.value !== '' && setAsked(event.target.value)}
          />
        </label>
        <Button
          title={t('day.previous')}
          aria-label={t('day.previous')}
          onClick={() => setAsked(dayFrom(date, -1))}
        >
          ‹
        </Button>
        <Button
          title={t('day.next')}
          aria-label={t('day.next')}
          disabled={date >= newest}
          onClick={() => setAsked(dayFrom(date, 1))}
        >
          ›
        </Button>
        <Button disabled={date === newest} onClick={() => setAsked(null)}>
          {t('day.newest')}
        </Button>
      </div>
      <div className="box-scroll">
        {line.forks > 0 && <ForkList ask={ask} feed={feed} branch={line.branch} timeZone={timeZone} />}
        <Figures ask={ask} feed={feed} branch={line.branch} date={date} />
      </div>
    </>
  );
}

function Figures(props: {
  readonly ask: AskService;
  readonly feed: BranchFeed;
  readonly branch: string;
  readonly date: string;
}) {
  const { ask, feed, branch, date } = props;
  const { t } = useTranslation('console');
  const address = `branches/${encodeURIComponent(branch)}/day?date=${date}`;
  const { value: day, problem } = useAnswer<DayReport>(ask, feed, branch, address);
  if (day === null) {
    return problem?.kind === 'refused' ? (
      <Alert type="error" showIcon title={t('link.refused', { code: problem.code })} />
    ) : (
      <p className="box-empty">
        <Spin size="small" /> {t('day.loading')}
      </p>
    );
  }
  if (day.events === 0) return <p className="box-empty">{t('day.nothing', { date })}</p>;
  // The service folds with `core/figures`, as this page does (HO6).
  const figures = day.figures as readonly Figure[];
  return (
    <>
      <DayHeroes figures={figures} />
      {day.unreadable > 0 && (
        <Alert type="warning" showIcon title={t('day.unreadable', { count: day.unreadable })} />
      )}
      <FigureTable figures={figures} />
      <p className="quiet-text day-foot">
        {t('day.events', { count: day.events })} · {t('day.timeHint')}
      </p>
    </>
  );
}

/** The day `days` after `date`, both `YYYY-MM-DD`. */
function dayFrom(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}
