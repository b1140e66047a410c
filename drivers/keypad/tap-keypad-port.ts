import type { ByteLog } from '#drivers/byte-log.ts';
import type { KeypadPort } from './keypad-port.ts';

/** The same port, with everything that passes written into `log`. */
export function tapKeypadPort(port: KeypadPort, log: ByteLog): KeypadPort {
  /** A keypad that is away is looked for again and again: one line says it. */
  let lastRefusal: string | null = null;
  port.onReport(report => log.add('in', report));
  port.onMalformed(() => log.add('refused', 'K305'));
  port.onLost(() => log.add('lost', 'K302'));
  return {
    async open() {
      const opened = await port.open();
      if (opened.ok) log.add('opened', '');
      else if (opened.error.code !== lastRefusal) log.add('refused', opened.error.code);
      lastRefusal = opened.ok ? null : opened.error.code;
      return opened;
    },
    async write(kind, frame) {
      log.add('out', frame);
      const written = await port.write(kind, frame);
      if (!written.ok) log.add('refused', written.error.code);
      return written;
    },
    async close() {
      await port.close();
      log.add('closed', '');
    },
    onReport: listener => port.onReport(listener),
    onMalformed: listener => port.onMalformed(listener),
    onLost: listener => port.onLost(listener),
    onHint: listener => port.onHint?.(listener) ?? (() => undefined),
  };
}
