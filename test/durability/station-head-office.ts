import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The real service on a folder of its own. */
export async function startHeadOffice(folder: string) {
  const script = fileURLToPath(new URL('../../head-office/start.ts', import.meta.url));
  const child = spawn(process.execPath, [script, '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.once('exit', code => reject(new Error(`head office ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const ready = /^ready (\S+)$/m.exec(text)?.[1];
      if (ready !== undefined) resolve(ready);
    });
  });
  return {
    url,
    stop: () =>
      new Promise<void>(resolve => {
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
