import { Input, Segmented, Table, type TableColumnsType } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BranchLine } from '#head-office/console-data/list-branches.ts';
import { formatStopwatch } from '#renderer/kit/format.ts';
import { Sign } from '#renderer/kit/signs.tsx';
import { BranchState } from './BranchState.tsx';
import { findBranches, longestWaitMs, needsLook } from './branch-look.ts';
import { JournalCell } from './JournalCell.tsx';
import { useBranchName } from './names.ts';

const ROWS_SHOWN = 100;
/** Marked at head office whatever the branch's own promise is: the dictionary's middle limit. */
const LONG_WAIT_MS = 20 * 60_000;
const NOTHING = '—';

/** All branches live, one a row; every row opens with its name's button. */
export function BranchList(props: {
  readonly branches: readonly BranchLine[];
  readonly now: number;
  readonly chosenId: string | null;
  readonly onChoose: (branch: string) => void;
}) {
  const { branches, now, chosenId, onChoose } = props;
  const { t } = useTranslation('console');
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState<'all' | 'need-look'>('all');
  const looks = branches.filter(line => needsLook(line, now));
  const rows = findBranches(shown === 'all' ? branches : looks, typed);
  const columns = useColumns(now, chosenId, onChoose);

  return (
    <section className="box branch-list" aria-label={t('list.heading')}>
      <div className="branch-list-tools">
        <Input.Search
          allowClear
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
        <Segmented<'all' | 'need-look'>
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: t('list.all', { count: branches.length }) },
            { value: 'need-look', label: t('list.needLook', { count: looks.length }) },
          ]}
        />
      </div>
      <div className="box-scroll">
        <Table<BranchLine>
          size="small"
          rowKey="branch"
          columns={columns}
          dataSource={[...rows]}
          sticky
          showSorterTooltip={false}
          pagination={{ pageSize: ROWS_SHOWN, hideOnSinglePage: true, showSizeChanger: false }}
          rowClassName={line => (line.branch === chosenId ? 'branch-chosen' : '')}
          onRow={line => ({ onClick: () => onChoose(line.branch) })}
          locale={{ emptyText: t(shown === 'all' || typed !== '' ? 'list.none' : 'list.nonePlease') }}
        />
      </div>
    </section>
  );
}

function useColumns(
  now: number,
  chosenId: string | null,
  onChoose: (branch: string) => void,
): TableColumnsType<BranchLine> {
  const { t } = useTranslation('console');
  const nameOf = useBranchName();
  return useMemo(() => {
    const count = (key: 'waiting' | 'serving') => ({
      title: t(`list.${key}`),
      width: 92,
      align: 'right' as const,
      sorter: (a: BranchLine, b: BranchLine) => (a.status?.[key] ?? -1) - (b.status?.[key] ?? -1),
      render: (line: BranchLine) => <Changing value={line.status?.[key] ?? NOTHING} />,
    });
    return [
      {
        title: t('list.name'),
        sorter: (a, b) => nameOf(a).localeCompare(nameOf(b)),
        render: line => (
          <button
            type="button"
            className="branch-name"
            aria-label={t('list.open', { name: nameOf(line) })}
            aria-pressed={line.branch === chosenId}
            onClick={() => onChoose(line.branch)}
          >
            <strong>{nameOf(line)}</strong>
            <span>{line.branch}</span>
          </button>
        ),
      },
      {
        title: t('list.state'),
        width: 138,
        sorter: (a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0),
        render: line => <BranchState line={line} now={now} />,
      },
      count('waiting'),
      count('serving'),
      {
        title: <span title={t('list.windowsHint')}>{t('list.windows')}</span>,
        width: 102,
        align: 'right',
        sorter: (a, b) => (a.status?.openCounters ?? -1) - (b.status?.openCounters ?? -1),
        render: ({ status }) => (
          <Changing value={status === null ? NOTHING : `${status.openCounters} / ${status.counters}`} />
        ),
      },
      {
        title: t('list.longest'),
        width: 92,
        align: 'right',
        sorter: (a, b) => (longestWaitMs(a, now) ?? -1) - (longestWaitMs(b, now) ?? -1),
        render: line => {
          const wait = longestWaitMs(line, now);
          return (
            <span className="foyer-number">
              {wait !== null && wait > LONG_WAIT_MS && <Sign meaning="late" />}{' '}
              {wait === null ? NOTHING : formatStopwatch(wait)}
            </span>
          );
        },
      },
      {
        title: t('list.devices'),
        width: 88,
        align: 'right',
        sorter: (a, b) => (a.status?.devicesDown ?? 0) - (b.status?.devicesDown ?? 0),
        render: ({ status }) => (
          <>
            {status !== null && status.devicesDown > 0 && <Sign meaning="broken" />}{' '}
            <Changing value={status?.devicesDown ?? NOTHING} />
          </>
        ),
      },
      {
        title: t('list.journal'),
        width: 92,
        align: 'right',
        sorter: (a, b) => (a.lag ?? 0) - (b.lag ?? 0),
        render: line => <JournalCell line={line} />,
      },
    ];
  }, [t, nameOf, now, chosenId, onChoose]);
}

/** A number that glows once when it changes. */
function Changing({ value }: { readonly value: number | string }) {
  return (
    <span key={value} className="foyer-number foyer-glow">
      {value}
    </span>
  );
}
