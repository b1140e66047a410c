import type { LocalText } from '../wire/fields.ts';

/** Texts of a bank document written before it had its own. */
export const SERVING_TEXT_DEFAULTS = {
  sayingCashIn: { zh: '收您现金,请您核对', en: 'I have received your cash, please check the amount' },
  sayingCashOut: { zh: '付您现金,请您点清', en: 'Here is your cash, please count it' },
  boardBusy: { zh: '办理中', en: 'In service' },
  oneMetreLine: {
    zh: '请在一米线外等候,谢谢配合。',
    en: 'Please wait behind the one-metre line. Thank you.',
  },
} as const satisfies Record<string, LocalText>;
