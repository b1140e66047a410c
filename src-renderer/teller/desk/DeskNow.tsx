import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatClock, formatMinutes, wholeMinutes } from '../../kit/format.ts';
import { useLanguage, useLocalText } from '../../kit/i18n.ts';
import { isOffered, type TellerAction, type TellerView } from '../bar-state.ts';
import { ACTION_KEYS } from '../keys.ts';

const DESK_ACTIONS = [
  'transfer-ticket',
  'park-ticket',
  'start-next-business',
  'raise-cue',
  'start-walk-in',
] as const satisfies readonly TellerAction[];

export interface DeskDeeds {
  /** No counter is given a customer now (BR4, BR7). */
  readonly isHeld: boolean;
  readonly onAction: (action: TellerAction) => void;
  readonly onAddBusiness: () => void;
  readonly onStartBusiness: (businessId: string) => void;
  readonly onRemoveBusiness: (businessId: string) => void;
  readonly onReady: (ticketId: string) => void;
}

/** Left half: who is here, with everything their visit has gathered. */
export function DeskNow(props: DeskDeeds & { readonly view: TellerView; readonly now: number }) {
  const { view, now } = props;
  const { t } = useTranslation('teller');
  const { visit } = view.desk;
  return (
    <section className="desk-now" aria-label={t('desk.now')}>
      <NowHead view={view} />
      <Sayings sayings={view.desk.sayings} />
      <div className="desk-actions" role="toolbar" aria-label={t('desk.heading')}>
        {DESK_ACTIONS.map(action => (
          <Button
            key={action}
            disabled={!isOffered(action, view, now, props.isHeld)}
            aria-keyshortcuts={ACTION_KEYS[action]}
            onMouseDown={event => event.preventDefault()}
            onClick={() => props.onAction(action)}
          >
            {t(`action.${action}`)} <kbd>{ACTION_KEYS[action]}</kbd>
          </Button>
        ))}
        <Button disabled={view.ticket === null} onClick={props.onAddBusiness}>
          + {t('desk.add')}
        </Button>
      </div>
      {visit && <Businesses {...props} visit={visit} isServing={view.ticket?.status === 'serving'} />}
      {visit && visit.missing.length > 0 && <Missing missing={visit.missing} />}
      {visit && <History visit={visit} timeZone={view.timeZone} />}
      {view.desk.parked.length > 0 && <Parked parked={view.desk.parked} now={now} onReady={props.onReady} />}
    </section>
  );
}

type Visit = NonNullable<TellerView['desk']['visit']>;

function NowHead({ view }: { readonly view: TellerView }) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const { language } = useLanguage();
  const { ticket, desk } = view;
  if (!ticket || !desk.visit)
    return (
      <header className="desk-head" data-quiet>
        <p>
          {t('desk.nobody', {
            key: ACTION_KEYS['call-next'],
            walkInKey: ACTION_KEYS['start-walk-in'],
          })}
        </p>
      </header>
    );
  const minutes = formatMinutes(wholeMinutes(desk.visit.waitedMs), language);
  return (
    <header className="desk-head">
      <div className="desk-number">{desk.visit.isWalkIn ? t('desk.walkInTitle') : ticket.number}</div>
      <div>
        <div className="desk-business">{local(ticket.business)}</div>
        <div className="desk-quiet">
          {local(ticket.customerClass)} · {t('desk.waitedAll', { minutes })} · {t(`phase.${ticket.status}`)}
        </div>
      </div>
    </header>
  );
}

/** CS12 四声: all of them, those for this moment first to the eye. */
function Sayings({ sayings }: { readonly sayings: TellerView['desk']['sayings'] }) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  return (
    <ul className="desk-sayings" aria-label={t('desk.sayings')}>
      {sayings.map(({ stage, text, isNow }) => (
        <li key={stage} data-now={isNow}>
          <b>{t(`desk.stage.${stage}`)}</b>
          <br />
          {local(text)}
        </li>
      ))}
    </ul>
  );
}

function Businesses(props: DeskDeeds & { readonly visit: Visit; readonly isServing: boolean }) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  return (
    <section>
      <h3>{t('desk.businesses')}</h3>
      <ul className="desk-lines">
        {props.visit.businesses.map(({ id, name, status, isServedHere }, index) => (
          <li key={`${status} ${id} ${index}`} data-status={status}>
            <span className="desk-tag">{t(`desk.businessStatus.${status}`)}</span>
            <span className="desk-grow">{local(name)}</span>
            {status === 'later' && !isServedHere && <span className="desk-quiet">{t('desk.elsewhere')}</span>}
            {status === 'later' && (
              <>
                <Button size="small" disabled={!props.isServing} onClick={() => props.onStartBusiness(id)}>
                  {t('action.start-service')}
                </Button>
                <Button
                  size="small"
                  aria-label={t('desk.remove', { name: local(name) })}
                  onClick={() => props.onRemoveBusiness(id)}
                >
                  ×
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Missing({ missing }: { readonly missing: Visit['missing'] }) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  return (
    <section>
      <h3>{t('desk.missing')}</h3>
      <ul className="desk-lines">
        {missing.map(({ id, name, isHere }) => (
          <li key={id}>
            <span className="desk-tag" data-meaning={isHere ? 'well' : 'late'}>
              {isHere ? '✓' : '▲'} {t(isHere ? 'desk.paperHere' : 'desk.paperMissing')}
            </span>
            <span className="desk-grow">{local(name)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What happened before this counter, and what was noted. */
function History({ visit, timeZone }: { readonly visit: Visit; readonly timeZone: string }) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const { language } = useLanguage();
  const minutes = (ms: number) => formatMinutes(wholeMinutes(ms), language);
  return (
    <section>
      <h3>{t('desk.history')}</h3>
      {visit.legs.length === 0 && visit.notes.length === 0 && (
        <p className="desk-quiet">{t('desk.noHistory')}</p>
      )}
      <ul className="desk-lines">
        {visit.legs.map((leg, index) => (
          <li key={`${leg.endedAt} ${index}`}>
            <time>{formatClock(leg.endedAt, timeZone)}</time>
            <span className="desk-grow">
              {t('desk.leg', {
                counter: local(leg.counterName),
                business: local(leg.business),
                end: t(`desk.end.${leg.end}`),
              })}
            </span>
            <span className="desk-quiet">
              {[
                leg.waitMs === null ? null : t('desk.legWait', { minutes: minutes(leg.waitMs) }),
                leg.serviceMs === null ? null : t('desk.legService', { minutes: minutes(leg.serviceMs) }),
              ]
                .filter(part => part !== null)
                .join(' · ')}
            </span>
          </li>
        ))}
        {visit.notes.map(({ at, counterName, text }, index) => (
          <li key={`${at} ${index}`} className="desk-note">
            <time>{formatClock(at, timeZone)}</time>
            <span className="desk-grow">
              {local(counterName)}：{text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Parked(props: {
  readonly parked: TellerView['desk']['parked'];
  readonly now: number;
  readonly onReady: (ticketId: string) => void;
}) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const { language } = useLanguage();
  return (
    <section>
      <h3>{t('desk.parked')}</h3>
      <ul className="desk-lines">
        {props.parked.map(({ ticketId, number, business, since, missing, here }) => (
          <li key={ticketId}>
            <span className="desk-grow">{t('desk.parkedLine', { number, business: local(business) })}</span>
            <span className="desk-quiet">
              {t('desk.papers', { here, missing })} ·{' '}
              {formatMinutes(wholeMinutes(props.now - since), language)}
            </span>
            <Button size="small" onClick={() => props.onReady(ticketId)}>
              {t('desk.ready')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
