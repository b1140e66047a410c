import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { Translation } from 'react-i18next';

/** Shows one plain sentence instead of an empty window when drawing a screen fails (which is a bug). */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Translation ns="kit">
        {t => (
          <Result
            status="error"
            title={t('crash.title')}
            subTitle={t('crash.text')}
            extra={
              <Button type="primary" onClick={() => location.reload()}>
                {t('action.reload')}
              </Button>
            }
          />
        )}
      </Translation>
    );
  }
}
