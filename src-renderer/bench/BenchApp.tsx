import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePort, useView } from '../kit/hooks.ts';
import { useErrorText, useLanguage } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { Sign } from '../kit/signs.tsx';
import { LedBoard } from './LedBoard.tsx';
import { Printer } from './Printer.tsx';
import { RatingKeypad } from './RatingKeypad.tsx';
import { Reader } from './Reader.tsx';

/** Simulated hardware on one page: what was printed and shown, keys to press, faults to try. */
export function BenchApp() {
  const { t } = useTranslation('bench');
  const { language, setLanguage } = useLanguage();
  const errorText = useErrorText();
  const port = usePort();
  const { value: view, error } = useView('bench');
  const setFault = (deviceId: string, fault: string | null) =>
    port.sendBenchOrder({ type: 'set-fault', deviceId, fault });
  const next = language === 'zh' ? 'en' : 'zh';
  const isEmpty =
    view && view.printers.length + view.boards.length + view.keypads.length + view.readers.length === 0;
  return (
    <div className="bench">
      <header className="bench-head">
        <h1>{t('title')}</h1>
        <p>
          <Sign meaning="soon" /> {t('banner')}
        </p>
        <Button type="text" onClick={() => setLanguage(next, { remember: true })}>
          {t(`language.${next}`)}
        </Button>
        <StatusCorner />
      </header>
      {error && <p role="alert">{errorText(error)}</p>}
      {isEmpty && <p>{t('noDevices')}</p>}
      {view && (
        <main className="bench-devices">
          <section className="bench-printers" aria-label={t('printers')}>
            {view.printers.map(printer => (
              <Printer
                key={printer.deviceId}
                printer={printer}
                faults={view.faults.printer}
                onFault={setFault}
              />
            ))}
          </section>
          <section className="bench-boards" aria-label={t('boards')}>
            {view.boards.map(board => (
              <LedBoard key={board.deviceId} board={board} faults={view.faults.board} onFault={setFault} />
            ))}
          </section>
          <section className="bench-keypads" aria-label={t('keypads')}>
            {view.readers.map(reader => (
              <Reader
                key={reader.deviceId}
                reader={reader}
                faults={view.faults.reader}
                onFault={setFault}
                onScan={(deviceId, text) => port.sendBenchOrder({ type: 'scan', deviceId, text })}
              />
            ))}
            {view.keypads.map(keypad => (
              <RatingKeypad
                key={keypad.deviceId}
                keypad={keypad}
                faults={view.faults.keypad}
                onFault={setFault}
                onPress={(deviceId, position) =>
                  port.sendBenchOrder({ type: 'press-key', deviceId, position })
                }
              />
            ))}
          </section>
        </main>
      )}
    </div>
  );
}
