import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '#renderer/kit/i18n.ts';
import { type Meaning, Sign } from '#renderer/kit/signs.tsx';
import type { FeedSnapshot } from './branch-feed.ts';
import type { Totals } from './branch-look.ts';

const LINK_SIGNS: Readonly<Record<FeedSnapshot['link'], Meaning>> = {
  live: 'well',
  polling: 'waiting',
  lost: 'broken',
};

/** All branches at a glance, the link to the service, and the language. */
export function GlanceBar(props: { readonly totals: Totals | null; readonly link: FeedSnapshot['link'] }) {
  const { totals, link } = props;
  const { t } = useTranslation('console');
  const { language, setLanguage } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <header className="glance">
      <div className="glance-name">
        <div>{t('subtitle')}</div>
        <h1>{t('title')}</h1>
      </div>
      <section className="glance-figures" aria-label={t('glance.region')}>
        {totals !== null && totals.branches > 0 && <Glance totals={totals} />}
      </section>
      <div className="glance-corner">
        <span className="glance-link" role="status">
          <Sign meaning={LINK_SIGNS[link]} /> {t(link === 'lost' ? 'link.lostShort' : `link.${link}`)}
        </span>
        <Button type="text" size="small" lang={other} onClick={() => setLanguage(other, { remember: true })}>
          {t(`language.${other}`)}
        </Button>
      </div>
    </header>
  );
}

function Glance({ totals }: { readonly totals: Totals }) {
  const { t } = useTranslation('console');
  const quiet = totals.quiet > 0 ? ` · ${t('glance.quiet', { count: totals.quiet })}` : '';
  return (
    <>
      <GlanceFigure
        label={t('glance.branches')}
        value={totals.branches}
        detail={t('glance.live', { count: totals.live }) + quiet}
      />
      <GlanceFigure
        label={t('glance.waiting')}
        value={totals.waiting}
        detail={t('glance.serving', { count: totals.serving })}
      />
      <GlanceFigure
        label={t('glance.windows')}
        value={totals.openCounters}
        detail={t('glance.ofWindows', { count: totals.counters })}
      />
      <GlanceFigure
        label={t('glance.devices')}
        value={totals.devicesDown}
        detail={t('glance.devicesNote')}
        {...(totals.devicesDown > 0 ? { meaning: 'broken' } : {})}
      />
      <GlanceFigure
        label={t('glance.needLook')}
        value={totals.needLook}
        detail={t('glance.needLookNote')}
        {...(totals.needLook > 0 ? { meaning: 'late' } : {})}
      />
    </>
  );
}

function GlanceFigure(props: {
  readonly label: string;
  readonly value: number;
  readonly detail: string;
  readonly meaning?: Meaning;
}) {
  const { label, value, detail, meaning } = props;
  return (
    <div className="glance-figure">
      <div>{label}</div>
      <strong className="foyer-number">
        {meaning && <Sign meaning={meaning} size="0.7em" />} {value}
      </strong>
      <div>{detail}</div>
    </div>
  );
}
