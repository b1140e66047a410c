import { randomUUID } from 'node:crypto';
import type { WindowCommand } from '#core/wire/commands.ts';
import { Scan } from '#core/wire/scan.ts';
import type { StationRuntime } from './runtime-contract.ts';

/**
 * A card read at a PC that is not the host: only the host has the branch's keys for customers (TK2).
 * @returns undefined when this PC is the host and does it itself
 */
export function scanAtHost(
  runtime: Pick<StationRuntime, 'forward'>,
  text: string,
): Promise<Scan> | undefined {
  const args = { number: text, source: 'reader' };
  const command = { id: randomUUID(), type: 'identify-customer', args } as WindowCommand;
  return runtime.forward('kiosk', command)?.then(answer => {
    const code = answer.ok ? 'M601' : answer.error.code;
    const scan = Scan.safeParse(
      answer.ok ? { kind: 'customer', ...answer.value } : { kind: 'refused', code },
    );
    return scan.success ? scan.data : { kind: 'refused', code };
  });
}
