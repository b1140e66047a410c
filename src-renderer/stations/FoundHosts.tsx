import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { type HostAddress, showHostAddress } from './host-address.ts';

/** BR2: hosts heard of on the network, to choose instead of typing; a hint only. Looks once by itself. */
export function FoundHosts(props: {
  readonly isDisabled: boolean;
  readonly onChoose: (address: string) => void;
}) {
  const { t } = useTranslation('kit');
  const errorText = useErrorText();
  const { run, busyType, lastError } = useCommand();
  const [found, setFound] = useState<readonly HostAddress[] | null>(null);
  const asked = useRef(false);
  const look = async () => {
    setFound(null);
    const answer = await run('find-branches', {});
    setFound(answer.ok ? answer.value.found : []);
  };
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void look();
  });
  return (
    <div className="several-found" aria-live="polite">
      <span>{t('several.join.found')}</span>
      <div className="several-found-list">
        {found?.map(address => (
          <Button
            key={showHostAddress(address)}
            size="small"
            disabled={props.isDisabled}
            onClick={() => props.onChoose(showHostAddress(address))}
          >
            {showHostAddress(address)}
          </Button>
        ))}
        {found === null && <span className="stations-quiet">{t('several.join.finding')}</span>}
        {found?.length === 0 && (
          <span className="stations-quiet">
            {lastError ? errorText(lastError) : t('several.join.notFound')}
          </span>
        )}
      </div>
      <Button
        size="small"
        disabled={props.isDisabled}
        loading={busyType !== null}
        onClick={() => void look()}
      >
        {t('several.join.find')}
      </Button>
    </div>
  );
}
