import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatMinutes, wholeMinutes } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import type { LobbyView } from './alarm-action.ts';
import { counterLook } from './counter-look.ts';
import { NoticeLine } from './NoticeLine.tsx';
import { useDeed } from './use-deed.ts';
import './dialogs.css';

/** LB2: one window: who is on it, and a quiet word to whoever is. */
export function CounterDialog(props: {
  readonly counter: LobbyView['counters'][number];
  readonly view: LobbyView;
  readonly now: number;
  readonly onClose: () => void;
}) {
  const { counter, view, now } = props;
  const { counterId } = counter;
  const { t } = useTranslation('lobby');
  const { language } = useLanguage();
  const local = useLocalText();
  const { deed, notice, isBusy } = useDeed();
  const ask = view.floor.asks.find(one => one.counterId === counterId);
  const name = local(counter.name);
  const { staffNumber } = counter;
  const help = () =>
    staffNumber !== null &&
    void deed(
      'call-colleague',
      { staffNumber, note: '' },
      t('floor.colleague.called', { name: local(counter.staffName) }),
    );
  return (
    <Modal open width={560} footer={null} onCancel={props.onClose} title={name}>
      <div className="dialog-number foyer-number">{counter.ticket?.number ?? '—'}</div>
      <p className="dialog-line">
        {counter.staffName ? local(counter.staffName) : t('floor.counter.nobody')}
        {' · '}
        {counter.pauseReason ? local(counter.pauseReason) : t(`counters.${counterLook(counter)}`)}
        {counter.statusSince > 0 &&
          ` · ${formatMinutes(wholeMinutes(now - (counter.ticket?.since ?? counter.statusSince)), language)}`}
      </p>
      <p className="dialog-line">
        {ask && t(ask.answer === 'cannot' ? 'floor.asks.cannot' : 'floor.asks.waiting', { whom: name })}
      </p>
      <div className="dialog-buttons">
        {counter.status !== 'open' && (
          <Button
            size="large"
            type="primary"
            disabled={isBusy || (ask !== undefined && ask.answer === null)}
            onClick={() =>
              void deed('ask-counter-to-open', { counterId }, t('floor.counter.asked', { counter: name }))
            }
          >
            {t(ask?.answer === 'cannot' ? 'floor.counter.askAgain' : 'floor.counter.ask')}
          </Button>
        )}
        {staffNumber !== null && (
          <Button size="large" disabled={isBusy} onClick={help}>
            {t('floor.keys.colleague')}
          </Button>
        )}
        <Button size="large" onClick={props.onClose}>
          {t('action.back')}
        </Button>
      </div>
      <NoticeLine notice={notice} />
    </Modal>
  );
}
