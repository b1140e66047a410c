import type { CommandAnswer, WindowCommand, WindowCommandType } from './commands.ts';
import type { AudioOutputs, BenchOrder } from './port-messages.ts';
import type { Result } from './result.ts';
import type { Scan } from './scan.ts';
import type { View, ViewArgs, ViewName } from './views.ts';

/** A view as it arrived, with the host's clock at that moment. */
export interface ViewUpdate<V extends ViewName> {
  readonly value: View<V>;
  readonly version: number;
  readonly now: number;
}

export type LinkState = 'connecting' | 'connected' | 'lost';

/**
 * The one way a window, a station or a test speaks with the branch. Its carriers (in process, Electron IPC,
 * WebSocket) move messages and know nothing of their meaning.
 */
export interface BranchPort {
  /** Resolves with the host's answer. A retry must carry the same `id`: it has one effect. */
  send<T extends WindowCommandType>(command: WindowCommand<T>): Promise<Result<CommandAnswer<T>>>;
  /** Calls `listener` with the whole view at once and after each change, until the returned function is called. */
  subscribe<V extends ViewName>(
    view: V,
    args: ViewArgs,
    session: string | undefined,
    listener: (update: Result<ViewUpdate<V>>) => void,
  ): () => void;
  /** Reports the state of the link now and after each change. */
  onLink(listener: (state: LinkState) => void): () => void;
  reportAnnouncementPlayed(id: string, played: boolean, reason?: 'no-speech'): void;
  /** The sound outputs of this PC; said again by itself after every new link. */
  reportAudioOutputs(report: AudioOutputs): void;
  sendBenchOrder(order: BenchOrder): void;
  /** Calls `listener` with what a reader of this PC has read for this window, until the returned function is called. */
  onScan(listener: (scan: Scan) => void): () => void;
}

/** What a carrier offers: messages as JSON text, in order, until it closes. */
export interface MessageConnection {
  post(message: string): void;
  onMessage(listener: (message: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
