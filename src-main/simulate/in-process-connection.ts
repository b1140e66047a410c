import type { MessageConnection } from '#core/wire/branch-port.ts';

/** Two ends of a connection inside one program: what is posted at one is heard at the other, in order, a moment later. */
export function connectInProcess(): readonly [MessageConnection, MessageConnection] {
  const hear: [(message: string) => void, (message: string) => void] = [() => {}, () => {}];
  const closed: (() => void)[] = [];
  let isOpen = true;

  const end = (mine: 0 | 1): MessageConnection => ({
    post(message) {
      queueMicrotask(() => {
        if (isOpen) hear[mine === 0 ? 1 : 0](message);
      });
    },
    onMessage(listener) {
      hear[mine] = listener;
    },
    onClose: listener => void closed.push(listener),
    close() {
      if (!isOpen) return;
      isOpen = false;
      for (const listener of closed) listener();
    },
  });
  return [end(0), end(1)];
}
