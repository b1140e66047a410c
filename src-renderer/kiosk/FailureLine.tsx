import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import { Sign } from '../kit/signs.tsx';
import { failureTextKey } from './visit.ts';

/** Why the last wish was refused, and what to do now. */
export function FailureLine({ code }: { code: ErrorCode }) {
  const { t } = useTranslation('kiosk');
  return (
    <p className="kiosk-failure" role="alert">
      <Sign meaning="broken" /> {t(failureTextKey(code))}（{code}）
    </p>
  );
}
