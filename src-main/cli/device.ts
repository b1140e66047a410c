import { createInterface } from 'node:readline';
import { ok, type Result } from '#core/wire/result.ts';
import { REAL_CLOCK } from '../devices/real-clock.ts';
import { fill } from '../simulate/day-lines.ts';
import { type DeviceArguments, readDeviceArguments } from './device/device-arguments.ts';
import { DEVICE_TEXTS, type DeviceTexts } from './device/device-texts.ts';
import type { StandAloneDevice, Tell } from './device/stand-alone.ts';
import { protocolNamed, startStandAloneBoards } from './device/stand-alone-boards.ts';
import { startStandAloneKeypad } from './device/stand-alone-keypad.ts';
import { startStandAlonePrinter } from './device/stand-alone-printer.ts';
import { startStandAlonePublisher } from './device/stand-alone-publisher.ts';
import { startStandAloneReader } from './device/stand-alone-reader.ts';

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
  const started = await startDevice(asked, line => console.log(line)).catch((error: NodeJS.ErrnoException) =>
    String(error.code ?? error.message),
  );
  if (typeof started === 'string' || !started.ok) {
    const reason = typeof started === 'string' ? started : started.error.code;
    say(texts => fill(texts.cannotStart, { reason }));
    return 1;
  }
  const device = started.value;
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

async function startDevice(
  { family, line, addresses, protocol, profile }: DeviceArguments,
  tell: Tell,
): Promise<Result<StandAloneDevice>> {
  const port = line.kind === 'tcp' ? line.port : 0;
  switch (family) {
    case 'printer':
      return ok(await startStandAlonePrinter(port, REAL_CLOCK, tell));
    case 'publisher':
      return ok(await startStandAlonePublisher(port, REAL_CLOCK, tell));
    case 'boards':
      return startStandAloneBoards(protocolNamed(protocol), line, addresses, REAL_CLOCK, tell);
    case 'keypad':
      return startStandAloneKeypad(profile, line, REAL_CLOCK, tell);
    case 'reader':
      return ok(await startStandAloneReader(line, REAL_CLOCK));
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
