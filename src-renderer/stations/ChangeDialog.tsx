import { Button, Input, Modal } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { type StationChange, type StationLine, stationTitle } from './station-words.ts';

/** One change of a PC, with what it means before it is done. */
export function ChangeDialog(props: {
  readonly change: StationChange;
  readonly station: StationLine;
  readonly onClose: () => void;
}) {
  const { change, station, onClose } = props;
  const { stationId } = station;
  const { t } = useTranslation('kit');
  const errorText = useErrorText();
  const { run, busyType, lastError } = useCommand();
  const [name, setName] = useState(station.name);
  const fieldId = useId();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done =
      change === 'rename-station'
        ? await run(change, { stationId, name: name.trim() })
        : change === 'release-standby'
          ? await run(change, {})
          : await run(change, { stationId });
    if (done.ok) onClose();
  };
  return (
    <Modal
      open
      width={620}
      footer={null}
      onCancel={onClose}
      title={t(`stations.change.${change}.heading`, { name: stationTitle(station) })}
    >
      <form className="stations-dialog" onSubmit={event => void submit(event)}>
        <p>{t(`stations.change.${change}.means`)}</p>
        <p>
          <Sign meaning="soon" /> {t(`stations.change.${change}.mind`)}
        </p>
        {change === 'rename-station' && (
          <>
            <label htmlFor={fieldId}>{t('stations.change.newName')}</label>
            <Input
              id={fieldId}
              autoFocus
              maxLength={40}
              value={name}
              onChange={event => setName(event.target.value)}
            />
          </>
        )}
        <div className="stations-error" role="alert">
          {lastError ? errorText(lastError) : ''}
        </div>
        <div className="stations-dialog-keys">
          <Button
            type="primary"
            danger={change === 'revoke-station'}
            size="large"
            htmlType="submit"
            loading={busyType !== null}
          >
            {t(`stations.change.${change}.do`)}
          </Button>
          <Button size="large" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
