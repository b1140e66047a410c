import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useView } from '../../kit/hooks.ts';
import { useErrorText } from '../../kit/i18n.ts';
import { saveFile } from '../save-file.ts';
import type { Hardware } from './HardwarePage.tsx';

/** What passed on a device's line, for a telephone call with support: bytes in hexadecimal, copied or saved. */
export function LogDrawer(props: {
  readonly view: Hardware;
  readonly deviceId: string | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('setup');
  const { deviceId, view } = props;
  return (
    <Drawer
      open={deviceId !== null}
      onClose={props.onClose}
      size="large"
      title={t('hardware.logOf', { device: deviceId ?? '' })}
    >
      {deviceId !== null && <Log deviceId={deviceId} view={view} />}
    </Drawer>
  );
}

function Log({ deviceId, view }: { readonly deviceId: string; readonly view: Hardware }) {
  const { t } = useTranslation('setup');
  const errorText = useErrorText();
  const { value, error } = useView('device-log', { deviceId });
  if (error) return <p role="alert">{errorText(error)}</p>;
  const lines = value?.lines ?? [];
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: view.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
  const text = lines
    .map(({ at, kind, text: bytes, byteCount }) =>
      `${format.format(at)}  ${kind.padEnd(7)}  ${byteCount > 0 ? `${byteCount} B  ` : ''}${bytes}`.trimEnd(),
    )
    .join('\n');
  return (
    <div className="hardware-log">
      <div className="hardware-keys">
        <Button onClick={() => void navigator.clipboard.writeText(text)}>{t('hardware.copy')}</Button>
        <Button onClick={() => saveFile(`${deviceId}.txt`, text, 'text/plain')}>
          {t('hardware.saveFile')}
        </Button>
      </div>
      {lines.length === 0 && <p className="hardware-quiet">{t('hardware.logEmpty')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard, too */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
