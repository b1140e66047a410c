import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parsePrinterFault } from '#drivers/printer/simulator/fault-name.ts';
import { createTcpPrinterDriver } from '#drivers/printer/tcp-printer-driver.ts';
import { readDeviceArguments } from '#main/cli/device/device-arguments.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';

const PROGRAM = fileURLToPath(new URL('../../../src-main/cli/device.ts', import.meta.url));
const PATIENCE_MS = 30_000;
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts the program on a free port and waits until it tells its address. */
async function startDevice(...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: 'pipe' });
  running.push(child);
  const told: string[] = [];
  createInterface({ input: child.stdout }).on('line', line => told.push(line));
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', line => said.push(line));
  const ended = new Promise<number | null>(resolve => child.on('close', code => resolve(code)));
  const port = () => Number(/127\.0\.0\.1:(\d+)/.exec(said.join('\n'))?.[1]);
  return { told, said, ended, port, type: (line: string) => child.stdin.write(`${line}\n`) };
}

describe('npm run device', () => {
  it('[HW1] a printer alone prints what a driver sends, breaks down when told to and recovers', async () => {
    const device = await startDevice('printer', '--port', '0');
    await vi.waitFor(() => expect(device.port()).toBeGreaterThan(0), PATIENCE_MS);
    const driver = createTcpPrinterDriver({ host: '127.0.0.1', port: device.port() }, REAL_CLOCK);
    const healths: (string | null)[] = [];
    driver.onHealth(({ code }) => healths.push(code));
    driver.start();
    const line = { kind: 'text', text: 'A023 个人现金', size: 1, align: 'left', bold: false } as const;
    driver.print({ jobId: 'job-1', paper: { lines: [line] } });
    await vi.waitFor(() => expect(device.told.join('\n')).toContain('A023 个人现金'), PATIENCE_MS);
    device.type('fault paper-out');
    await vi.waitFor(() => expect(healths).toContain('P101'), PATIENCE_MS);
    device.type('repair');
    await vi.waitFor(() => expect(healths.at(-1)).toBe(null), PATIENCE_MS);
    await driver.stop();
    device.type('quit');
    expect(await device.ended).toBe(0);
  }, 120_000);

  it('[HW1] boards alone hang on a TCP port; a fault nobody knows is refused in words', async () => {
    const device = await startDevice('boards', '--port', '0', '--addresses', '3,7');
    await vi.waitFor(() => expect(device.port()).toBeGreaterThan(0), PATIENCE_MS);
    device.type('fault flood');
    await vi.waitFor(() => expect(device.said.join('\n')).toContain('dead[@address]'), PATIENCE_MS);
    // Onbon: 64×16 pixels, area 0, `A001` on screen 3 (hardware-protocols 4.4, vector 5).
    const frame =
      'A5A5A5A5A5A5A5A5 0300 0080 00000000 0000 FE 02 2800 A306 01 0000 00 01 1F00 00 0080 0000 4080 1000 00 00 00 0000' +
      '00 00 00 01 01 01 00 00 00 04000000 41303031 9272 5A';
    const socket = connect(device.port(), '127.0.0.1');
    socket.write(Buffer.from(frame.replaceAll(' ', ''), 'hex'));
    await vi.waitFor(() => expect(device.told).toEqual(['3: A001']), PATIENCE_MS);
    socket.destroy();
  }, 60_000);

  it.each([
    ['keypad', ['--profile', 'serial-aa55'], '3', 'aa550302'],
    ['reader', [], '6222020000000000018', Buffer.from('6222020000000000018\r\n').toString('hex')],
  ])(
    '[HW1] a %s alone sends what is done to it',
    async (family, args, deed, hex) => {
      const device = await startDevice(family, '--port', '0', ...args);
      await vi.waitFor(() => expect(device.port()).toBeGreaterThan(0), PATIENCE_MS);
      const socket = connect(device.port(), '127.0.0.1');
      let heard = '';
      socket.on('data', bytes => {
        heard += bytes.toString('hex');
      });
      // Until the line is taken, what is done at the device is lost, as with a real one.
      await vi.waitFor(() => {
        device.type(deed);
        expect(heard).toContain(hex);
      }, PATIENCE_MS);
      socket.destroy();
    },
    60_000,
  );

  it('[HW6] a publisher alone tells its address; a profile and a protocol nobody knows are refused', async () => {
    const publisher = await startDevice('publisher', '--port', '0');
    await vi.waitFor(() => expect(publisher.said.join()).toContain('/xfs4iot/v1.0'), PATIENCE_MS);
    const keypad = await startDevice('keypad', '--port', '0', '--profile', 'numpad');
    expect(await keypad.ended).toBe(1);
    const boards = await startDevice('boards', '--port', '0', '--protocol', 'nothing');
    expect(await boards.ended).toBe(1);
    expect(keypad.said.join() + boards.said.join()).toMatch(/K306.*L208/);
  }, 60_000);

  it.each([
    [['printer'], { family: 'printer', line: { kind: 'tcp', port: 9100 }, fault: null }],
    [
      ['printer', '--port', '9100', '--fault', 'paper-out-at-line=7'],
      { line: { kind: 'tcp', port: 9100 }, fault: 'paper-out-at-line=7' },
    ],
    [['boards', '--addresses', '1,2,12'], { addresses: [1, 2, 12] }],
    [
      ['boards', '--serial', 'COM3', '--baud', '57600'],
      { line: { kind: 'serial', path: 'COM3', baudRate: 57_600 } },
    ],
  ])('reads %j', (args, expected) => {
    expect(readDeviceArguments(args)).toMatchObject(expected);
  });

  it.each([
    [[]],
    [['toaster']],
    [['printer', 'boards']],
    [['printer', '--port', '70000']],
    [['printer', '--port', '-1']],
    [['printer', '--serial', 'COM3']],
    [['boards', '--serial', 'COM3', '--port', '5005']],
    [['boards', '--serial', '']],
    [['boards', '--baud', '9600']],
    [['boards', '--addresses', '1,1']],
    [['boards', '--addresses', '0']],
    [['boards', '--adresses', '1']],
  ])('refuses %j', args => {
    expect(readDeviceArguments(args)).toBeNull();
  });

  it.each([
    ['paper-out-at-line=7', { kind: 'paper-out', afterLines: 6 }],
    ['paper-out', { kind: 'paper-out', afterLines: 0 }],
    ['slow=200', { kind: 'slow', lineMs: 200 }],
    ['paper-out=3', null],
    ['slow', null],
    ['slow=', null],
    ['slow=1=2', null],
    ['slow=-1', null],
    ['toString', null],
    ['', null],
  ])('[HW1] the printer fault %j', (text, fault) => {
    expect(parsePrinterFault(text)).toEqual(fault);
  });
});
