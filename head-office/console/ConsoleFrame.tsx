import { ConfigProvider } from 'antd';
import antdEnglish from 'antd/locale/en_GB';
import antdChinese from 'antd/locale/zh_CN';
import { type ReactNode, useLayoutEffect } from 'react';
import { ErrorBoundary } from '#renderer/kit/ErrorBoundary.tsx';
import { useLanguage } from '#renderer/kit/i18n.ts';
import { antdTheme, cssVariables } from '#renderer/kit/theme.ts';

/** The console's root: language and theme of the branch's screens, without a branch's port behind it. */
export function ConsoleFrame({ children }: { readonly children: ReactNode }) {
  const { language } = useLanguage();
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    for (const [name, value] of Object.entries(cssVariables('light'))) style.setProperty(name, value);
  }, []);
  return (
    <ConfigProvider
      locale={language === 'en' ? antdEnglish : antdChinese}
      theme={antdTheme('light')}
      button={{ autoInsertSpace: false }}
    >
      <ErrorBoundary>{children}</ErrorBoundary>
    </ConfigProvider>
  );
}
