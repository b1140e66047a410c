import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Nearly every keypad sends at the first; nothing sensible is heard at a wrong one. */
const BAUD_RATES = [9600, 1200, 2400, 4800, 19_200, 38_400, 57_600, 115_200] as const;

/** Learns an unknown keypad on a serial port, at the speed its maker says. */
export function LearnSerialKey(props: {
  readonly path: string;
  readonly disabled: boolean;
  readonly onLearn: (baudRate: number) => void;
}) {
  const { t } = useTranslation('setup');
  const [baudRate, setBaudRate] = useState<number>(BAUD_RATES[0]);
  return (
    <>
      <Select
        size="small"
        className="hardware-baud"
        aria-label={`${t('hardware.fields.baudRate')} ${props.path}`}
        value={baudRate}
        options={BAUD_RATES.map(rate => ({ value: rate, label: rate }))}
        onChange={setBaudRate}
      />
      <Button size="small" disabled={props.disabled} onClick={() => props.onLearn(baudRate)}>
        {t('hardware.learn.start')}
      </Button>
    </>
  );
}
