import type { LocalText } from '#core/wire/fields.ts';

/** The words of the progress page (TK11), Chinese first. `{number}`, `{counter}`, … are filled in. */
export const PROGRESS_WORDS = {
  title: { zh: '排队进度', en: 'Queue progress' },
  yourNumber: { zh: '您的号码', en: 'Your number' },
  waiting: { zh: '前面还有 {ahead} 人', en: '{ahead} ahead of you' },
  waitingNote: { zh: '请在休息区等候，留意叫号。', en: 'Please stay nearby and watch for your number.' },
  next: { zh: '下一位就是您', en: 'You are next' },
  nextNote: {
    zh: '请回到大厅，准备好证件和资料。',
    en: 'Please come back to the hall with your papers ready.',
  },
  estimate: { zh: '预计还需 {minutes} 分钟', en: 'About {minutes} minutes' },
  noEstimate: {
    zh: '相关窗口暂未开放，开放后依次办理。',
    en: 'No window for this is open yet; you keep your place.',
  },
  called: { zh: '请到{counter}', en: 'Please go to {counter}' },
  calledNote: { zh: '正在叫您的号，请马上前往。', en: 'Your number is being called now.' },
  serving: { zh: '{counter}正在为您办理', en: 'You are being served at {counter}' },
  parked: { zh: '业务暂缓', en: 'On hold' },
  parkedNote: {
    zh: '请按大堂经理的提示补齐资料，备齐后优先办理，不必重新取号。',
    en: 'Please complete your papers with the lobby manager; you are next when they are here, with this ticket.',
  },
  done: { zh: '业务已办结', en: 'Your business is done' },
  doneNote: { zh: '感谢光临，请带好随身物品。', en: 'Thank you. Please mind your belongings.' },
  passed: { zh: '已过号', en: 'You missed your call' },
  passedNote: {
    zh: '请在 {time} 前找大堂经理恢复排队，不必重新取号。',
    en: 'Ask the lobby manager before {time} to put you back in the queue; no new ticket is needed.',
  },
  over: { zh: '此号已结束', en: 'This ticket has ended' },
  overNote: {
    zh: '如果业务还没有办，请联系大堂经理或重新取号。',
    en: 'If your business is not done yet, ask the lobby manager or take a new ticket.',
  },
  unknown: { zh: '没有找到这张号票', en: 'This ticket was not found' },
  unknownNote: {
    zh: '刚取的号请稍等，本页会自动再试。号票本身有效，请留意大厅叫号，或询问大堂经理。',
    en: 'If you have just taken it, wait a moment: this page tries again by itself. Your ticket is valid: watch the calls in the hall, or ask the lobby manager.',
  },
  busy: { zh: '暂时查不到进度', en: 'Progress cannot be shown right now' },
  busyNote: {
    zh: '号票本身有效，请留意大厅叫号。本页会自动再试。',
    en: 'Your ticket is valid: watch the calls in the hall. This page tries again by itself.',
  },
  stale: {
    zh: '与网点的联系暂时中断，以上是 {time} 的情况，请以大厅叫号为准。',
    en: 'The branch is out of reach; this was so at {time}. Please go by the calls in the hall.',
  },
  updated: { zh: '{time} 更新，每 15 秒自动刷新', en: 'As of {time}, renewed every 15 seconds' },
  asOf: { zh: '{time} 更新', en: 'As of {time}' },
  otherLanguage: { zh: 'English', en: '中文' },
} as const satisfies Record<string, LocalText>;
