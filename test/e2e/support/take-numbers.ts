import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { type HostMessage, PORT_PROTOCOL_VERSION } from '#core/wire/port-messages.ts';

/** Takes numbers as a kiosk does, without one: for screens that need people in the hall. Resolves when all are issued. */
export function takeNumbers(url: string, businessId: string, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}port`);
    let answers = 0;
    const post = (message: object) => socket.send(JSON.stringify(message));
    socket.on('error', reject);
    socket.on('open', () => {
      post({ kind: 'hello', protocol: PORT_PROTOCOL_VERSION, window: 'kiosk' });
      const args = { businessId, language: 'zh', largeType: false };
      for (let n = 0; n < count; n++)
        post({ kind: 'command', command: { id: randomUUID(), type: 'issue-ticket', args } });
    });
    socket.on('message', data => {
      const message = JSON.parse(String(data)) as HostMessage;
      if (message.kind !== 'answer') return;
      if (message.error) reject(new Error(`no number: ${message.error.code}`));
      if (++answers < count) return;
      socket.close();
      resolve();
    });
  });
}
