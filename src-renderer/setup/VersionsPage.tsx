import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { formatClock, formatDay } from '../kit/format.ts';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText, useLanguage, useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { ChangeList } from './ChangeList.tsx';
import { documentChanges } from './changes.ts';
import type { SetupViewValue } from './SetupScreen.tsx';
import { useBlockText } from './use-block-text.ts';
import type { DraftDesk } from './use-draft.ts';

/** The version in force, the one to come, and those to go back to (HO3). */
export function VersionsPage({ view, desk }: { readonly view: SetupViewValue; readonly desk: DraftDesk }) {
  const { t } = useTranslation('setup');
  const local = useLocalText();
  const errorText = useErrorText();
  const blockText = useBlockText();
  const { language } = useLanguage();
  const { run, busyType, lastError } = useCommand();
  const [compared, setCompared] = useState<number | null>(null);
  const { pending } = view;

  const timeText = (at: number) =>
    `${formatDay(at, view.timeZone, language)} ${formatClock(at, view.timeZone)}`;
  const byText = (by: string) => {
    const number = /^staff:(.+)$/.exec(by)?.[1];
    const member = view.document.staff.find(one => one.number === number);
    return number === undefined ? t('versions.system') : `${member ? local(member.name) : ''} ${number}`;
  };
  const differences = (document: BankDocument) =>
    compared === document.version && (
      <ChangeList
        changes={documentChanges(view.document, document)}
        before={view.document}
        after={document}
      />
    );
  const compareKey = ({ version }: BankDocument) => (
    <Button onClick={() => setCompared(compared === version ? null : version)}>
      {t(compared === version ? 'versions.hide' : 'versions.compare')}
    </Button>
  );
  return (
    <section className="box setup-form setup-versions">
      <h2>{t('nav.versions')}</h2>
      <div className="box-scroll">
        <article>
          <h3>
            <Sign meaning="well" /> {t('versions.inForce', { version: view.document.version })}
          </h3>
          <p>
            {view.applied &&
              t('versions.since', { time: timeText(view.applied.at), by: byText(view.applied.by) })}
          </p>
        </article>
        {pending && (
          <article>
            <h3>
              <Sign meaning="waiting" /> {t('versions.pending', { version: pending.document.version })}
            </h3>
            <p>
              {pending.appliesAt === null
                ? t('versions.whenFree')
                : t('versions.at', { time: timeText(pending.appliesAt) })}{' '}
              {t('versions.proposed', { time: timeText(pending.proposedAt), by: byText(pending.by) })}
            </p>
            {pending.blocks.map(({ reason, name, count }) => (
              <p key={`${reason} ${name.zh}`}>
                <Sign meaning="soon" /> {blockText({ reason, name: name.zh, nameEn: name.en, count })}
              </p>
            ))}
            <div className="dialog-buttons">
              <Button
                loading={busyType === 'withdraw-document'}
                onClick={() => {
                  // What was withdrawn is not lost: it is the draft again.
                  const { document } = pending;
                  void run('withdraw-document', { version: document.version }).then(
                    answer => answer.ok && desk.draft === null && desk.replace(document),
                  );
                }}
              >
                {t('versions.withdraw')}
              </Button>
              {compareKey(pending.document)}
            </div>
            {differences(pending.document)}
          </article>
        )}
        {view.previous.map(({ document, at, by }) => (
          <article key={document.version}>
            <h3>{t('versions.previous', { version: document.version })}</h3>
            <p>{t('versions.since', { time: timeText(at), by: byText(by) })}</p>
            <div className="dialog-buttons">
              <Button disabled={desk.draft !== null} onClick={() => desk.replace(document)}>
                {t('versions.restore')}
              </Button>
              {compareKey(document)}
            </div>
            {differences(document)}
          </article>
        ))}
        {view.previous.length === 0 && <p className="box-empty">{t('versions.noPrevious')}</p>}
        <div role="alert" className="apply-refusal">
          {lastError && errorText(lastError)}
        </div>
      </div>
    </section>
  );
}
