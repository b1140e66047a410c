import { ConfigProvider } from 'antd';
import antdEnglish from 'antd/locale/en_GB';
import antdChinese from 'antd/locale/zh_CN';
import { type ReactNode, useLayoutEffect } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { useLanguage } from './i18n.ts';
import { PortProvider } from './PortProvider.tsx';
import { PracticeBand } from './PracticeBand.tsx';
import type { PortClient } from './port-client.ts';
import { SessionProvider } from './SessionProvider.tsx';
import { antdTheme, cssVariables, type ThemeName } from './theme.ts';

export interface FoyerAppProps {
  readonly port: PortClient;
  /** Light by day, dark for boards. */
  readonly theme?: ThemeName;
  /** Larger letters and controls, for screens worked by finger. */
  readonly touch?: boolean;
  readonly children: ReactNode;
}

/** The root of every screen: language, theme, port, who is signed in, and a plain sentence when all fails. */
export function FoyerApp({ port, theme = 'light', touch = false, children }: FoyerAppProps) {
  const { language } = useLanguage();
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    for (const [name, value] of Object.entries(cssVariables(theme))) style.setProperty(name, value);
    style.colorScheme = theme;
  }, [theme]);
  return (
    <ConfigProvider
      locale={language === 'en' ? antdEnglish : antdChinese}
      theme={antdTheme(theme, touch)}
      button={{ autoInsertSpace: false }}
    >
      <ErrorBoundary>
        <PortProvider port={port}>
          <PracticeBand />
          <SessionProvider>{children}</SessionProvider>
        </PortProvider>
      </ErrorBoundary>
    </ConfigProvider>
  );
}
