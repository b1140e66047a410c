import { createServer } from 'node:net';
import { openJournal } from '#main/journal/open-journal.ts';

/**
 * The standby of `measure-paired.ts`, in a process of its own: stores every batch it is sent, a line of JSON each, and
 * says how far it is when that is on disk. Arguments: data folder, migrations, branch. Prints its port.
 */
const [folder = '', migrationsFolder = '', branch = ''] = process.argv.slice(2);
const opened = openJournal({ folder, migrationsFolder, branch, epoch: 1, now: Date.now });
if (!opened.ok) throw new Error(opened.error.code);
const journal = opened.value;

const server = createServer(socket => {
  socket.setNoDelay(true);
  let heard = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    heard += text;
    // The host sends the next one only when it has heard of this one.
    if (!heard.endsWith('\n')) return;
    const stored = journal.appendBatches([JSON.parse(heard)]);
    heard = '';
    if (!stored.ok) throw new Error(JSON.stringify(stored.error));
    socket.write(`${journal.last().seq}\n`);
  });
  socket.on('close', () => {
    server.close();
    journal.close();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`${address.port}\n`);
});
