import { Button } from 'antd';
import { type ChangeEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentProblem } from '#core/documents/check-document.ts';
import { MAX_DOCUMENT_BYTES } from '#core/wire/commands-documents.ts';
import { useSession } from '../kit/hooks.ts';
import { useErrorText, useLanguage, useLocalText } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { Sign } from '../kit/signs.tsx';
import type { Change } from './changes.ts';
import type { SetupViewValue } from './SetupScreen.tsx';
import { saveFile } from './save-file.ts';
import type { DraftDesk } from './use-draft.ts';

/** Which document this is, what was changed in it, and the one next step. */
export function TopBar(props: {
  readonly view: SetupViewValue;
  readonly desk: DraftDesk;
  readonly changes: readonly Change[];
  readonly problems: readonly DocumentProblem[];
  readonly onApply: () => void;
}) {
  const { view, desk, changes, problems } = props;
  const { t } = useTranslation('setup');
  const local = useLocalText();
  const errorText = useErrorText();
  const { language, setLanguage } = useLanguage();
  const { staffNumber, signOut } = useSession();
  const fileInput = useRef<HTMLInputElement>(null);
  const [notice, setNotice] = useState('');

  const takeFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    if (file.size > MAX_DOCUMENT_BYTES)
      return setNotice(errorText({ code: 'C908', facts: { kilobytes: MAX_DOCUMENT_BYTES / 1024 } }));
    try {
      desk.replace(JSON.parse(await file.text()));
      setNotice(t('top.imported', { file: file.name }));
    } catch {
      setNotice(t('top.notJson', { file: file.name }));
    }
  };
  const state = problems.length > 0 ? 'wrong' : changes.length > 0 ? 'changed' : 'same';
  return (
    <header className="setup-top">
      <div className="setup-title">
        <h1>{t('title')}</h1>
        <span>
          {local(view.branchName)} · {t('top.version', { version: view.document.version })}
        </span>
      </div>
      <output className="setup-state" data-state={state}>
        <Sign meaning={state === 'wrong' ? 'broken' : state === 'changed' ? 'soon' : 'well'} />
        <span>
          {state === 'wrong'
            ? t('top.wrong', { count: problems.length })
            : state === 'changed'
              ? t('top.changed', { count: changes.length })
              : t('top.same')}
          {view.pending && ` ${t('top.pending', { version: view.pending.document.version })}`}
          {desk.isOvertaken && ` ${t('top.overtaken', { version: view.document.version })}`}
          {notice !== '' && ` ${notice}`}
        </span>
        {desk.isOvertaken && <Button onClick={desk.rebase}>{t('top.rebase')}</Button>}
      </output>
      <div className="setup-keys">
        <input
          ref={fileInput}
          type="file"
          accept=".json,application/json"
          hidden
          onChange={event => void takeFile(event)}
        />
        <Button onClick={() => fileInput.current?.click()}>{t('top.import')}</Button>
        <Button
          onClick={() =>
            saveFile(
              `${view.branchId}-v${view.document.version}.json`,
              JSON.stringify(desk.document, null, 2),
            )
          }
        >
          {t('top.export')}
        </Button>
        <Button
          disabled={desk.draft === null}
          onClick={() => {
            setNotice('');
            desk.discard();
          }}
        >
          {t('top.discard')}
        </Button>
        <Button type="primary" disabled={desk.draft === null} onClick={props.onApply}>
          {t('top.apply')}
        </Button>
        <Button onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh', { remember: true })}>
          {t(`language.${language === 'zh' ? 'en' : 'zh'}`)}
        </Button>
        <Button onClick={() => void signOut()}>{t('top.signOut', { number: staffNumber ?? '' })}</Button>
        <StatusCorner />
      </div>
    </header>
  );
}
