import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '#core/wire/error-codes.ts';

/** What customers read while no number can be given. */
export function OutOfService({ code }: { code: ErrorCode | null }) {
  const { t } = useTranslation('kiosk');
  return (
    <div className="kiosk kiosk-stopped" role="status">
      <h1>{t('stopped.title')}</h1>
      <p>
        {t('stopped.text')}
        {code && `（${code}）`}
      </p>
    </div>
  );
}
