import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalText } from '../kit/i18n.ts';
import type { TellerView } from './bar-state.ts';
import { chosenNumber } from './chosen-number.ts';
import './choose-ticket.css';
import './panel.css';

/**
 * CS4: calls the number a customer shows, out of turn. Nothing about those who wait is on the screen; the reason is
 * the second press, so that a number alone calls nobody.
 */
export function ChooseTicket(props: {
  readonly choose: NonNullable<TellerView['choose']>;
  readonly isDisabled: boolean;
  readonly onChoose: (number: string, reasonId: string) => void;
}) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const [typed, setTyped] = useState('');
  const number = chosenNumber(typed);
  return (
    <div className="panel-buttons">
      <h2>{t('panel.choose')}</h2>
      <Input
        value={typed}
        maxLength={8}
        disabled={props.isDisabled}
        aria-label={t('panel.chooseNumber')}
        placeholder={t('panel.chooseNumber')}
        onChange={event => setTyped(event.target.value)}
      />
      <div className="choose-reasons">
        {props.choose.reasons.map(reason => (
          <Button
            key={reason.id}
            disabled={props.isDisabled || number === null}
            onClick={() => {
              if (number === null) return;
              setTyped('');
              props.onChoose(number, reason.id);
            }}
          >
            {local(reason.name)}
          </Button>
        ))}
      </div>
      <p className="panel-hint">{t('panel.chooseHint')}</p>
    </div>
  );
}
