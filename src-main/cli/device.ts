import { createInterface } from 'node:readline';
import { REAL_CLOCK } from '../devices/real-clock.ts';
import { fill } from '../simulate/day-lines.ts';
import { type DeviceArguments, readDeviceArguments } from './device/device-arguments.ts';
import { DEVICE_TEXTS, type DeviceTexts } from './device/device-texts.ts';
import type { StandAloneDevice, Tell } from './device/stand-alone.ts';
import { startStandAloneBoards } from './device/stand-alone-boards.ts';
import { startStandAlonePrinter } from './device/stand-alone-printer.ts';

/**
 * `device FAMILY [--port N | --serial PATH] [--fault FAULT]`: one simulated device that speaks the real bytes, without
 * the program: for drivers under work, for support and for training. It tells what it prints, shows and is asked, and
 * takes deeds from standard input: `fault NAME`, `repair`, `quit`, or what a person does at it.
 * Exit code 0: ended as asked. 1: the port cannot be had. 2: wrong arguments.
 */
async function main(args: readonly string[]): Promise<number> {
  const asked = readDeviceArguments(args);
  if (asked === null) {
    say(texts => texts.usage);
    return 2;
  }
  let device: StandAloneDevice;
  try {
    device = await startDevice(asked, line => console.log(line));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    say(texts => fill(texts.cannotStart, { reason }));
    return 1;
  }
  const fault = asked.fault;
  if (fault !== null && !device.setFault(fault)) {
    say(texts => fill(texts.unknownFault, { fault }));
    say(texts => fill(texts.faults, { faults: device.faultNames.join(' ') }));
    await device.stop();
    return 2;
  }
  say(texts => fill(texts.ready, { address: device.address }));
  say(texts => texts.deeds);
  await untilEnd(device);
  await device.stop();
  return 0;
}

function startDevice({ family, line, addresses }: DeviceArguments, tell: Tell): Promise<StandAloneDevice> {
  switch (family) {
    case 'boards':
      return startStandAloneBoards(line, addresses, REAL_CLOCK, tell);
    default:
      return startStandAlonePrinter(line.kind === 'tcp' ? line.port : 0, REAL_CLOCK, tell);
  }
}

/** Obeys standard input until `quit` or a signal; the end of input alone ends nothing, so it runs in the background too. */
function untilEnd(device: StandAloneDevice): Promise<void> {
  const input = createInterface({ input: process.stdin });
  return new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    input.on('line', line => {
      const deed = line.trim();
      if (deed === 'quit') resolve();
      else if (deed !== '') obey(device, deed);
    });
  }).finally(() => input.close());
}

function obey(device: StandAloneDevice, deed: string): void {
  if (deed === 'repair') {
    device.setFault(null);
    return;
  }
  const fault = /^fault (.+)$/.exec(deed)?.[1];
  if (fault === undefined) {
    if (!device.use(deed)) say(texts => fill(texts.unknownDeed, { deed }));
  } else if (!device.setFault(fault)) {
    say(texts => fill(texts.unknownFault, { fault }));
    say(texts => fill(texts.faults, { faults: device.faultNames.join(' ') }));
  }
}

/** To standard error, so that standard output carries only what the device did. */
function say(sentenceOf: (texts: DeviceTexts) => string): void {
  console.error(sentenceOf(DEVICE_TEXTS.zh));
  console.error(sentenceOf(DEVICE_TEXTS.en));
}

process.exitCode = await main(process.argv.slice(2));
