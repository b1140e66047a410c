import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../kit/hooks.ts';

/** Signed in, but the host shows nothing, e.g. the right is missing: says why and offers another sign-in. */
export function NotAllowed(props: { readonly screen: 'lobby' | 'setup'; readonly reason: string }) {
  const { t } = useTranslation(props.screen);
  const { signOut } = useSession();
  return (
    <div className="sign-in">
      <div className="sign-in-card" role="alert">
        <h1>{t('signIn.heading')}</h1>
        <p>{props.reason}</p>
        <Button type="primary" size="large" autoFocus onClick={() => void signOut()}>
          {t('action.signOut')}
        </Button>
      </div>
    </div>
  );
}
