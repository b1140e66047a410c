import type { WindowKind } from '#core/wire/port-messages.ts';

/** Words of the start page a browser sees at `/`. */
export interface StartPageTexts {
  readonly title: string;
  readonly intro: string;
  readonly windows: Readonly<Record<WindowKind, { readonly name: string; readonly purpose: string }>>;
}

/** Chinese first, then English, as everywhere in a branch. */
export const START_PAGE_TEXTS: Readonly<Record<'zh' | 'en', StartPageTexts>> = {
  zh: {
    title: '厅堂',
    intro: '请选择要打开的界面。可以在本机的多个标签页或窗口中同时打开。',
    windows: {
      kiosk: { name: '取号机', purpose: '客户在这里取号' },
      teller: { name: '柜员', purpose: '叫号、办理、办结' },
      lobby: { name: '大堂', purpose: '大堂经理看全场' },
      'lobby-screen': { name: '大屏', purpose: '客户看叫号' },
      'rating-screen': { name: '评价屏', purpose: '窗口旁的客户评价；地址加 ?counter=窗口编号 可固定窗口' },
      voice: { name: '语音', purpose: '播报叫号,保持打开' },
      bench: { name: '模拟设备', purpose: '打印机、显示屏、评价器' },
      setup: { name: '设置', purpose: '业务、队列、窗口、策略、人员与文字' },
    },
  },
  en: {
    title: 'Foyer',
    intro: 'Choose a window to open. Several can be open on this PC at once, each in a tab of its own.',
    windows: {
      kiosk: { name: 'Kiosk', purpose: 'customers take a number' },
      teller: { name: 'Teller', purpose: 'call, serve, finish' },
      lobby: { name: 'Lobby', purpose: 'the lobby manager sees the whole floor' },
      'lobby-screen': { name: 'Lobby screen', purpose: 'customers see the calls' },
      'rating-screen': {
        name: 'Rating screen',
        purpose: 'customers rate at the window; add ?counter=… to keep to one window',
      },
      voice: { name: 'Voice', purpose: 'speaks the calls; leave it open' },
      bench: { name: 'Simulated hardware', purpose: 'printer, boards, keypads' },
      setup: { name: 'Set-up', purpose: 'businesses, queues, windows, policies, staff, texts' },
    },
  },
};
