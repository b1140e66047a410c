import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sign } from '../kit/signs.tsx';
import { useBranchLink } from '../kit/use-branch-link.ts';
import { DecideDialog } from './DecideDialog.tsx';

/** BR4: the way to the decision for a PC at which nobody can sign in any more, because its host is dead. */
export function DecideNotice() {
  const { t } = useTranslation('kit');
  const branch = useBranchLink();
  const [isOpen, setOpen] = useState(false);
  const decision = branch?.decision ?? null;
  if (branch === null || decision === null) return null;
  return (
    <div className="decide-notice" role="status">
      <Sign meaning="broken" />
      <span>{t(`stations.decide.${branch.state === 'waiting' ? 'noticeWaiting' : 'notice'}`)}</span>
      <Button type="primary" danger onClick={() => setOpen(true)}>
        {t('stations.keys.decide')}
      </Button>
      {isOpen && (
        <DecideDialog
          decision={decision}
          epoch={branch.epoch}
          deciders={branch.deciders}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
