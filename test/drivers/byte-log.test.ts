import { describe, expect, it } from 'vitest';
import { fail, ok } from '#core/wire/result.ts';
import { createByteLog, tapTransport } from '#drivers/byte-log.ts';
import type { ByteTransport } from '#drivers/contract.ts';

const clock = { nowMs: () => 5, after: () => () => {} };

function line() {
  let data: (bytes: Uint8Array) => void = () => {};
  let lost: (failure: { code: 'P105' }) => void = () => {};
  const transport: ByteTransport = {
    open: async () => ok(undefined),
    write: async bytes => (bytes.length > 3 ? fail('P105') : ok(undefined)),
    close: async () => {},
    onData: listener => {
      data = listener;
    },
    onLost: listener => {
      lost = listener;
    },
  };
  return {
    transport,
    arrive: (...bytes: number[]) => data(Uint8Array.from(bytes)),
    lose: () => lost({ code: 'P105' }),
  };
}

describe('byte log', () => {
  it('[HW7] keeps what passed in both directions, with losses and refusals, and hides nothing from the driver', async () => {
    const { transport, arrive, lose } = line();
    const log = createByteLog(clock);
    const tapped = tapTransport(transport, log);
    const heard: number[] = [];
    const losses: string[] = [];
    tapped.onData(bytes => heard.push(...bytes));
    tapped.onLost(({ code }) => losses.push(code));
    await tapped.open();
    expect((await tapped.write(Uint8Array.of(0x1b, 0x40))).ok).toBe(true);
    expect((await tapped.write(new Uint8Array(4))).ok).toBe(false);
    arrive(0x12);
    lose();
    await tapped.close();
    expect(log.lines().map(({ kind, text, byteCount }) => [kind, text, byteCount])).toEqual([
      ['opened', '', 0],
      ['out', '1B 40', 2],
      ['out', '00 00 00 00', 4],
      ['refused', 'P105', 0],
      ['in', '12', 1],
      ['lost', 'P105', 0],
      ['closed', '', 0],
    ]);
    expect(heard).toEqual([0x12]);
    expect(losses).toEqual(['P105']);
  });

  it('[HW7] keeps the newest lines and cuts long writes, telling how long they were', () => {
    const log = createByteLog(clock, 3);
    for (let byte = 0; byte < 5; byte++) log.add('out', Uint8Array.of(byte));
    log.add('out', new Uint8Array(500));
    expect(log.lines().map(({ number }) => number)).toEqual([4, 5, 6]);
    expect(log.lines()[2]).toMatchObject({ byteCount: 500, text: Array(96).fill('00').join(' ') });
  });
});
