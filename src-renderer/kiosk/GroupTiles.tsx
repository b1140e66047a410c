import type { CSSProperties } from 'react';
import type { View } from '#core/wire/views.ts';
import { useLocalText } from '../kit/i18n.ts';
import { useSettled } from './use-settled.ts';

/** Enough to tell what a group is about. */
const NAMES_SHOWN = 8;

interface GroupTilesProps {
  readonly groups: View<'kiosk'>['groups'];
  readonly onGroup: (groupId: string) => void;
}

/** One large tile a group of businesses. */
export function GroupTiles({ groups, onGroup }: GroupTilesProps) {
  const text = useLocalText();
  const isSettled = useSettled();
  return (
    <div className="kiosk-groups" style={{ '--kiosk-columns': groupColumns(groups.length) } as CSSProperties}>
      {groups.map(group => (
        <button
          type="button"
          key={group.id}
          className="kiosk-group"
          onClick={() => isSettled() && onGroup(group.id)}
        >
          <strong>{text(group.name)}</strong>
          <span className="kiosk-group-names">
            {group.businesses.slice(0, NAMES_SHOWN).map(business => (
              <span key={business.id}>{text(business.name)}</span>
            ))}
          </span>
        </button>
      ))}
    </div>
  );
}

/** Columns on a lying screen: one row up to three groups, then as square as possible. */
function groupColumns(groups: number): number {
  return groups === 4 ? 2 : Math.min(groups, 3);
}
