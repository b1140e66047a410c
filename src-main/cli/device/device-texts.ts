/** What the stand-alone devices say, in one language. `{name}` is filled with a fact. */
export interface DeviceTexts {
  readonly ready: string;
  readonly faults: string;
  readonly usage: string;
  readonly cannotStart: string;
  readonly unknownFault: string;
  readonly unknownDeed: string;
  readonly deeds: string;
}

/** Chinese first, then English, as everywhere in a branch. */
export const DEVICE_TEXTS: Readonly<Record<'zh' | 'en', DeviceTexts>> = {
  zh: {
    ready: '模拟设备已启动：{address}',
    deeds: '可输入：fault <故障>、repair、quit，或直接输入按键、卡号等内容。',
    faults: '故障：{faults}',
    usage:
      '用法：npm run device -- printer|boards|keypad|reader|publisher [--port 端口 | --serial 串口 --baud 波特率] [--fault 故障]' +
      ' [--addresses 1,2,3] [--protocol 协议] [--profile 配置]',
    cannotStart: '设备无法启动：{reason}',
    unknownFault: '没有这种故障：{fault}',
    unknownDeed: '此设备不能这样操作：{deed}',
  },
  en: {
    ready: 'Simulated device started: {address}',
    deeds: 'Type: fault <fault>, repair, quit, or what a person does at it: a key, a number.',
    faults: 'Faults: {faults}',
    usage:
      'Usage: npm run device -- printer|boards|keypad|reader|publisher [--port PORT | --serial PATH --baud RATE] [--fault FAULT]' +
      ' [--addresses 1,2,3] [--protocol PROTOCOL] [--profile PROFILE]',
    cannotStart: 'The device cannot start: {reason}',
    unknownFault: 'There is no such fault: {fault}',
    unknownDeed: 'This device cannot do that: {deed}',
  },
};
