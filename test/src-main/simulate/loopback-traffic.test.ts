import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { watchLoopbackTraffic } from '#main/simulate/loopback-traffic.ts';
import { settle } from '#main/simulate/settle.ts';

test('traffic is not quiet from the first byte sent to the last one read, nor while connecting or closing', async () => {
  const traffic = watchLoopbackTraffic();
  onTestFinished(traffic.stop);
  const taken: Socket[] = [];
  const server = createServer(socket => taken.push(socket.on('error', () => {})));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  expect(traffic.isQuiet()).toBe(true);

  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  expect(traffic.isQuiet()).toBe(false);
  await settle(traffic.isQuiet);
  expect(taken).toHaveLength(1);

  // More than the system's buffers hold: the end comes only as fast as it is read.
  client.write(Buffer.alloc(8_000_000));
  await new Promise(resolve => setImmediate(resolve));
  expect(traffic.isQuiet()).toBe(false);
  let read = 0;
  taken[0]?.on('data', bytes => {
    read += bytes.length;
  });
  await settle(traffic.isQuiet);
  expect(read).toBe(8_000_000);

  client.resume();
  taken[0]?.write('answer');
  expect(traffic.isQuiet()).toBe(false);
  await settle(traffic.isQuiet);
  expect(client.bytesRead).toBe(6);

  taken[0]?.destroy();
  await settle(traffic.isQuiet);
  expect(client.destroyed).toBe(true);
});
