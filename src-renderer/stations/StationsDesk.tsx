import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deciderNames } from '../kit/decider-names.ts';
import { formatClock, formatStopwatch } from '../kit/format.ts';
import { useHostNow, useView } from '../kit/hooks.ts';
import { useErrorText, useLanguage } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { BeginDialog } from './BeginDialog.tsx';
import { ChangeDialog } from './ChangeDialog.tsx';
import { DeadHostCard } from './DeadHostCard.tsx';
import { DecideDialog } from './DecideDialog.tsx';
import { JoinDialog } from './JoinDialog.tsx';
import { LateEvents } from './LateEvents.tsx';
import { PairFacts } from './PairFacts.tsx';
import { PairingDialog } from './PairingDialog.tsx';
import { SeveralPart } from './SeveralPart.tsx';
import { StationTable } from './StationTable.tsx';
import './several.css';
import './stations.css';
import {
  isChangeHeld,
  pairWords,
  type StationChange,
  type StationLine,
  type StationsView,
} from './station-words.ts';

type Dialog =
  | { readonly kind: 'pairing' | 'decide' | 'begin' | 'join' }
  | { readonly kind: 'change'; readonly change: StationChange; readonly station: StationLine };

/**
 * The PCs of the branch: who is host and standby, how far the others are, pairing, and what to do when one is dead.
 * @param changes false where the window may only look and decide (the lobby manager's)
 */
export function StationsDesk({ changes }: { readonly changes: boolean }) {
  const { t } = useTranslation('kit');
  const { value: view, error } = useView('stations');
  const errorText = useErrorText();
  if (error)
    return (
      <p className="stations-error" role="alert">
        {errorText(error)}
      </p>
    );
  if (!view)
    return (
      <div className="stations" aria-busy="true">
        {t('stations.loading')}
      </div>
    );
  return <Desk view={changes ? view : { ...view, mayChange: false }} />;
}

function Desk({ view }: { readonly view: StationsView }) {
  const { t } = useTranslation('kit');
  const { language } = useLanguage();
  const now = useHostNow();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const { key, meaning } = pairWords(view);
  const who = deciderNames(view.deciders, language, t('branchLink.somebody'));
  const isPairing = view.pairing !== null && view.pairing.until > now;
  return (
    <div className="stations">
      <div className="stations-head" data-meaning={meaning} role="status">
        <Sign meaning={meaning} size={24} />
        <p>
          {t(key, { who })}{' '}
          {!view.isOnePc && (
            <small>{t('stations.since', { time: formatClock(view.pair.since, view.timeZone) })}</small>
          )}
        </p>
        {view.decision !== null && (
          <Button type="primary" danger onClick={() => setDialog({ kind: 'decide' })}>
            {t('stations.keys.decide')}
          </Button>
        )}
        {view.mayChange && !view.isOnePc && !isChangeHeld(view) && (
          <Button onClick={() => setDialog({ kind: 'pairing' })}>{t('stations.keys.pair')}</Button>
        )}
      </div>
      <p className="stations-note">
        {isPairing && view.pairing
          ? t('stations.pairing.open', {
              time: formatStopwatch(view.pairing.until - now),
              tries: view.pairing.triesLeft,
            })
          : view.mayChange
            ? ''
            : t('stations.lookOnly')}
      </p>
      <div className="stations-body">
        <div className="stations-left">
          <StationTable
            view={view}
            now={now}
            onChange={(station, change) => setDialog({ kind: 'change', change, station })}
          />
          {view.isOnePc && view.mayChange && view.alone && (
            <SeveralPart
              onBegin={() => setDialog({ kind: 'begin' })}
              onJoin={() => setDialog({ kind: 'join' })}
            />
          )}
          <LateEvents view={view} />
        </div>
        <div className="stations-right">
          <PairFacts view={view} />
          <DeadHostCard view={view} />
        </div>
      </div>
      {dialog?.kind === 'pairing' && <PairingDialog view={view} now={now} onClose={close} />}
      {dialog?.kind === 'begin' && <BeginDialog onClose={close} />}
      {dialog?.kind === 'join' && view.alone && <JoinDialog alone={view.alone} onClose={close} />}
      {dialog?.kind === 'change' && (
        <ChangeDialog change={dialog.change} station={dialog.station} onClose={close} />
      )}
      {dialog?.kind === 'decide' && view.decision !== null && (
        <DecideDialog decision={view.decision} epoch={view.epoch} deciders={view.deciders} onClose={close} />
      )}
    </div>
  );
}
