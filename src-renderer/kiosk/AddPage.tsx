import { useTranslation } from 'react-i18next';
import type { Failure } from '#core/wire/result.ts';
import type { View } from '#core/wire/views.ts';
import { useErrorText, useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { BusinessTiles } from './BusinessTiles.tsx';
import { GroupTiles } from './GroupTiles.tsx';
import { useSettled } from './use-settled.ts';
import { businessesToAdd, type Visit } from './visit.ts';

interface AddPageProps {
  readonly groups: View<'kiosk'>['groups'];
  readonly visit: Visit & { page: 'add' };
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onGroup: (groupId: string | null) => void;
  readonly onChoose: (businessId: string) => void;
  readonly onLeave: () => void;
}

/** TK10: one more business for the number just taken: its group, then the business. */
export function AddPage({ groups, visit, busy, failure, onGroup, onChoose, onLeave }: AddPageProps) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const errorText = useErrorText();
  const isSettled = useSettled();
  const left = businessesToAdd(groups, visit.ticket);
  const group = left.find(({ id }) => id === visit.groupId);
  return (
    <section className="kiosk-page">
      <div className="kiosk-title kiosk-title-row">
        <button
          type="button"
          className="kiosk-back"
          disabled={busy}
          onClick={() => isSettled() && (group ? onGroup(null) : onLeave())}
        >
          ‹ {t('action.back')}
        </button>
        <div>
          <h1>{t('add.title', { number: visit.ticket.issued.number })}</h1>
          {failure ? (
            <p className="kiosk-failure" role="alert">
              <Sign meaning="broken" /> {errorText(failure)}
            </p>
          ) : (
            <p>{group ? text(group.name) : t('chooseGroup')}</p>
          )}
        </div>
      </div>
      {group ? (
        <BusinessTiles
          businesses={group.businesses}
          isOpen={({ offered }) => offered && !busy}
          onChoose={onChoose}
        />
      ) : (
        <GroupTiles groups={left} onGroup={onGroup} />
      )}
    </section>
  );
}
