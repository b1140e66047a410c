import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endProcess } from './pseudo-terminals.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface HeadOfficeProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the head-office service as `npm run head-office` does, with its data in `dataFolder`. */
export async function startHeadOffice(dataFolder: string, port: number): Promise<HeadOfficeProcess> {
  const child = spawn(
    process.execPath,
    ['head-office/start.ts', '--port', String(port), '--data', dataFolder],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await readyAddress(child);
  return { url, stop: () => endProcess(child) };
}

function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      const url = /ready (http:\S+)/.exec(printed)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', code =>
      reject(new Error(`head office ended with ${code} before it was ready:\n${printed}`)),
    );
  });
}
