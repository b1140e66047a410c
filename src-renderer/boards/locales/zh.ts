/** Words of the lobby screen, in Chinese. */
export const zh = {
  goToNumber: '请到 {{counter}} 号窗口',
  goToName: '请到 {{counter}}',
  counterNumber: '{{counter}} 号窗口',
  recent: '最近叫号',
  noCalls: '热情为您服务',
  noCallsHint: '叫到的号会显示在这里',
  waiting: '等候人数',
  lost: '显示已中断，请听从叫号',
  lostAt: '画面停在 {{time}}',
  starting: '正在连接…',
  ratesSince: '自 {{date}} 起执行',
};
