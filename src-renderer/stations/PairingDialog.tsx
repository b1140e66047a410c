import { Button, Modal, Select } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatStopwatch } from '../kit/format.ts';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { groupCode, replaceable, type StationsView, stationTitle } from './station-words.ts';

/** BR2: the code to say to a colleague at the new PC, with its remaining time and tries. Closing it ends the code. */
export function PairingDialog(props: {
  readonly view: StationsView;
  readonly now: number;
  readonly onClose: () => void;
}) {
  const { now } = props;
  const { pairing } = props.view;
  const { t } = useTranslation('kit');
  const errorText = useErrorText();
  const { run, busyType, lastError } = useCommand();
  const isOpen = pairing !== null && pairing.until > now;
  const asked = useRef(false);
  /** Until the first code has come there is none to be gone. */
  const wasOpen = useRef(false);
  if (isOpen) wasOpen.current = true;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    // One that is open already is shown again.
    if (!isOpen) void run('open-pairing-code', {});
  }, [isOpen, run]);
  const placeId = useId();
  const [replaces, setReplaces] = useState('');
  const openCode = (stationId: string) =>
    void run('open-pairing-code', stationId === '' ? {} : { replaces: stationId });
  const choose = (stationId: string) => {
    setReplaces(stationId);
    // The code before was for somebody else's place.
    openCode(stationId);
  };
  const others = replaceable(props.view);
  const close = () => {
    if (isOpen) void run('close-pairing-code', {});
    props.onClose();
  };
  return (
    <Modal open width={720} footer={null} onCancel={close} title={t('stations.pairing.heading')}>
      <div className="pairing" aria-live="polite">
        {lastError ? (
          <p className="stations-error" role="alert">
            <Sign meaning="broken" /> {errorText(lastError)}
          </p>
        ) : isOpen && pairing ? (
          <>
            <span className="pairing-label">{t('stations.pairing.code')}</span>
            <strong className="pairing-code">{groupCode(pairing.code ?? '')}</strong>
            <span className="pairing-address">
              {t('stations.pairing.address')} <strong>{props.view.addresses.join(' · ')}</strong>
            </span>
            <span className="pairing-left foyer-number">
              <Sign meaning={pairing.until - now < 60_000 ? 'soon' : 'waiting'} />{' '}
              {t('stations.pairing.left', { time: formatStopwatch(pairing.until - now) })} ·{' '}
              {t('stations.pairing.tries', { tries: pairing.triesLeft })}
            </span>
          </>
        ) : (
          <p>{busyType === null && wasOpen.current ? t('stations.pairing.gone') : ''}</p>
        )}
      </div>
      {others.length > 0 && (
        <div className="pairing-place">
          <label htmlFor={placeId}>{t('stations.pairing.replaces')}</label>
          <Select
            id={placeId}
            value={replaces}
            disabled={busyType !== null}
            onChange={choose}
            options={[
              { value: '', label: t('stations.pairing.newPlace') },
              ...others.map(station => ({
                value: station.stationId,
                label: t('stations.pairing.placeOf', { name: stationTitle(station) }),
              })),
            ]}
          />
          <small className="stations-quiet pairing-place-hint">
            {replaces === '' ? '' : t('stations.pairing.replacesHint')}
          </small>
        </div>
      )}
      <ol className="pairing-steps">
        {(['one', 'two', 'three'] as const).map(step => (
          <li key={step}>{t(`stations.pairing.steps.${step}`)}</li>
        ))}
      </ol>
      <p className="stations-quiet">{t('stations.pairing.warning')}</p>
      <div className="stations-dialog-keys">
        {!isOpen && (wasOpen.current || lastError !== null) && (
          <Button
            type="primary"
            size="large"
            loading={busyType === 'open-pairing-code'}
            onClick={() => openCode(replaces)}
          >
            {t('stations.pairing.again')}
          </Button>
        )}
        <Button size="large" onClick={close}>
          {t(isOpen ? 'stations.pairing.cancel' : 'action.close')}
        </Button>
      </div>
    </Modal>
  );
}
