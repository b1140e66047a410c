import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Two ends of a serial line made by the operating system: what is written into one comes out of the other. */
export interface PseudoTerminals {
  readonly hostEnd: string;
  readonly deviceEnd: string;
  stop(): Promise<void>;
}

/** Makes a pair with socat in `folder`; rejects when socat is not installed or does not start. */
export async function openPseudoTerminals(folder: string): Promise<PseudoTerminals> {
  const hostEnd = join(folder, 'host-end');
  const deviceEnd = join(folder, 'device-end');
  const socat = spawn('socat', [`pty,raw,echo=0,link=${hostEnd}`, `pty,raw,echo=0,link=${deviceEnd}`]);
  const failed = new Promise<never>((_, reject) => socat.once('error', reject));
  await Promise.race([failed, waitForFiles([hostEnd, deviceEnd])]);
  return { hostEnd, deviceEnd, stop: () => endProcess(socat) };
}

async function waitForFiles(files: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (files.every(existsSync)) return;
    await sleep(50);
  }
  throw new Error('socat made no pseudo-terminals');
}

/** Ends a process we started and waits until it is gone. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(forced);
}
