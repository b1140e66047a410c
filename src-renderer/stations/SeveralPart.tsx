import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { StationsView } from './station-words.ts';

export type AlonePc = NonNullable<StationsView['alone']>;

/** BR1, BR2: the two ways by which a PC that is alone becomes one of several. */
export function SeveralPart(props: { readonly onBegin: () => void; readonly onJoin: () => void }) {
  const { t } = useTranslation('kit');
  const ways = [
    ['begin', props.onBegin],
    ['join', props.onJoin],
  ] as const;
  return (
    <section className="several">
      <h3>{t('several.heading')}</h3>
      <div className="several-ways">
        {ways.map(([way, open]) => (
          <div key={way} className="stations-card">
            <p>{t(`several.${way}.card`)}</p>
            <Button size="large" onClick={open}>
              {t(`several.${way}.heading`)}
            </Button>
          </div>
        ))}
      </div>
    </section>
  );
}
