import { Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentProblem } from '#core/documents/check-document.ts';
import type { Failure } from '#core/wire/result.ts';
import { useCommand, useHostNow } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { ChangeList } from './ChangeList.tsx';
import type { Change } from './changes.ts';
import { draftToText } from './draft.ts';
import type { SetupViewValue } from './SetupScreen.tsx';
import { useBlockText } from './use-block-text.ts';
import type { DraftDesk } from './use-draft.ts';
import { instantToWallTime, wallTimeToInstant } from './wall-time.ts';
import { useWords } from './words.ts';

type When = 'now' | 'when-free' | 'at';
const WHENS: readonly When[] = ['now', 'when-free', 'at'];
const DAY_MS = 24 * 60 * 60_000;
/** Problems shown here; all of them are marked in the forms. */
const PROBLEMS_SHOWN = 50;

/** What would change, what is wrong with it, when it shall apply: then the new version is handed in. */
export function ApplyDialog(props: {
  readonly view: SetupViewValue;
  readonly desk: DraftDesk;
  readonly changes: readonly Change[];
  readonly problems: readonly DocumentProblem[];
  readonly onClose: () => void;
}) {
  const { view, desk, changes, problems, onClose } = props;
  const { t } = useTranslation('setup');
  const errorText = useErrorText();
  const blockText = useBlockText();
  const { pathName, problemText } = useWords();
  const { run, busyType } = useCommand();
  const now = useHostNow(60_000);
  const [when, setWhen] = useState<When>('now');
  const [time, setTime] = useState(
    () => `${instantToWallTime(now + DAY_MS, view.timeZone).slice(0, 11)}06:00`,
  );
  const [refusal, setRefusal] = useState<Failure | null>(null);

  const apply = async () => {
    if (!desk.draft) return;
    const at = wallTimeToInstant(time, view.timeZone);
    if (when === 'at' && at === undefined) return setRefusal({ code: 'C911' });
    const answer = await run('propose-document', {
      document: draftToText(desk.draft),
      when: when === 'at' ? (at ?? 0) : when,
    });
    if (!answer.ok) return setRefusal(answer.error);
    desk.discard();
    onClose();
  };
  return (
    <Modal
      open
      width={900}
      footer={null}
      onCancel={onClose}
      title={t('apply.heading', { version: view.document.version + 1 })}
    >
      <div className="apply">
        {problems.length > 0 ? (
          <div role="alert">
            <p className="apply-wrong">{t('apply.wrong', { count: problems.length })}</p>
            <ul className="apply-problems">
              {problems.slice(0, PROBLEMS_SHOWN).map(problem => (
                <li key={`${problem.path.join('.')} ${problem.problem} ${problem.detail}`}>
                  <strong>{pathName(problem.path, desk.document)}</strong> {problemText(problem)}
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <>
            <ChangeList changes={changes} before={view.document} after={desk.document} />
            <Radio.Group
              value={when}
              onChange={event => {
                setWhen(event.target.value);
                setRefusal(null);
              }}
              options={WHENS.map(one => ({ value: one, label: t(`apply.when.${one}`) }))}
            />
            <div className="apply-time">
              {when === 'at' && (
                <Input
                  type="datetime-local"
                  aria-label={t('apply.time')}
                  value={time}
                  onChange={event => setTime(event.target.value)}
                />
              )}
              <span>{t(`apply.hint.${when}`)}</span>
            </div>
            <div className="apply-refusal" role="alert">
              {refusal && blockText(refusal.facts)} {refusal && errorText(refusal)}
            </div>
          </>
        )}
        <div className="dialog-buttons">
          <Button
            size="large"
            type="primary"
            disabled={problems.length > 0 || desk.draft === null || desk.isOvertaken}
            loading={busyType !== null}
            onClick={() => void apply()}
          >
            {t(when === 'now' ? 'apply.now' : 'apply.later')}
          </Button>
          <Button size="large" onClick={onClose}>
            {t('action.back')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
