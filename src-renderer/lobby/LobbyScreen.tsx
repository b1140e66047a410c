import { useEffect, useState } from 'react';
import { useHostNow } from '../kit/hooks.ts';
import { useScan } from '../kit/use-scan.ts';
import { StationsDialog } from '../stations/StationsDialog.tsx';
import { AlarmColumn } from './AlarmColumn.tsx';
import { ArrivalDialog } from './ArrivalDialog.tsx';
import type { LobbyView } from './alarm-action.ts';
import { ColleagueDialog } from './ColleagueDialog.tsx';
import { CounterBoard } from './CounterBoard.tsx';
import { CounterDialog } from './CounterDialog.tsx';
import type { FloorKey } from './FloorKeys.tsx';
import { GuidanceDialog } from './GuidanceDialog.tsx';
import { HallBar } from './HallBar.tsx';
import { HandleIncidentDialog } from './HandleIncidentDialog.tsx';
import { HandleRatingDialog } from './HandleRatingDialog.tsx';
import { IncidentDialog } from './IncidentDialog.tsx';
import { IssueDialog } from './IssueDialog.tsx';
import { QueueColumn } from './QueueColumn.tsx';
import { RatingList } from './RatingList.tsx';
import { TicketDialog } from './TicketDialog.tsx';
import { TicketList } from './TicketList.tsx';
import { useAlarmSound } from './use-alarm-sound.ts';

const CLOCK_TICK_MS = 1000;

type Dialog =
  | { readonly kind: 'issue' }
  | { readonly kind: 'guidance' | 'colleague' | 'arrival' | 'stations' }
  | {
      readonly kind: 'complaint' | 'emergency';
      readonly about: { readonly ticketId: string; readonly number: string } | null;
    }
  | { readonly kind: 'incident'; readonly incidentId: string }
  | { readonly kind: 'counter'; readonly counterId: string }
  | { readonly kind: 'ticket'; readonly ticketId: string }
  | { readonly kind: 'rating'; readonly ratingId: string };

/** LB1: the whole hall on one screen: queues, windows, what to do now, tickets by age. */
export function LobbyScreen({ view }: { readonly view: LobbyView }) {
  const now = useHostNow(CLOCK_TICK_MS);
  const [queueId, setQueueId] = useState<string | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  useAlarmSound(view.alarms);
  const close = () => setDialog(null);
  // The code on a ticket, held to the lobby manager's reader, opens the ticket.
  useScan(scan => {
    if (scan.kind === 'ticket' && dialog === null) setDialog({ kind: 'ticket', ticketId: scan.ticketId });
  });
  const openFloorKey = (key: FloorKey) =>
    setDialog(
      key === 'guidance' || key === 'colleague' || key === 'arrival'
        ? { kind: key }
        : { kind: key, about: null },
    );

  const ticket = dialog?.kind === 'ticket' && view.tickets.find(one => one.ticketId === dialog.ticketId);
  const rating = dialog?.kind === 'rating' && view.ratings.find(one => one.ratingId === dialog.ratingId);
  const incident =
    dialog?.kind === 'incident' && view.floor.incidents.find(one => one.incidentId === dialog.incidentId);
  const counter = dialog?.kind === 'counter' && view.counters.find(one => one.counterId === dialog.counterId);
  // What a dialog is about may go (a customer leaves); it must not come up again by itself when that comes back.
  const isSubjectGone = [ticket, rating, incident, counter].includes(undefined);
  useEffect(() => {
    if (isSubjectGone) setDialog(null);
  }, [isSubjectGone]);
  return (
    <div className="lobby">
      <HallBar
        view={view}
        now={now}
        onIssue={() => setDialog({ kind: 'issue' })}
        onFloorKey={openFloorKey}
        onStations={() => setDialog({ kind: 'stations' })}
      />
      <QueueColumn queues={view.queues} now={now} chosenId={queueId} onChoose={setQueueId} />
      <CounterBoard
        counters={view.counters}
        asks={view.floor.asks}
        now={now}
        onOpen={counterId => setDialog({ kind: 'counter', counterId })}
      />
      <div className="lobby-right">
        <AlarmColumn
          view={view}
          onHandleRating={ratingId => setDialog({ kind: 'rating', ratingId })}
          onShowQueue={setQueueId}
          onHandleIncident={incidentId => setDialog({ kind: 'incident', incidentId })}
        />
        <RatingList ratings={view.ratings} timeZone={view.timeZone} />
      </div>
      <TicketList
        view={view}
        now={now}
        queueId={queueId}
        onAllQueues={() => setQueueId(null)}
        onOpen={ticketId => setDialog({ kind: 'ticket', ticketId })}
      />
      {dialog?.kind === 'issue' && (
        <IssueDialog businesses={view.businesses} reasons={view.arrival.priorityReasons} onClose={close} />
      )}
      {ticket && (
        <TicketDialog
          ticket={ticket}
          view={view}
          now={now}
          onComplaint={() => setDialog({ kind: 'complaint', about: ticket })}
          onClose={close}
        />
      )}
      {dialog?.kind === 'guidance' && <GuidanceDialog lobby={view} onClose={close} />}
      {dialog?.kind === 'stations' && <StationsDialog onClose={close} />}
      {dialog?.kind === 'arrival' && <ArrivalDialog view={view} now={now} onClose={close} />}
      {dialog?.kind === 'colleague' && <ColleagueDialog colleagues={view.floor.colleagues} onClose={close} />}
      {(dialog?.kind === 'complaint' || dialog?.kind === 'emergency') && (
        <IncidentDialog kind={dialog.kind} ticket={dialog.about} onClose={close} />
      )}
      {incident && <HandleIncidentDialog incident={incident} onClose={close} />}
      {counter && <CounterDialog counter={counter} view={view} now={now} onClose={close} />}
      {rating && <HandleRatingDialog rating={rating} onClose={close} />}
    </div>
  );
}
