import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoteField } from './NoteField.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { plainNote } from './plain-note.ts';
import { useDeed } from './use-deed.ts';

const PHRASES = {
  complaint: ['wait', 'attitude', 'fee', 'equipment'],
  emergency: ['ill', 'system', 'surge', 'fire', 'injury'],
} as const;

/** LB2: a complaint is taken, an emergency plan started: what happened, in a few words. */
export function IncidentDialog(props: {
  readonly kind: 'complaint' | 'emergency';
  /** Whose visit it is about, if any. */
  readonly ticket: { readonly ticketId: string; readonly number: string } | null;
  readonly onClose: () => void;
}) {
  const { kind, ticket } = props;
  const { t } = useTranslation('lobby');
  const { deed, notice, isBusy } = useDeed();
  const [text, setText] = useState('');
  const plain = plainNote(text);

  const save = async () => {
    const args = { kind, text: plain, ticketId: ticket?.ticketId ?? null };
    if (await deed('note-incident', args, t('floor.incident.noted'))) props.onClose();
  };

  return (
    <Modal open width={620} footer={null} onCancel={props.onClose} title={t(`floor.incident.${kind}`)}>
      <p className="dialog-line">{ticket && t('floor.incident.about', { number: ticket.number })}</p>
      <NoteField
        label={t(`floor.incident.text.${kind}`)}
        phrases={PHRASES[kind].map(phrase => t(`floor.incident.phrases.${kind}.${phrase}`))}
        value={text}
        onChange={setText}
      />
      <NoticeLine notice={notice} />
      <div className="dialog-buttons">
        <Button
          size="large"
          type="primary"
          danger={kind === 'emergency'}
          disabled={plain === ''}
          loading={isBusy}
          onClick={() => void save()}
        >
          {t(kind === 'emergency' ? 'floor.incident.start' : 'floor.incident.save')}
        </Button>
        <Button size="large" onClick={props.onClose}>
          {t('action.back')}
        </Button>
      </div>
    </Modal>
  );
}
