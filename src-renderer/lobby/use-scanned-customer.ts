import { useState } from 'react';
import { isAppointmentCode } from '#core/arrival/medium.ts';
import type { CommandAnswer } from '#core/wire/commands.ts';
import { ERROR_CODES, type ErrorCode } from '#core/wire/error-codes.ts';
import type { Failure } from '#core/wire/result.ts';
import type { Scan } from '#core/wire/scan.ts';
import { useCommand } from '../kit/hooks.ts';
import { useReader } from '../kit/use-reader.ts';
import { useScan } from '../kit/use-scan.ts';

type Identified = CommandAnswer<'identify-customer'>;

export interface ScannedCustomer {
  /** Whose card was read last; null: nobody's. */
  readonly who: Identified | null;
  /** Why the last reading was of no use. */
  readonly problem: Failure | null;
  forget(): void;
}

/**
 * TK2: the customer whose card the lobby manager holds to a reader, typing or on a line, while a dialog is open.
 * @param onCode a code of an appointment was read (TK8)
 * @param onRead anything was read: what a reader typed into a field is to be cleared
 */
export function useScannedCustomer(onCode: (code: string) => void, onRead: () => void): ScannedCustomer {
  const { run } = useCommand();
  const [who, setWho] = useState<Identified | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);

  const take = (scan: Scan) => {
    onRead();
    setProblem(null);
    if (scan.kind === 'customer') setWho(scan);
    else if (scan.kind === 'appointment') onCode(scan.code);
    else setProblem({ code: scan.kind === 'refused' ? knownCode(scan.code) : 'T843' });
  };
  const identify = async (number: string) => {
    const result = await run('identify-customer', { number, source: 'reader' });
    take(result.ok ? { kind: 'customer', ...result.value } : { kind: 'refused', code: result.error.code });
  };

  useScan(take);
  useReader(text => {
    if (isAppointmentCode(text)) take({ kind: 'appointment', code: text });
    else void identify(text);
  }, 'end');
  return {
    who,
    problem,
    forget() {
      setWho(null);
      setProblem(null);
    },
  };
}

function knownCode(code: string): ErrorCode {
  return Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'T843';
}
