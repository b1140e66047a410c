import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

/** Makes a simulated device misbehave, or behave again. */
export function FaultSwitch(props: {
  readonly deviceId: string;
  readonly title: string;
  readonly fault: string | null;
  readonly faults: readonly string[];
  readonly onFault: (deviceId: string, fault: string | null) => void;
}) {
  const { deviceId, fault, faults, onFault } = props;
  const { t } = useTranslation('bench');
  return (
    <Select
      className="fault"
      size="small"
      popupMatchSelectWidth={false}
      aria-label={t('faultOf', { device: props.title })}
      status={fault === null ? '' : 'error'}
      value={fault ?? ''}
      onChange={chosen => onFault(deviceId, chosen === '' ? null : chosen)}
      options={['', ...faults].map(name => ({
        value: name,
        // A simulator may know a fault that has no word yet: its own name is better than nothing.
        label: name === '' ? t('faultNone') : t(`faults.${name}`, { defaultValue: name }),
      }))}
    />
  );
}
