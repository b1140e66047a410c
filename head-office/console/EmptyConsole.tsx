import { Spin, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

/** Teaches how the first branch gets here. */
export function EmptyConsole({ isLoading }: { readonly isLoading: boolean }) {
  const { t } = useTranslation('console');
  if (isLoading) {
    return (
      <main className="empty">
        <Spin /> <p>{t('empty.loading')}</p>
      </main>
    );
  }
  return (
    <main className="empty">
      <h2>{t('empty.heading')}</h2>
      <p>{t('empty.text')}</p>
      <p>{t('empty.how')}</p>
      <Typography.Text code copyable>{`npm start -- --head-office ${location.origin}`}</Typography.Text>
      <p className="quiet-text">{t('empty.also')}</p>
    </main>
  );
}
