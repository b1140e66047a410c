import type { Kpi } from '#core/figures/day-figures.ts';

/** A figure's name and its formula in words: numerator, then denominator where it is a quotient. */
interface FigureWords {
  readonly name: string;
  readonly formula: readonly [numerator: string, denominator?: string];
}

/** What the simulated day says, in one language. `{name}` is filled with a fact. */
export interface SimulateTexts {
  readonly title: string;
  readonly figures: Readonly<Record<Kpi, FigureWords>>;
  readonly noValue: string;
  readonly minutes: string;
  readonly stillWaiting: string;
  readonly ticketsPrinted: string;
  readonly boardUpdates: string;
  readonly announcementsPlayed: string;
  readonly refused: string;
  readonly kept: string;
  readonly failed: string;
  readonly dataInUse: string;
  readonly usage: string;
}

/** Noted by the simulated lobby manager, as a real one would write it. */
export const APOLOGY = '已当面致歉并安抚';

/** Chinese first, then English, as everywhere in a branch. */
export const SIMULATE_TEXTS: Readonly<Record<'zh' | 'en', SimulateTexts>> = {
  zh: {
    title: '模拟营业日 {day}：{customers} 位客户，种子 {seed}',
    figures: {
      'tickets-issued': { name: '取号数', formula: ['取号数'] },
      'legs-done': { name: '办结数', formula: ['办结笔数'] },
      'average-wait': { name: '平均等候时间', formula: ['等候时间合计', '叫号笔数'] },
      'longest-wait': { name: '最长等候时间', formula: ['已叫号中最长的等候'] },
      'over-15-minutes-rate': { name: '超15分钟等候率', formula: ['等候超15分钟笔数', '叫号笔数'] },
      'over-20-minutes-rate': { name: '超20分钟等候率', formula: ['等候超20分钟笔数', '叫号笔数'] },
      'over-30-minutes-rate': { name: '超30分钟等候率', formula: ['等候超30分钟笔数', '叫号笔数'] },
      'average-service-time': { name: '平均办理时间', formula: ['办理时间合计', '办结笔数'] },
      'longest-service-time': { name: '最长办理时间', formula: ['已办结中最长的办理'] },
      'no-show-rate': { name: '过号率', formula: ['过号数', '取号数'] },
      'abandonment-rate': { name: '弃号率', formula: ['过号、离开和未办理数', '取号数'] },
      'rating-participation': { name: '参评率', formula: ['已评价数', '已评价数与未评价数'] },
      satisfaction: { name: '满意率', formula: ['满意的评价数', '已评价数'] },
      dissatisfaction: { name: '差评率', formula: ['不满意的评价数', '已评价数'] },
      'keypad-absent': { name: '无评价器', formula: ['评价器缺失或故障的笔数'] },
      'prompt-rate': { name: '提示率', formula: ['已提示评价数', '办结笔数'] },
      'finishes-taken-back': { name: '撤回办结', formula: ['撤回办结次数'] },
      'calls-by-choice': { name: '指定呼叫率', formula: ['指定呼叫', '全部呼叫'] },
      'walk-in-rate': { name: '未叫号办理率', formula: ['未叫号办理数', '未叫号办理数与办结笔数'] },
      transfers: { name: '转号', formula: ['转号次数'] },
      parkings: { name: '暂缓', formula: ['暂缓次数'] },
      'identification-rate': { name: '识别率', formula: ['已识别客户号票', '取号数'] },
      'diversion-rate': { name: '分流率', formula: ['分流到自助机人数', '自助机可办的到店人数'] },
      'self-service-down': { name: '自助机故障未分流', formula: ['自助机都不可用时取号数'] },
      'priority-tickets': { name: '优先服务号票', formula: ['优先服务号票数'] },
      'appointments-missed': { name: '预约未到', formula: ['预约未到数'] },
    },
    noValue: '无',
    minutes: '{minutes} 分 {seconds} 秒',
    stillWaiting: '结束时仍在等候',
    ticketsPrinted: '打印号票',
    boardUpdates: '显示屏更新',
    announcementsPlayed: '语音播报',
    refused: '被拒绝的操作（{code}）',
    kept: '日志保存在 {folder}。',
    failed: '模拟无法进行（{code}）。',
    dataInUse: '该目录已有日志。模拟数据不与真实数据混放，请另选空目录（C905）。',
    usage: '用法：npm run simulate -- [--seed 整数] [--customers 1 至 5000] [--data 空目录] [--json]',
  },
  en: {
    title: 'Simulated day {day}: {customers} customers, seed {seed}',
    figures: {
      'tickets-issued': { name: 'tickets issued', formula: ['tickets issued'] },
      'legs-done': { name: 'services done', formula: ['services done'] },
      'average-wait': { name: 'average wait', formula: ['sum of waits', 'calls'] },
      'longest-wait': { name: 'longest wait', formula: ['largest wait of those called'] },
      'over-15-minutes-rate': { name: 'waits over 15 min', formula: ['called after over 15 min', 'calls'] },
      'over-20-minutes-rate': { name: 'waits over 20 min', formula: ['called after over 20 min', 'calls'] },
      'over-30-minutes-rate': { name: 'waits over 30 min', formula: ['called after over 30 min', 'calls'] },
      'average-service-time': {
        name: 'average service time',
        formula: ['sum of service times', 'services done'],
      },
      'longest-service-time': { name: 'longest service time', formula: ['largest of services done'] },
      'no-show-rate': { name: 'no-show rate', formula: ['no-shows', 'tickets issued'] },
      'abandonment-rate': {
        name: 'abandonment rate',
        formula: ['no-shows, left and unserved', 'tickets issued'],
      },
      'rating-participation': { name: 'rating participation', formula: ['rated', 'rated and unrated'] },
      satisfaction: { name: 'satisfaction', formula: ['satisfied', 'rated'] },
      dissatisfaction: { name: 'dissatisfaction', formula: ['dissatisfied', 'rated'] },
      'keypad-absent': { name: 'no keypad', formula: ['keypad missing or broken'] },
      'prompt-rate': { name: 'prompt rate', formula: ['prompted', 'services done'] },
      'finishes-taken-back': { name: 'finishes taken back', formula: ['finishes taken back'] },
      'calls-by-choice': { name: 'calls by choice', formula: ['chosen calls', 'all calls'] },
      'walk-in-rate': { name: 'walk-in rate', formula: ['walk-ins', 'walk-ins and legs done'] },
      transfers: { name: 'transfers', formula: ['tickets transferred'] },
      parkings: { name: 'parkings', formula: ['tickets parked'] },
      'identification-rate': { name: 'identification rate', formula: ['identified', 'tickets issued'] },
      'diversion-rate': { name: 'diversion rate', formula: ['diverted', 'arrivals a machine could serve'] },
      'self-service-down': { name: 'machines down', formula: ['tickets while all their machines were down'] },
      'priority-tickets': { name: 'priority tickets', formula: ['tickets of priority persons'] },
      'appointments-missed': { name: 'appointments missed', formula: ['appointments nobody came to'] },
    },
    noValue: 'none',
    minutes: '{minutes} min {seconds} s',
    stillWaiting: 'still waiting at the end',
    ticketsPrinted: 'tickets printed',
    boardUpdates: 'board updates',
    announcementsPlayed: 'announcements played',
    refused: 'refused ({code})',
    kept: 'The journal is kept in {folder}.',
    failed: 'The day cannot be simulated ({code}).',
    dataInUse:
      'This folder holds a journal. Simulated data never mix with real ones: choose an empty folder (C905).',
    usage: 'Usage: npm run simulate -- [--seed N] [--customers 1 to 5000] [--data EMPTY-FOLDER] [--json]',
  },
};
