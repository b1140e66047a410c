import type { ReaderEntry } from '#core/wire/device-settings.ts';
import { createByteLog, tapTransport } from '#drivers/byte-log.ts';
import type { SelfTestStep } from '#drivers/contract.ts';
import { createSerialReader } from '#drivers/reader/serial-reader.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import type { MakeParts, SetUpDevice } from './made-device.ts';
import type { NamedReader } from './readers.ts';

/** How long the self-test waits for somebody to hold a card to the reader. */
const SCAN_MS = 20_000;
/** What a simulated reader scans in its self-test: nobody's number. */
const TEST_NUMBER = '0000000000000000';

const CODES = { refused: 'R361', lost: 'R362' } as const;

/** @returns the reader and its side for the set-up screen, whose log counts bytes and shows none (ID2) */
export function makeReader(
  entry: ReaderEntry,
  { clock, hardware }: MakeParts,
): { reader: NamedReader; device: SetUpDevice } {
  const { id, connection, prefix, suffix, longestGapMs, window } = entry;
  const format = { prefix, suffix, longestGapMs };
  const simulator = connection.kind === 'simulated' ? hardware.reader(id, format) : null;
  const log = createByteLog(clock, undefined, 'counts');
  const transport =
    connection.kind === 'serial'
      ? createSerialTransport({ ...connection, codes: CODES, simulatedBy: null })
      : createSerialTransport({
          baudRate: 9600,
          codes: CODES,
          path: '',
          simulatedBy: null,
          ...simulator?.port,
        });
  const driver = createSerialReader({ transport: tapTransport(transport, log), clock, format });
  let health: SelfTestStep['code'] = null;
  driver.onHealth(({ code }) => {
    health = code as SelfTestStep['code'];
  });

  const selfTest = async (): Promise<readonly SelfTestStep[]> => {
    if (health === 'R361' || health === 'R362')
      return [
        { step: 'open', outcome: 'failed', code: health, facts: {} },
        { step: 'scan', outcome: 'skipped', code: null, facts: {} },
      ];
    const startedMs = clock.nowMs();
    const coming = driver.takeNext(SCAN_MS);
    simulator?.scan(TEST_NUMBER);
    const reading = await coming;
    const opened: SelfTestStep = { step: 'open', outcome: 'passed', code: null, facts: {} };
    // Of the number itself nothing is told but its length.
    if (reading !== null)
      return [
        opened,
        {
          step: 'scan',
          outcome: 'passed',
          code: null,
          facts: { characters: reading.text.length, answerMs: Math.round(reading.atMs - startedMs) },
        },
      ];
    return [opened, { step: 'scan', outcome: 'failed', code: health ?? 'R364', facts: {} }];
  };
  return {
    reader: { id, window, driver },
    device: { id, kind: 'reader', counterId: null, simulated: simulator !== null, log, selfTest },
  };
}
