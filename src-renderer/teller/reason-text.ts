import type { TFunction } from 'i18next';

const KNOWN_GATES = ['returned', 'arrival'];

/**
 * CS2: why this ticket, in one sentence: the gate that chose it and how many were passed.
 * @param t the words of the teller screen
 */
export function reasonText(
  t: TFunction<'teller'>,
  { gate, passedCount }: { readonly gate: string; readonly passedCount: number },
): string {
  return t('bar.why', {
    gate: t(`gate.${KNOWN_GATES.includes(gate) ? gate : 'other'}`),
    passed: passedCount === 0 ? t('bar.passedNone') : t('bar.passed', { count: passedCount }),
  });
}
