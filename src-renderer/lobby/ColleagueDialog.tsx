import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../kit/hooks.ts';
import { useLocalText } from '../kit/i18n.ts';
import type { LobbyView } from './alarm-action.ts';
import { NoteField } from './NoteField.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { plainNote } from './plain-note.ts';
import { useDeed } from './use-deed.ts';

const PHRASES = ['come', 'authorise', 'cash', 'vip'] as const;

/** LB2: a quiet word on a colleague's screen. */
export function ColleagueDialog(props: {
  readonly colleagues: LobbyView['floor']['colleagues'];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const { staffNumber } = useSession();
  const { deed, notice, isBusy } = useDeed();
  const [note, setNote] = useState('');
  const others = props.colleagues.filter(colleague => colleague.staffNumber !== staffNumber);

  return (
    <Modal open width={680} footer={null} onCancel={props.onClose} title={t('floor.colleague.heading')}>
      <NoteField
        label={t('floor.colleague.note')}
        phrases={PHRASES.map(phrase => t(`floor.colleague.phrases.${phrase}`))}
        value={note}
        onChange={setNote}
      />
      <div className="floor-colleagues">
        {others.length === 0 && <p className="dialog-line">{t('floor.colleague.none')}</p>}
        {others.map(colleague => (
          <Button
            key={colleague.staffNumber}
            disabled={isBusy}
            onClick={() =>
              void deed(
                'call-colleague',
                { staffNumber: colleague.staffNumber, note: plainNote(note) },
                t('floor.colleague.called', { name: local(colleague.name) }),
              )
            }
          >
            <span>
              <strong>{local(colleague.name)}</strong>
              <small>{colleague.place ? local(colleague.place) : colleague.staffNumber}</small>
            </span>
          </Button>
        ))}
      </div>
      <NoticeLine notice={notice} />
      <div className="dialog-buttons">
        <Button size="large" onClick={props.onClose}>
          {t('action.back')}
        </Button>
      </div>
    </Modal>
  );
}
