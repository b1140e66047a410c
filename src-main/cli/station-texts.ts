import type { ErrorCode } from '#core/wire/error-codes.ts';

/** What `npm run station` says. */
export interface StationTexts {
  readonly usage: string;
  readonly begun: string;
  readonly paired: string;
  /** Another setting of this PC is there already. */
  readonly setAlready: string;
  /** Why it was refused and what to do; the code is added. */
  readonly failures: Readonly<Partial<Record<ErrorCode, string>>>;
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
    failures: {
      U511: '这个地址没有主机应答。请核对地址和端口，看主机是否开着。',
      U512: '这个地址上的不是厅堂主机。请照主机屏幕上的地址填。',
      U515: '两台电脑的程序版本相差太远。请把版本较旧的一台升级。',
      U519: '配对码不正确。请对照主机屏幕重新输入。',
      U520: '这个配对码已经用过。请在主机上再要一个。',
      U521: '配对码已过期。请在主机上再要一个。',
      U522: '配对码错误次数太多，已经作废。请在主机上再要一个。',
      U523: '主机现在没有等待配对。请先在主机上按“配对新电脑”。',
      U524: '对方不知道配对码，可能不是本网点的主机。请核对地址。',
      U525: '这个编号已有别的电脑在用。请换一个，或在主机上要一个代替它的配对码。',
      U529: '这不是配对码。请输入主机屏幕上的八个字母和数字。',
      C906: '端口打不开，可能已被占用。请换一个。',
      D404: '数据目录无法写入。请检查权限和磁盘。',
      D406: '厅堂正在使用这个数据目录。请先关闭它，或在它的设置窗口里办理。',
    },
    failed: '没有完成（{code}）。',
  },
  en: {
    usage:
      'Usage: npm run station -- --id PC [--name NAME] [--data FOLDER] --listen PORT (the first PC)\n' +
      '       npm run station -- --id PC --host ADDRESS:PORT --code CODE [--listen PORT] (every other PC)\n' +
      '       [--roles teller,lobby,kiosk,board,manager]: which windows it opens; all of them without it',
    begun:
      'This is the branch’s first PC. Start Foyer, show a pairing code in Set-up › PCs of this branch, then pair the others.',
    paired:
      'This PC is paired with its host; records it had of its own were set aside as they are. Foyer can be started now.',
    setAlready: 'This PC has other settings (station.json) already; nothing was changed.',
    failures: {
      U511: 'No host answers at this address. Check address and port, and that the host is on.',
      U512: 'That address is no Foyer host. Type the address the host shows.',
      U515: 'The programs of the two PCs are too far apart. Update the older one.',
      U519: 'The pairing code is wrong. Type it again as the host shows it.',
      U520: 'This pairing code has been used. Take another one at the host.',
      U521: 'The pairing code has expired. Take another one at the host.',
      U522: 'Too many wrong codes, so the code is void. Take another one at the host.',
      U523: 'The host is not waiting for a new PC. Press “Pair a new PC” there first.',
      U524: 'The other side does not know the code and may not be this branch’s host. Check the address.',
      U525: 'Another PC has this id. Choose another, or take a code in its place at the host.',
      U529: 'That is no pairing code. Type the eight letters and digits the host shows.',
      C906: 'The port cannot be opened, perhaps it is taken. Choose another.',
      D404: 'The data folder cannot be written. Check its permissions and the disk.',
      D406: 'Foyer is using this data folder. Close it first, or use its set-up window.',
    },
    failed: 'Not done ({code}).',
  },
};
