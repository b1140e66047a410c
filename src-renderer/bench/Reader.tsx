import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { FaultSwitch } from './FaultSwitch.tsx';

/** A simulated reader: what somebody holds to it is typed here. */
export function Reader(props: {
  readonly reader: View<'bench'>['readers'][number];
  readonly faults: readonly string[];
  readonly onFault: (deviceId: string, fault: string | null) => void;
  readonly onScan: (deviceId: string, text: string) => void;
}) {
  const { reader, onScan } = props;
  const { t } = useTranslation('bench');
  const [text, setText] = useState('6222020000000000');
  const title = `${t('readers')} ${reader.deviceId}`;
  const scan = () => {
    if (text !== '') onScan(reader.deviceId, text);
  };
  return (
    <article className="device">
      <header>
        <h2>{title}</h2>
        <FaultSwitch {...props} deviceId={reader.deviceId} title={title} fault={reader.fault} />
      </header>
      <div className="reader">
        <Input
          aria-label={t('scanText')}
          value={text}
          maxLength={200}
          onChange={event => setText(event.target.value)}
          onPressEnter={scan}
        />
        <Button onClick={scan}>{t('scan')}</Button>
      </div>
    </article>
  );
}
