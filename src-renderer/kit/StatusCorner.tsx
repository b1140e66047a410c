import { Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ERROR_CODES, type ErrorCode } from '#core/wire/error-codes.ts';
import { deciderNames } from './decider-names.ts';
import { useLink } from './hooks.ts';
import { useErrorText, useLanguage } from './i18n.ts';
import { Sign } from './signs.tsx';
import './status-corner.css';
import {
  type BranchSummary,
  branchSummary,
  type StatusFacts,
  type StatusLine,
  statusLines,
  statusProblems,
} from './status-lines.ts';
import { useBranchLink } from './use-branch-link.ts';

interface CornerProps extends Omit<StatusFacts, 'link' | 'branch'> {
  /** Above the lines: where the screen has more to show; it can close them. */
  readonly more?: (close: () => void) => ReactNode;
}

/**
 * Link, devices and upload in words and sign, in the same corner of every screen: small when well, loud when
 * not. Pressing it opens the lines with what to do. How this PC stands to its branch is always in words (BR4, BR7).
 */
export function StatusCorner({ devices = [], upload, more }: CornerProps) {
  const { t } = useTranslation('kit');
  const { language } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const link = useLink();
  const branchLink = useBranchLink();
  const who = (most: number) =>
    deciderNames(branchLink?.deciders ?? [], language, t('branchLink.somebody'), most);
  const branch = branchLink === null ? undefined : { state: branchLink.state, who: who(3), host: branchLink };
  const lines = statusLines({ link, branch, devices, upload });
  const problems = statusProblems(lines);
  const [worst] = lines;
  if (!worst) return null;
  const said = branchSummary(branch, lines);
  const summary =
    link === 'connecting'
      ? t('link.connecting')
      : problems.length === 0
        ? t('status.well')
        : problems.length === 1
          ? t('status.summary', {
              label: worst.name || t(worst.labelKey),
              state: t(worst.key === 'link' ? 'status.lost' : worst.stateKey, worst.stateFacts),
            })
          : t('status.problems', { count: problems.length });
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setOpen}
      placement="bottomRight"
      title={t('status.title')}
      content={
        <>
          {more && <div className="status-more">{more(() => setOpen(false))}</div>}
          <ul className="status-lines">
            {lines.map(line => (
              <StatusRow key={line.key} line={line} />
            ))}
          </ul>
        </>
      }
    >
      <button
        type="button"
        className={`status-corner status-corner-${worst.meaning} ${said ? 'status-corner-branch' : ''}`}
        aria-live="polite"
      >
        <Sign meaning={worst.meaning} />
        {said ? (
          <BranchWords said={said} who={who(1)} />
        ) : (
          <span className="status-corner-text">{summary}</span>
        )}
      </button>
    </Popover>
  );
}

function BranchWords({ said, who }: { readonly said: BranchSummary; readonly who: string }) {
  const { t } = useTranslation('kit');
  const { state, others } = said;
  const isNoteFree = state === 'solo' && others > 0;
  return (
    <span className="status-corner-text">
      <strong>
        {t(`branchLink.title.${state}`)}
        {others > 0 && !isNoteFree && <em title={t('branchLink.others', { count: others })}> +{others}</em>}
      </strong>
      <small>
        {isNoteFree ? t('branchLink.others', { count: others }) : t(`branchLink.note.${state}`, { who })}
      </small>
    </span>
  );
}

function StatusRow({ line }: { line: StatusLine }) {
  const { t } = useTranslation('kit');
  const errorText = useErrorText();
  return (
    <li>
      <Sign meaning={line.meaning} />
      <div>
        <strong>{line.name || t(line.labelKey)}</strong> {t(line.stateKey, line.stateFacts)}
        {isErrorCode(line.code) && <p>{errorText({ code: line.code })}</p>}
      </div>
    </li>
  );
}

function isErrorCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(ERROR_CODES, code);
}
