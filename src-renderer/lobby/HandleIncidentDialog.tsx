import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalText } from '../kit/i18n.ts';
import type { LobbyView } from './alarm-action.ts';
import { NoteField } from './NoteField.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { plainNote } from './plain-note.ts';
import { useDeed } from './use-deed.ts';

/** LB2: what came of a complaint or an emergency; without it the alarm stays. */
export function HandleIncidentDialog(props: {
  readonly incident: LobbyView['floor']['incidents'][number];
  readonly onClose: () => void;
}) {
  const { incident } = props;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const { deed, notice, isBusy } = useDeed();
  const [note, setNote] = useState('');
  const plain = plainNote(note);

  const save = async () => {
    const args = { incidentId: incident.incidentId, note: plain };
    if (await deed('handle-incident', args, t('floor.incident.handled'))) props.onClose();
  };

  return (
    <Modal open width={620} footer={null} onCancel={props.onClose} title={t('floor.incident.handle')}>
      <p className="dialog-line dialog-long">
        {incident.ticketNumber} {incident.text}（{local(incident.by)}）
      </p>
      <NoteField label={t('floor.incident.handleNote')} phrases={[]} value={note} onChange={setNote} />
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
