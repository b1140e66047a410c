import type { CallGate } from '../queue/policy.ts';
import type { LocalText } from '../wire/fields.ts';

/** Why a ticket was called, by what chose it (CS2); `other`: a gate this program does not know. */
export const GATE_WORDS = {
  returned: { zh: '过号返回优先', en: 'Returned after a missed call' },
  // Papers complete, or put first by a transfer or the lobby manager: both take this gate.
  'parked-ready': { zh: '资料备齐或已安排最前', en: 'Ready to go on, or put first' },
  'appointment-due': { zh: '预约时间已到', en: 'Appointment is due' },
  'longest-wait': { zh: '等候超过上限优先', en: 'Waited beyond the limit' },
  ratio: { zh: '按各等级轮流比例', en: 'Turn by the ratio of classes' },
  ageing: { zh: '按等候时间与等级', en: 'By waiting time and class' },
  arrival: { zh: '按到达先后', en: 'In order of arrival' },
  'overtaking-cap': {
    zh: '有客户已被越过到上限，先叫靠前的',
    en: 'Somebody had been passed as often as allowed',
  },
  chosen: { zh: '人工指定', en: 'Chosen by the teller' },
  other: { zh: '按窗口策略', en: 'By the counter’s policy' },
} as const satisfies Record<CallGate | 'other', LocalText>;

/** The sentence about a call; `{gate}`, `{reason}`, `{count}` are filled in. */
export const CALL_WORDS = {
  nobodyPassed: { zh: '{gate}，未越过他人', en: '{gate}, nobody passed' },
  passed: { zh: '{gate}，越过 {count} 人', en: '{gate}, {count} passed' },
  withReason: { zh: '{gate}（{reason}）', en: '{gate} ({reason})' },
} as const satisfies Record<string, LocalText>;
