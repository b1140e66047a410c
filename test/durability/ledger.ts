import type { WindowCommand } from '#core/wire/commands.ts';
import { canonicalJson } from '#core/wire/event-chain.ts';
import type { Failure, Result } from '#core/wire/result.ts';

/** A command that was answered, as its sender remembers it. */
export interface Acknowledged {
  readonly command: WindowCommand;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What the windows were promised, across all lives of a branch. */
export interface Ledger {
  /** Answers heard so far, also refusals and answers to retries. */
  answers(): number;
  /** Accepted commands, oldest first. */
  readonly acknowledged: readonly Acknowledged[];
  /** How often each refusal was answered. */
  readonly refusals: ReadonlyMap<string, number>;
  /** Answers that differ from the first one under the same id. */
  readonly differences: readonly string[];
  record(command: WindowCommand, answer: Result<unknown>): void;
  /** An acknowledged command was sent again under its id. */
  compare(first: Acknowledged, again: Result<unknown>): void;
}

export function createLedger(): Ledger {
  const acknowledged: Acknowledged[] = [];
  const refusals = new Map<string, number>();
  const differences: string[] = [];
  let answers = 0;
  const refuse = ({ code }: Failure) => void refusals.set(code, (refusals.get(code) ?? 0) + 1);
  return {
    answers: () => answers,
    acknowledged,
    refusals,
    differences,
    record(command, answer) {
      answers++;
      if (answer.ok) acknowledged.push({ command, value: answer.value as Acknowledged['value'] });
      else refuse(answer.error);
    },
    compare({ command, value }, again) {
      answers++;
      const second = again.ok ? canonicalJson(again.value) : again.error.code;
      if (second !== canonicalJson(value))
        differences.push(`${command.type} ${command.id}: ${canonicalJson(value)}, later ${second}`);
    },
  };
}
