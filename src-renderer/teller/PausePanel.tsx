import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalText } from '../kit/i18n.ts';
import type { TellerView } from './bar-state.ts';
import { choiceOfKey } from './keys.ts';
import './panel.css';

/** CS8: the reasons for a pause, chosen by a digit or a click. */
export function PausePanel(props: {
  readonly reasons: TellerView['pauseReasons'];
  readonly onChoose: (reasonId: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const { reasons, onChoose } = props;

  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const index = choiceOfKey(event, reasons.length);
      const reason = index === null ? undefined : reasons[index];
      if (!reason) return;
      event.preventDefault();
      onChoose(reason.id);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [reasons, onChoose]);

  return (
    <section className="panel" aria-label={t('panel.pauseHeading')}>
      <h2>{t('panel.pauseHeading')}</h2>
      <div className="panel-reasons">
        {reasons.map((reason, index) => (
          <Button key={reason.id} size="large" onClick={() => onChoose(reason.id)}>
            {index < 9 && <kbd>{index + 1}</kbd>} {local(reason.name)}
          </Button>
        ))}
      </div>
      <p className="panel-hint">{t('panel.pauseHint')}</p>
      <Button onClick={props.onClose}>
        {t('action.back')} <kbd>Esc</kbd>
      </Button>
    </section>
  );
}
