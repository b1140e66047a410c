import { Alert } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BranchDay } from './BranchDay.tsx';
import { BranchList } from './BranchList.tsx';
import type { BranchFeed } from './branch-feed.ts';
import { totalsOf } from './branch-look.ts';
import type { AskService, ConsoleProblem } from './console-client.ts';
import { EmptyConsole } from './EmptyConsole.tsx';
import { ForkAlarm } from './ForkAlarm.tsx';
import { GlanceBar } from './GlanceBar.tsx';
import { useChosenBranch, useFeed, useServerNow } from './hooks.ts';

/** Head office's one page: all branches live, and the chosen one's day (HO5). */
export function ConsoleApp({ feed, ask }: { readonly feed: BranchFeed; readonly ask: AskService }) {
  const { branches, link, problem, clockOffsetMs } = useFeed(feed);
  const now = useServerNow(clockOffsetMs);
  const [chosenId, choose] = useChosenBranch();
  const totals = useMemo(() => (branches === null ? null : totalsOf(branches, now)), [branches, now]);
  const chosen = branches?.find(({ branch }) => branch === chosenId) ?? null;

  return (
    <div className="console">
      <GlanceBar totals={totals} link={link} />
      {problem !== null && <ProblemBand problem={problem} />}
      {branches !== null && <ForkAlarm branches={branches} onChoose={choose} />}
      {branches === null || branches.length === 0 ? (
        <EmptyConsole isLoading={branches === null && problem === null} />
      ) : (
        <main className="console-main">
          <BranchList branches={branches} now={now} chosenId={chosenId} onChoose={choose} />
          <BranchDay
            ask={ask}
            feed={feed}
            branch={chosen}
            isUnknown={chosenId !== null && chosen === null}
            now={now}
          />
        </main>
      )}
    </div>
  );
}

/** Why the page is not live, and what to do. */
function ProblemBand({ problem }: { readonly problem: ConsoleProblem }) {
  const { t } = useTranslation('console');
  const facts = problem.kind === 'refused' ? { code: problem.code } : {};
  return <Alert role="alert" type="error" showIcon banner title={t(`link.${problem.kind}`, facts)} />;
}
