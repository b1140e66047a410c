import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Failure } from '#core/wire/result.ts';
import type { ByteTransport } from '#drivers/contract.ts';
import { createUsbLpTransport, type UsbLpFile } from '#drivers/printer/usb-lp-transport.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { createHandClock, settle } from '../hand-clock.ts';

class SystemError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A device file whose every read and write is decided by the test. */
function scriptedFile() {
  const script = {
    /** What the next reads give: bytes or an error; EAGAIN when nothing is left. */
    reads: [] as (Uint8Array | string)[],
    /** How many bytes the next writes take, or their error; all bytes when nothing is left. */
    writes: [] as (number | string)[],
    written: [] as number[],
    closed: 0,
  };
  const read = async (buffer: Uint8Array) => {
    const next = script.reads.shift() ?? 'EAGAIN';
    if (typeof next === 'string') throw new SystemError(next);
    buffer.set(next);
    return { bytesRead: next.length, buffer };
  };
  const write = async (bytes: Uint8Array) => {
    const next = script.writes.shift() ?? bytes.length;
    if (typeof next === 'string') throw new SystemError(next);
    script.written.push(...bytes.subarray(0, next));
    return { bytesWritten: next, buffer: bytes };
  };
  const close = async () => {
    script.closed += 1;
  };
  return { script, file: { read, write, close } as unknown as UsbLpFile };
}

function setUp() {
  const clock = createHandClock();
  const { script, file } = scriptedFile();
  const openings: string[] = [];
  const refuse: { code: string | null } = { code: null };
  const transport = createUsbLpTransport('/dev/usb/lp0', clock, async path => {
    openings.push(path);
    if (refuse.code !== null) throw new SystemError(refuse.code);
    return file;
  });
  const heard: number[] = [];
  const losses: Failure[] = [];
  transport.onData(bytes => heard.push(...bytes));
  transport.onLost(failure => losses.push(failure));
  return { clock, script, transport, heard, losses, openings, refuse };
}

describe('USB printer through usblp', () => {
  it('[HW2] an answer that comes late and in pieces is heard, 50 ms between reads', async () => {
    const { clock, script, transport, heard } = setUp();
    await transport.open();
    await clock.advance(100);
    expect(heard).toEqual([]);
    script.reads.push(Uint8Array.of(0x37, 0x22), 'EAGAIN', Uint8Array.of(0x30));
    await clock.advance(50);
    expect(heard).toEqual([0x37, 0x22]);
    await clock.advance(100);
    expect(heard).toEqual([0x37, 0x22, 0x30]);
  });

  it('[HW2] a write goes on where the kernel took no more, and the next one waits for it', async () => {
    const { clock, script, transport } = setUp();
    await transport.open();
    script.writes.push(2, 'EAGAIN', 'EAGAIN', 0, 1);
    const first = transport.write(Uint8Array.of(1, 2, 3, 4));
    const second = transport.write(Uint8Array.of(9));
    await clock.advance(30);
    expect(script.written).toEqual([1, 2]);
    await clock.advance(100);
    expect([await first, await second].map(({ ok }) => ok)).toEqual([true, true]);
    expect(script.written).toEqual([1, 2, 3, 4, 9]);
  });

  it.each(['ENODEV', 'EIO'])(
    '[HW2] pulled out (%s): told once with P105, closed, and opened again',
    async code => {
      const { clock, script, transport, losses, openings } = setUp();
      await transport.open();
      script.reads.push(code);
      await clock.advance(50);
      expect(losses).toEqual([{ code: 'P105', facts: { path: '/dev/usb/lp0' } }]);
      expect(script.closed).toBe(1);
      expect(await transport.write(Uint8Array.of(1))).toMatchObject({ error: { facts: { bytesTaken: 0 } } });
      await clock.advance(10_000);
      expect(losses).toHaveLength(1);
      expect((await transport.open()).ok).toBe(true);
      expect(openings).toHaveLength(2);
    },
  );

  it('[HW2] pulled out in mid-write: only a write without its first byte says that nothing left', async () => {
    const first = setUp();
    await first.transport.open();
    first.script.writes.push('ENODEV');
    expect(await first.transport.write(Uint8Array.of(1))).toMatchObject({
      error: { facts: { bytesTaken: 0 } },
    });
    const second = setUp();
    await second.transport.open();
    second.script.writes.push(1, 'ENODEV');
    const written = await second.transport.write(Uint8Array.of(1, 2));
    expect(written).toEqual({ ok: false, error: { code: 'P105', facts: { path: '/dev/usb/lp0' } } });
  });

  it('[HW2] closing ends a write that waits for room; that is no loss', async () => {
    const { clock, script, transport, losses } = setUp();
    await transport.open();
    script.writes.push(1, ...Array.from({ length: 50 }, () => 'EAGAIN'));
    const writing = transport.write(Uint8Array.of(1, 2));
    await clock.advance(100);
    await transport.close();
    expect((await writing).ok).toBe(false);
    expect(script.closed).toBe(1);
    expect(losses).toEqual([]);
  });

  it('[HW2] a printer without a way back is still written to', async () => {
    const { clock, script, transport, losses } = setUp();
    script.reads.push('EINVAL');
    await transport.open();
    await clock.advance(1_000);
    expect((await transport.write(Uint8Array.of(7))).ok).toBe(true);
    expect(losses).toEqual([]);
  });

  it.each([
    ['ENOENT', 'P105'],
    ['ENODEV', 'P105'],
    ['EACCES', 'P114'],
    ['EBUSY', 'P114'],
  ])('[HW2] opening refused with %s is %s', async (system, code) => {
    const { transport, refuse } = setUp();
    refuse.code = system;
    expect(await transport.open()).toEqual({ ok: false, error: { code, facts: { path: '/dev/usb/lp0' } } });
  });

  it('[HW2] closed while it opens: the file is let go', async () => {
    const { script, transport } = setUp();
    const opening = transport.open();
    await transport.close();
    expect((await opening).ok).toBe(false);
    await settle();
    expect(script.closed).toBe(1);
  });
});

/** A named pipe refuses reads and writes with EAGAIN as the device does; what is written comes back. */
const noPipes = process.platform === 'win32';

describe.skipIf(noPipes)(`on a real file that never waits${noPipes ? ' (no named pipes here)' : ''}`, () => {
  let folder: string | null = null;
  let transport: ByteTransport | null = null;
  afterEach(async () => {
    await transport?.close();
    if (folder !== null) rmSync(folder, { recursive: true });
  });

  it('[HW2] more bytes than the kernel takes at once all go through, in order', async () => {
    folder = mkdtempSync(join(tmpdir(), 'foyer-lp-'));
    const path = join(folder, 'lp0');
    execFileSync('mkfifo', [path]);
    transport = createUsbLpTransport(path, REAL_CLOCK);
    const sent = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) & 0xff);
    const heard: Uint8Array[] = [];
    let heardBytes = 0;
    const whole = new Promise<void>(resolve =>
      transport?.onData(bytes => {
        heard.push(bytes);
        heardBytes += bytes.length;
        if (heardBytes >= sent.length) resolve();
      }),
    );
    expect((await transport.open()).ok).toBe(true);
    expect((await transport.write(sent)).ok).toBe(true);
    await whole;
    expect(Buffer.concat(heard).equals(Buffer.from(sent))).toBe(true);
  });
});
