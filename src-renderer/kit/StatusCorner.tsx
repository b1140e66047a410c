import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { ERROR_CODES, type ErrorCode } from '#core/wire/error-codes.ts';
import { useLink } from './hooks.ts';
import { useErrorText } from './i18n.ts';
import { Sign } from './signs.tsx';
import './status-corner.css';
import { type StatusFacts, type StatusLine, statusLines, statusProblems } from './status-lines.ts';

/**
 * Link, devices and upload in words and sign, in the same corner of every screen: small when well, loud when
 * not. Pressing it opens the lines with what to do.
 */
export function StatusCorner({ devices = [], upload }: Omit<StatusFacts, 'link'>) {
  const { t } = useTranslation('kit');
  const link = useLink();
  const lines = statusLines({ link, devices, upload });
  const problems = statusProblems(lines);
  const [worst] = lines;
  if (!worst) return null;
  const summary =
    link === 'connecting'
      ? t('link.connecting')
      : problems.length === 0
        ? t('status.well')
        : problems.length === 1
          ? t('status.summary', {
              label: t(worst.labelKey),
              state: t(worst.key === 'link' ? 'status.lost' : worst.stateKey, worst.stateFacts),
            })
          : t('status.problems', { count: problems.length });
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('status.title')}
      content={
        <ul className="status-lines">
          {lines.map(line => (
            <StatusRow key={line.key} line={line} />
          ))}
        </ul>
      }
    >
      <button type="button" className={`status-corner status-corner-${worst.meaning}`} aria-live="polite">
        <Sign meaning={worst.meaning} />
        <span className="status-corner-text">{summary}</span>
      </button>
    </Popover>
  );
}

function StatusRow({ line }: { line: StatusLine }) {
  const { t } = useTranslation('kit');
  const errorText = useErrorText();
  return (
    <li>
      <Sign meaning={line.meaning} />
      <div>
        <strong>{t(line.labelKey)}</strong> {t(line.stateKey, line.stateFacts)}
        {isErrorCode(line.code) && <p>{errorText({ code: line.code })}</p>}
      </div>
    </li>
  );
}

function isErrorCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(ERROR_CODES, code);
}
