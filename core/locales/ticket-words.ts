import type { LocalText } from '../wire/fields.ts';

/** The fixed words of a ticket, Chinese first (TK7). */
export const TICKET_WORDS = {
  ahead: { zh: '前面等候 {ahead} 人', en: '{ahead} waiting ahead' },
  estimate: { zh: '预计等候 {from}–{to} 分钟', en: 'about {from}–{to} minutes' },
  noEstimate: { zh: '窗口开放后依次办理', en: 'Windows will open shortly' },
  bring: { zh: '请备好:', en: 'Please bring:' },
  practice: { zh: '【练习】不办理业务', en: '[Practice] No service' },
  appointment: { zh: '预约时间 {time}', en: 'Appointment at {time}' },
  reprint: { zh: '【补打】', en: '[Reprint]' },
  kept: {
    zh: '网络恢复后继续叫号,号码有效',
    en: 'Calls resume when the network is back; your number is valid',
  },
  scan: { zh: '扫码查看排队进度', en: 'Scan to follow the queue' },
} as const satisfies Record<string, LocalText>;
