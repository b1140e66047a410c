import { useState } from 'react';
import { useHostNow } from '../kit/hooks.ts';
import { AlarmColumn } from './AlarmColumn.tsx';
import type { LobbyView } from './alarm-action.ts';
import { CounterBoard } from './CounterBoard.tsx';
import { HallBar } from './HallBar.tsx';
import { HandleRatingDialog } from './HandleRatingDialog.tsx';
import { IssueDialog } from './IssueDialog.tsx';
import { QueueColumn } from './QueueColumn.tsx';
import { RatingList } from './RatingList.tsx';
import { TicketDialog } from './TicketDialog.tsx';
import { TicketList } from './TicketList.tsx';
import { useAlarmSound } from './use-alarm-sound.ts';

const CLOCK_TICK_MS = 1000;

type Dialog =
  | { readonly kind: 'issue' }
  | { readonly kind: 'ticket'; readonly ticketId: string }
  | { readonly kind: 'rating'; readonly ratingId: string };

/** LB1: the whole hall on one screen: queues, windows, what to do now, tickets by age. */
export function LobbyScreen({ view }: { readonly view: LobbyView }) {
  const now = useHostNow(CLOCK_TICK_MS);
  const [queueId, setQueueId] = useState<string | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  useAlarmSound(view.alarms);
  const close = () => setDialog(null);

  const ticket = dialog?.kind === 'ticket' && view.tickets.find(one => one.ticketId === dialog.ticketId);
  const rating = dialog?.kind === 'rating' && view.ratings.find(one => one.ratingId === dialog.ratingId);
  return (
    <div className="lobby">
      <HallBar view={view} now={now} onIssue={() => setDialog({ kind: 'issue' })} />
      <QueueColumn queues={view.queues} now={now} chosenId={queueId} onChoose={setQueueId} />
      <CounterBoard counters={view.counters} now={now} />
      <div className="lobby-right">
        <AlarmColumn
          view={view}
          onHandleRating={ratingId => setDialog({ kind: 'rating', ratingId })}
          onShowQueue={setQueueId}
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
      {dialog?.kind === 'issue' && <IssueDialog businesses={view.businesses} onClose={close} />}
      {ticket && <TicketDialog ticket={ticket} now={now} onClose={close} />}
      {rating && <HandleRatingDialog rating={rating} onClose={close} />}
    </div>
  );
}
