import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { HoldKey } from './HoldKey.tsx';
import './floor.css';

export type FloorKey = 'complaint' | 'guidance' | 'colleague' | 'arrival' | 'emergency';

/** LB2, LB4: the smaller keys beside the large one; an emergency is held for a second. */
export function FloorKeys({ onKey }: { readonly onKey: (key: FloorKey) => void }) {
  const { t } = useTranslation('lobby');
  return (
    <div className="floor-keys">
      {(['guidance', 'colleague', 'complaint'] as const).map(key => (
        <Button key={key} onClick={() => onKey(key)}>
          {t(`floor.keys.${key}`)}
        </Button>
      ))}
      <Button onClick={() => onKey('arrival')}>{t('arrival.key')}</Button>
      <HoldKey
        className="floor-emergency"
        title={t('floor.keys.emergencyHint')}
        onHeld={() => onKey('emergency')}
      >
        {t('floor.keys.emergency')}
      </HoldKey>
    </div>
  );
}
