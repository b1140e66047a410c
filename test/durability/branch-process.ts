import { fileURLToPath } from 'node:url';
import { appFolders } from '#main/app-folders.ts';
import { startBranch } from '#main/branch.ts';
import type { FromBranch, ToBranch } from './branch-messages.ts';

/**
 * A branch in a process of its own that can be killed at any moment. Windows speak with it over the parent's
 * message channel. Arguments: data folder, milliseconds its clock is ahead of this machine's.
 */
const [dataFolder = '', clockAheadMs = '0'] = process.argv.slice(2);
const tell = (message: FromBranch) => void process.send?.(message);
// Nobody is left to talk with: the test has ended.
process.on('disconnect', () => process.exit());

const { rendererFolder: _, ...folders } = appFolders(fileURLToPath(new URL('../..', import.meta.url)));
const started = await startBranch(
  { dataFolder, headOfficeUrl: null, ...folders },
  { now: () => Date.now() + Number(clockAheadMs) },
);
if (!started.ok) {
  process.send?.({ kind: 'refused', code: started.error.code } satisfies FromBranch, () => process.exit(1));
} else {
  const branch = started.value;
  const hear = new Map<number, (text: string) => void>();
  for (const { simulator } of branch.devices.hardware.printers) {
    let told = 0;
    simulator.onPaper(papers => {
      for (const { cut, items } of papers.slice(told)) {
        if (cut === 'none') return;
        told++;
        tell({ kind: 'paper', lines: items.flatMap(item => (item.kind === 'text' ? [item.text] : [])) });
      }
    });
  }
  process.on('message', (message: ToBranch) => {
    const { window } = message;
    if (message.kind === 'text') return hear.get(window)?.(message.text);
    const connection = {
      post: (text: string) => tell({ kind: 'text', window, text }),
      onMessage: (listener: (text: string) => void) => void hear.set(window, listener),
      onClose() {},
      close() {},
    };
    branch.servePort(connection, message.as);
  });
  tell({ kind: 'ready' });
}
