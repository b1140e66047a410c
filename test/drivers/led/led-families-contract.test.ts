import type { LedProtocolEntry } from '#core/wire/device-settings.ts';
import type { LedBusDriver } from '#drivers/contract.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import { traitsOf } from '#drivers/led/led-bus-traits.ts';
import { createBoardSimulator, createLedProtocol } from '#drivers/led/led-families.ts';
import { ledBusTimes } from '#drivers/led/led-settings.ts';
import { ledContract } from '../../contract/led.contract.ts';
import { createHandClock, type HandClock } from '../hand-clock.ts';
import { benchLine, windowBoard } from './led-bench.ts';

const BAUD_RATE = 9600;

interface Family {
  readonly entry: LedProtocolEntry;
  /** What boards without Chinese letters make of a text. */
  readonly shownAs?: (text: string) => string | null;
}

/** Signs with Latin letters leave the Chinese out; tubes show nothing rather than a part that misleads. */
const latin = (words: string) => words.replace(/[^\x20-\x7e]/g, '');
const tubes = (words: string) => (latin(words) === words ? words : null);
const FAMILIES: Readonly<Record<string, Family>> = {
  'Onbon BX-5K/6K': { entry: { kind: 'onbon-5k6k' } },
  'Modbus DM36': { entry: { kind: 'modbus', map: 'dm36' }, shownAs: tubes },
  'Modbus DM56': { entry: { kind: 'modbus', map: 'dm56' }, shownAs: tubes },
  'Modbus Armfly': { entry: { kind: 'modbus', map: 'armfly' }, shownAs: tubes },
  'Modbus EmbeddedArt': { entry: { kind: 'modbus', map: 'embedded-art' }, shownAs: latin },
  'Alpha with answers': { entry: { kind: 'alpha', answers: true }, shownAs: latin },
  'Alpha without answers': { entry: { kind: 'alpha', answers: false }, shownAs: latin },
  'template: four-byte numbers': {
    entry: { kind: 'template', templateId: 'numeric-4-byte' },
    shownAs: words => (/^A00\d$/.test(words) ? String(Number(words.slice(1))) : '0'),
  },
  'template: Armfly ASCII': { entry: { kind: 'template', templateId: 'armfly-ascii' }, shownAs: tubes },
  'template: AA/BB strip': { entry: { kind: 'template', templateId: 'aa-bb-strip' } },
};

for (const [name, { entry, shownAs }] of Object.entries(FAMILIES)) {
  for (const echoes of [false, true]) {
    ledContract(`${name}${echoes ? ', behind a two-wire adapter that echoes' : ''}`, async () => {
      const clock = createHandClock();
      const protocol = unwrap(createLedProtocol(entry));
      const isAlone = protocol.addresses?.min === protocol.addresses?.max && protocol.addresses !== undefined;
      const address = isAlone ? (protocol.addresses?.min ?? 1) : 3;
      const simulator = unwrap(createBoardSimulator(entry, [address], clock));
      simulator.setEcho(echoes);
      const boards = (isAlone ? [address] : [address, 4]).map(windowBoard);
      const settings = { ...ledBusTimes(protocol, BAUD_RATE), boards };
      const { answers } = traitsOf(protocol, settings);
      const line = benchLine(simulator, clock, BAUD_RATE);
      const bus = new LedBus(line, clock, settings, { protocol });
      return {
        bus: stoppedByHand(bus, clock),
        boardId: `window-${address}`,
        // Texts nobody answers count as shown once they are written, also on a board that is not there.
        absentBoardId: isAlone || !answers ? null : 'window-4',
        patienceMs: 15_000,
        textShown: () => simulator.boards()[0]?.areas[0]?.text ?? null,
        ...(shownAs ? { shownAs } : {}),
        wait: clock.advance,
        close: async () => simulator.stop(),
      };
    });
  }
}

/** Closing takes time where boards have to be blanked, and this clock only moves when told to. */
function stoppedByHand(bus: LedBus, clock: HandClock): LedBusDriver {
  return {
    start: () => bus.start(),
    async stop() {
      const stopped = bus.stop();
      await clock.advance(2500);
      await stopped;
    },
    show: text => bus.show(text),
    onHealth: listener => bus.onHealth(listener),
    onShown: listener => bus.onShown(listener),
  };
}

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
