import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useLocalText } from '../kit/i18n.ts';
import { AddPage } from './AddPage.tsx';
import { BusinessPage } from './BusinessPage.tsx';
import { ConfirmPage } from './ConfirmPage.tsx';
import { EntryPage } from './EntryPage.tsx';
import { NoticePage } from './NoticePage.tsx';
import { OwnTicketPage } from './OwnTicketPage.tsx';
import { StartPage } from './StartPage.tsx';
import type { useVisit } from './use-visit.ts';
import type { Visit } from './visit.ts';

interface VisitPageProps {
  readonly view: View<'kiosk'>;
  readonly deeds: ReturnType<typeof useVisit>;
  readonly visit: Exclude<Visit, { page: 'number' }>;
  readonly onEnd: () => void;
}

/** The page a visit is at. What the host no longer offers leads back to the start. */
export function VisitPage({ view, deeds, visit, onEnd }: VisitPageProps) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const { show, who, reasonId, busy, failureCode } = deeds;
  const toStart = () => show({ page: 'start' });
  const businesses = view.groups.flatMap(group => group.businesses);
  const start = (
    <StartPage
      view={view}
      masked={who?.masked ?? null}
      onGroup={groupId => show({ page: 'businesses', groupId })}
      onEntry={kind => show({ page: 'entry', kind })}
    />
  );

  switch (visit.page) {
    case 'start':
      return start;
    case 'entry':
      return (
        <EntryPage
          key={`${visit.kind}.${deeds.reads}`}
          kind={visit.kind}
          busy={busy}
          failureCode={failureCode ?? visit.unread ?? null}
          onBack={toStart}
          onEnter={entered =>
            void (visit.kind === 'identify' ? deeds.identify(entered, 'typed') : deeds.checkIn(entered))
          }
        />
      );
    case 'businesses': {
      const group = view.groups.find(({ id }) => id === visit.groupId);
      if (!group) return start;
      const { groupId } = visit;
      return (
        <BusinessPage
          group={group}
          onBack={toStart}
          onChoose={businessId => show({ page: 'confirm', groupId, businessId })}
        />
      );
    }
    case 'confirm': {
      const business = businesses.find(({ id }) => id === visit.businessId);
      if (!business) return start;
      return (
        <ConfirmPage
          business={business}
          who={who}
          reasons={view.priorityReasons}
          reasonId={reasonId}
          busy={busy}
          failureCode={failureCode}
          onReason={deeds.setReasonId}
          onBack={() => show({ page: 'businesses', groupId: visit.groupId })}
          onIssue={() => void deeds.issue(visit.businessId)}
          onMachine={() => void deeds.goToMachine(visit.businessId)}
        />
      );
    }
    case 'add': {
      const { ticket, groupId } = visit;
      return (
        <AddPage
          key={groupId}
          groups={view.groups}
          visit={visit}
          busy={busy}
          failure={deeds.failure}
          onGroup={next => show({ page: 'add', groupId: next, ticket })}
          onChoose={businessId => void deeds.addBusiness(ticket, businessId)}
          onLeave={() => deeds.showNumber(ticket)}
        />
      );
    }
    case 'own':
      return (
        <OwnTicketPage
          number={visit.number}
          businessName={text(businesses.find(({ id }) => id === visit.businessId)?.name ?? null)}
          busy={busy}
          onReprint={() => void deeds.reprint(visit.ticketId)}
          onOther={toStart}
        />
      );
    case 'notice': {
      const { notice, shownAt } = visit;
      if (notice.kind === 'reprint')
        return (
          <NoticePage
            title={t('notice.reprint')}
            text={t('notice.reprintText')}
            shownAt={shownAt}
            onDone={onEnd}
          />
        );
      const machine = businesses.find(({ id }) => id === notice.businessId)?.selfService;
      const where = machine
        ? t('notice.machineText', { name: text(machine.name), place: text(machine.place) })
        : t('notice.machineTextUnknown');
      return <NoticePage title={t('notice.machine')} text={where} shownAt={shownAt} onDone={onEnd} />;
    }
  }
}
