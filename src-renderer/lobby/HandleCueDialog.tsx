import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoteField } from './NoteField.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { plainNote } from './plain-note.ts';
import { useDeed } from './use-deed.ts';

/** CS13: what came of a teller's quiet call, report or referral; without it the line stays. */
export function HandleCueDialog(props: {
  readonly alertId: string;
  readonly about: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('lobby');
  const { deed, notice, isBusy } = useDeed();
  const [note, setNote] = useState('');
  const plain = plainNote(note);

  const save = async () => {
    if (await deed('handle-cue', { alertId: props.alertId, note: plain }, t('cue.handled'))) props.onClose();
  };

  return (
    <Modal open width={620} footer={null} onCancel={props.onClose} title={t('cue.heading')}>
      <p className="dialog-line dialog-long">{props.about}</p>
      <NoteField label={t('cue.note')} phrases={[]} value={note} onChange={setNote} />
      <NoticeLine notice={notice} />
      <div className="dialog-buttons">
        <Button
          size="large"
          type="primary"
          disabled={plain === ''}
          loading={isBusy}
          onClick={() => void save()}
        >
          {t('action.save')}
        </Button>
        <Button size="large" onClick={props.onClose}>
          {t('action.back')}
        </Button>
      </div>
    </Modal>
  );
}
