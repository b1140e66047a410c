import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../kit/i18n.ts';
import type { TellerAction, TellerView } from './bar-state.ts';
import { ChooseTicket } from './ChooseTicket.tsx';
import { ACTION_KEYS } from './keys.ts';
import './panel.css';

/** Below the bar: what is rarely needed (closing, language) and the keys to learn. */
export function MorePanel(props: {
  readonly view: TellerView;
  readonly isBusy: boolean;
  readonly isHeld: boolean;
  readonly onCloseCounter: () => void;
  readonly onChoose: (number: string, reasonId: string) => void;
  readonly onSignOut: () => void;
  /** Null where the panel is always open. */
  readonly onClose: (() => void) | null;
}) {
  const { t } = useTranslation('teller');
  const { language, setLanguage } = useLanguage();
  const isServing = props.view.ticket !== null;
  const actions = Object.keys(ACTION_KEYS) as TellerAction[];
  return (
    <section className="panel" aria-label={t('panel.moreHeading')}>
      <div className="panel-columns">
        <div>
          <h2>{t('panel.keys')}</h2>
          <dl className="panel-keys">
            {actions.map(action => (
              <div key={action}>
                <dt>
                  <kbd>{ACTION_KEYS[action]}</kbd>
                </dt>
                <dd>{t(`action.${action}`)}</dd>
              </div>
            ))}
          </dl>
          <p className="panel-hint">{t('panel.keysHint')}</p>
          {props.view.choose && (
            <ChooseTicket
              choose={props.view.choose}
              isDisabled={props.isBusy || props.isHeld || isServing || props.view.counter.status !== 'open'}
              onChoose={props.onChoose}
            />
          )}
        </div>
        <div className="panel-buttons">
          <h2>{t('panel.moreHeading')}</h2>
          <Button disabled={isServing || props.isBusy} onClick={props.onCloseCounter}>
            {t('panel.close')}
          </Button>
          <Button disabled={isServing || props.isBusy} onClick={props.onSignOut}>
            {t('panel.signOut')}
          </Button>
          <Button onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh', { remember: true })}>
            {t(language === 'zh' ? 'language.en' : 'language.zh')}
          </Button>
          {props.onClose && (
            <Button onClick={props.onClose}>
              {t('action.back')} <kbd>Esc</kbd>
            </Button>
          )}
          <p className="panel-hint">{isServing ? t('panel.finishFirst') : ''}</p>
        </div>
      </div>
    </section>
  );
}
