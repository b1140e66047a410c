import { describe, expect, it } from 'vitest';
import type { MessageConnection } from '#core/wire/branch-port.ts';
import { ok } from '#core/wire/result.ts';
import type { StationMessage } from '#main/link/link-connection.ts';
import {
  type AllowedWindows,
  carryWindows,
  serveWindows,
  type WindowPart,
} from '#main/link/window-channels.ts';

/** Two ends of a link without the network between them; messages arrive at once. */
function wire() {
  const closers = new Set<() => void>();
  const sent: StationMessage[] = [];
  let atHost: (message: WindowPart) => void = () => {};
  let atPc: (message: WindowPart) => void = () => {};
  const end = (take: () => (message: WindowPart) => void) => ({
    send(message: StationMessage) {
      sent.push(message);
      if (message.kind === 'window') take()(message);
      return ok(undefined);
    },
    onClose: (listener: (code: null) => void) => void closers.add(() => listener(null)),
  });
  const served: {
    connection: MessageConnection;
    allowed: AllowedWindows;
    heard: string[];
    closed: number;
  }[] = [];
  const carrier = carryWindows(end(() => atHost));
  atPc = carrier.take;
  atHost = serveWindows(
    end(() => atPc),
    (connection, allowed) => {
      const one = { connection, allowed, heard: [] as string[], closed: 0 };
      connection.onMessage(text => one.heard.push(text));
      connection.onClose(() => {
        one.closed += 1;
      });
      served.push(one);
    },
  );
  return { carrier, served, sent, cut: () => closers.forEach(close => void close()), toHost: atHost };
}

describe('windows of another PC', () => {
  it('each has its own connection, and messages of one never reach another', () => {
    const { carrier, served } = wire();
    const [teller, board] = [carrier.open(['teller']), carrier.open(null)];
    const heard: string[] = [];
    teller.onMessage(text => heard.push(`teller ${text}`));
    board.onMessage(text => heard.push(`board ${text}`));
    teller.post('one');
    board.post('two');
    served[0]?.connection.post('three');
    served[1]?.connection.post('四');
    expect(served.map(({ allowed, heard: texts }) => [allowed, texts])).toEqual([
      [['teller'], ['one']],
      [null, ['two']],
    ]);
    expect(heard).toEqual(['teller three', 'board 四']);
  });

  it('a close of either side is told once, and nothing follows it', () => {
    const { carrier, served, sent } = wire();
    const window = carrier.open(null);
    let closed = 0;
    window.onClose(() => {
      closed += 1;
    });
    window.close();
    window.close();
    window.post('late');
    served[0]?.connection.post('late');
    expect([closed, served[0]?.closed, served[0]?.heard]).toEqual([1, 1, []]);
    expect(sent.map(message => message.kind === 'window' && message.part)).toEqual(['open', 'close']);
  });

  it('the end of the link closes every window on both sides', () => {
    const { carrier, served, cut } = wire();
    let closed = 0;
    for (let n = 0; n < 3; n += 1)
      carrier.open(null).onClose(() => {
        closed += 1;
      });
    cut();
    expect([closed, served.map(one => one.closed)]).toEqual([3, [1, 1, 1]]);
  });

  it('a window opened when the link is gone learns it', async () => {
    const { carrier, cut } = wire();
    cut();
    const window = carrier.open(null);
    await new Promise<void>(resolve => window.onClose(resolve));
  });

  it('a number used twice, an unknown number and too many windows have no effect', () => {
    const { served, sent, toHost } = wire();
    toHost({ kind: 'window', part: 'message', window: 9, text: 'x' });
    toHost({ kind: 'window', part: 'close', window: 9 });
    for (let window = 1; window <= 70; window += 1)
      toHost({ kind: 'window', part: 'open', window, allowed: null });
    toHost({ kind: 'window', part: 'open', window: 1, allowed: null });
    expect(served).toHaveLength(64);
    expect(sent.filter(message => message.kind === 'window' && message.part === 'close')).toHaveLength(7);
  });
});
