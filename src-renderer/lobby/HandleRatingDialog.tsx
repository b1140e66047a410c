import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalText } from '../kit/i18n.ts';
import type { RatingLine } from './alarm-action.ts';
import { NoticeLine } from './NoticeLine.tsx';
import { useDeed } from './use-deed.ts';
import './dialogs.css';

const NOTE_LIMIT = 500;
const PHRASES = ['apologised', 'redone', 'callBack'] as const;

/** RT3: what was done about a bad rating; whole phrases by touch, the rest by keyboard. */
export function HandleRatingDialog(props: { readonly rating: RatingLine; readonly onClose: () => void }) {
  const { rating, onClose } = props;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const { deed, notice, isBusy } = useDeed();
  const [note, setNote] = useState('');
  // The host takes one line: notes travel to lists and reports.
  const plainNote = note.replace(/\s+/g, ' ').trim();

  const addPhrase = (phrase: string) =>
    setNote(before => `${before}${before === '' ? '' : t('handle.between')}${phrase}`.slice(0, NOTE_LIMIT));
  const save = async () => {
    if (await deed('handle-bad-rating', { ratingId: rating.ratingId, note: plainNote }, t('ratings.handled')))
      onClose();
  };

  return (
    <Modal open width={620} footer={null} onCancel={onClose} title={t('handle.heading')}>
      <p className="dialog-line">
        {t('handle.about', {
          number: rating.ticketNumber,
          counter: local(rating.counterName),
          level: local(rating.level),
        })}
      </p>
      <div className="dialog-phrases">
        {PHRASES.map(phrase => (
          <Button key={phrase} onClick={() => addPhrase(t(`handle.phrases.${phrase}`))}>
            {t(`handle.phrases.${phrase}`)}
          </Button>
        ))}
      </div>
      <Input.TextArea
        autoFocus
        rows={4}
        maxLength={NOTE_LIMIT}
        aria-label={t('handle.note')}
        placeholder={t('handle.note')}
        value={note}
        onChange={event => setNote(event.target.value)}
      />
      <NoticeLine notice={notice} />
      <div className="dialog-buttons">
        <Button
          size="large"
          type="primary"
          disabled={plainNote === ''}
          loading={isBusy}
          onClick={() => void save()}
        >
          {t('action.save')}
        </Button>
        <Button size="large" onClick={onClose}>
          {t('action.back')}
        </Button>
      </div>
    </Modal>
  );
}
