import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { FaultSwitch } from './FaultSwitch.tsx';
import { PrintedPicture } from './PrintedPicture.tsx';
import { QrCode } from './QrCode.tsx';

type PrinterState = View<'bench'>['printers'][number];
type PaperLine = PrinterState['papers'][number]['lines'][number];

/** The tickets a simulated printer has printed, newest first, as they would lie in the tray. */
export function Printer(props: {
  readonly printer: PrinterState;
  readonly faults: readonly string[];
  readonly onFault: (deviceId: string, fault: string | null) => void;
}) {
  const { printer } = props;
  const { t } = useTranslation('bench');
  const [isTrueSize, setTrueSize] = useState(false);
  const title = `${t('printers')} ${printer.deviceId}`;
  return (
    <article className="device">
      <header>
        <h2>{title}</h2>
        <Button size="small" aria-pressed={isTrueSize} onClick={() => setTrueSize(!isTrueSize)}>
          {t('everyDot')}
        </Button>
        <Button
          size="small"
          disabled={!printer.fault?.startsWith('paper-')}
          onClick={() => props.onFault(printer.deviceId, null)}
        >
          {t('newRoll')}
        </Button>
        <FaultSwitch {...props} deviceId={printer.deviceId} title={title} fault={printer.fault} />
      </header>
      <div className="printer-slot" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard, too */}
      <section className="papers" data-true-size={isTrueSize} tabIndex={0} aria-label={t('printers')}>
        {printer.papers.length === 0 && <p className="bench-empty">{t('noPaper')}</p>}
        {printer.papers.map(paper => (
          <div className="paper" key={paper.key}>
            {paper.lines.map((line, index) => (
              // Printed lines never move: the place is their identity.
              <PrintedLine key={`${paper.key} ${String(index)}`} line={line} />
            ))}
            <div className="paper-end" data-cut={paper.cut}>
              {t(paper.cut ? 'cut' : 'torn')}
            </div>
          </div>
        ))}
      </section>
    </article>
  );
}

function PrintedLine({ line }: { readonly line: PaperLine }) {
  if (line.kind === 'qr')
    return (
      <div className="paper-line" data-align="centre">
        <QrCode payload={line.payload} />
      </div>
    );
  if (line.kind === 'picture')
    return (
      <div className="paper-line paper-picture" data-align={line.align}>
        <PrintedPicture {...line} />
      </div>
    );
  const { text, width, height, align, bold } = line;
  // Letters as high as printed, then stretched where width and height differ.
  const style = {
    fontSize: `${height}em`,
    transform: width === height ? undefined : `scaleX(${width / height})`,
    transformOrigin: align === 'centre' ? 'center' : align,
    fontWeight: bold ? 700 : 400,
  };
  return (
    <div className="paper-line" data-align={align}>
      <span style={style}>{text === '' ? ' ' : text}</span>
    </div>
  );
}
