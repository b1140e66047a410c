/** What `npm run station` says. */
export interface StationTexts {
  readonly usage: string;
  readonly begun: string;
  readonly paired: string;
  /** Another setting of this PC is there already. */
  readonly setAlready: string;
  readonly failed: string;
}

/** Chinese first, then English, as everywhere in a branch. */
export const STATION_TEXTS: Readonly<Record<'zh' | 'en', StationTexts>> = {
  zh: {
    usage:
      '用法：npm run station -- --id 电脑编号 [--name 名称] [--data 数据目录] --listen 端口（第一台电脑）\n' +
      '      npm run station -- --id 电脑编号 --host 主机地址:端口 --code 配对码 [--listen 端口]（其他电脑）\n' +
      '      [--roles teller,lobby,kiosk,board,manager]：本机打开哪些窗口，不写就是全部',
    begun: '本机是网点的第一台电脑。启动厅堂后，在“设置 › 本网点电脑”中显示配对码，再到其他电脑上配对。',
    paired: '本机已与主机配对，原有的记录已原样移到一旁。现在可以启动厅堂。',
    setAlready: '本机已有不同的网点电脑设置（station.json），没有更改。',
    failed: '没有完成，代码 {code}。',
  },
  en: {
    usage:
      'Usage: npm run station -- --id PC [--name NAME] [--data FOLDER] --listen PORT (the first PC)\n' +
      '       npm run station -- --id PC --host ADDRESS:PORT --code CODE [--listen PORT] (every other PC)\n' +
      '       [--roles teller,lobby,kiosk,board,manager]: which windows it opens; all of them without it',
    begun:
      "This is the branch's first PC. Start Foyer, show a pairing code in Set-up › Stations, then pair the others.",
    paired:
      'This PC is paired with its host; records it had of its own were set aside as they are. Foyer can be started now.',
    setAlready: 'This PC has other settings (station.json) already; nothing was changed.',
    failed: 'Not done, code {code}.',
  },
};
