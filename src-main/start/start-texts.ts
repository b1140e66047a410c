import type { ErrorCode } from '#core/wire/error-codes.ts';

/** What Foyer says while it starts, outside any window. `{name}` is filled with a fact. */
export interface StartTexts {
  readonly refusedTitle: string;
  /** What happened and what to do, by code; the code itself is added. */
  readonly failures: Readonly<Partial<Record<ErrorCode, string>>>;
  readonly otherFailure: string;
  readonly usage: string;
  readonly shortcutsTaken: string;
  readonly alreadyRunning: string;
  readonly building: string;
  readonly buildFailed: string;
  readonly downloading: string;
  /** Why the windows are served to a browser. */
  readonly browserAsked: string;
  /** Said once when a practice branch is ready. */
  readonly practice: string;
  readonly noDisplay: string;
  readonly noElectron: string;
  readonly electronFailed: string;
}

/** Chinese first, then English, as everywhere in a branch. */
export const START_TEXTS: Readonly<Record<'zh' | 'en', StartTexts>> = {
  zh: {
    refusedTitle: '厅堂无法启动',
    failures: {
      D401: '数据由更新版本的厅堂写成,本版本不能打开。请安装新版本;数据没有改动。',
      D402: '数据已损坏,已原样移到一旁,没有清空。请联系技术支持,从备机或总行恢复后再启动。',
      D403: '磁盘已满,无法安全记录。请清理磁盘后再启动;数据没有改动。',
      D404: '数据目录无法写入。请检查该目录的权限和磁盘。',
      D405: '日志校验不通过。请联系技术支持;数据没有改动。',
      D406: '厅堂已在使用这个数据目录。请使用已打开的厅堂,或先关闭它。',
      D407: '日志中有本版本不认识的记录。请安装新版本;数据没有改动。',
      D408: '该数据目录属于另一个网点。请检查启动设置。',
      D409: '程序文件不完整。请重新安装厅堂;数据没有改动。',
      C905: '启动参数 {option} 不正确。',
      C915: '网点内网设置 lan.json 不正确:{field}。请更正,或删除该文件后再启动。',
      C906: '端口 {port} 无法使用,可能已被占用。请用 --port 换一个端口。',
      C921: '本机的网点电脑设置 station.json 不正确:{field}。请更正后再启动。',
      C922: '本机还没有与网点配对。请在主机上显示配对码,再用 npm run station 配对。',
      U511: '连不上主机,本机还没有网点的数据。请检查主机是否开着、网络是否接通。',
      U526: '本机的配对密钥无法读取:它由另一个系统账户、另一台电脑或桌面版厅堂封存,或已损坏。请用平时的账户启动桌面版;仍不行时,在主机上为它要一个“代替”的配对码,再用 npm run station 重新配对。',
    },
    otherFailure: '启动时遇到问题。请联系技术支持并告知代码。',
    usage:
      '用法:npm start -- [--browser] [--data 数据目录] [--port 端口] [--head-office 网址|off] [--windows 界面,界面] [--practice [--practice-speed 倍速]]',
    shortcutsTaken: '这些全局快捷键已被其他程序占用,请改用柜员条上的按键:{keys}',
    alreadyRunning: '厅堂已经打开,已转到它的窗口。',
    building: '正在生成程序文件……',
    buildFailed: '程序文件生成失败。',
    downloading: '正在下载 Electron……',
    practice: '练习模式:模拟网点,与真实业务和数据无关。',
    browserAsked: '按要求在浏览器中使用:请打开上面的网址。',
    noDisplay: '没有图形显示,无法打开 Electron 窗口:请在浏览器中打开上面的网址。',
    noElectron: '没有 Electron 程序文件,也无法下载:请在浏览器中打开上面的网址。',
    electronFailed: 'Electron 在本机无法运行:请在浏览器中打开上面的网址。',
  },
  en: {
    refusedTitle: 'Foyer cannot start',
    failures: {
      D401: 'The data was written by a newer Foyer. Install the newer version; nothing was changed.',
      D402:
        'The data is damaged and was set aside as it is; nothing was emptied. Ask technical support to restore it ' +
        'from the standby or head office.',
      D403: 'The disk is full. Free some space and start again; nothing was changed.',
      D404: 'The data folder cannot be written. Check its permissions and the disk.',
      D405: 'The journal failed its check. Ask technical support; nothing was changed.',
      D406: 'Foyer is already using this data folder. Use the one that is open, or close it first.',
      D407: 'The journal holds an entry this version does not know. Install the newer version; nothing was changed.',
      D408: 'This data folder belongs to another branch. Check the start settings.',
      D409: 'Program files are missing or changed. Install Foyer again; nothing was changed.',
      C905: 'The start option {option} is not valid.',
      C915: 'The settings for the branch network (lan.json) are not valid: {field}. Correct or remove the file.',
      C906: 'Port {port} cannot be used, perhaps it is taken. Choose another with --port.',
      C921: 'The settings of this PC in the branch (station.json) are not valid: {field}. Correct them and start again.',
      C922: 'This PC is not paired with its branch. Show a pairing code on the host, then run npm run station.',
      U511: 'The host is out of reach and this PC has no copy of the branch yet. Check the host and the network.',
      U526:
        'The keys of this PC cannot be read: another account, another PC or the desktop program sealed them, or they are ' +
        'damaged. Start the desktop program under the usual account; else take a pairing code “in the place of” this PC ' +
        'at the host and pair it again with npm run station.',
    },
    otherFailure: 'Something went wrong at the start. Tell technical support the code.',
    usage:
      'Usage: npm start -- [--browser] [--data FOLDER] [--port N] [--head-office URL|off] [--windows kind,kind] ' +
      '[--practice [--practice-speed FACTOR]]',
    shortcutsTaken: 'Other programs hold these system-wide shortcuts; use the keys of the teller bar: {keys}',
    alreadyRunning: 'Foyer is already open; its windows were brought to the front.',
    building: 'Building the program files…',
    buildFailed: 'The program files could not be built.',
    downloading: 'Downloading Electron…',
    practice: 'Practice mode: a simulated branch, apart from all real business and data.',
    browserAsked: 'Used in a browser, as asked: open the address above.',
    noDisplay: 'There is no display for Electron windows: open the address above in a browser.',
    noElectron:
      "Electron's files are missing and could not be downloaded: open the address above in a browser.",
    electronFailed: 'Electron cannot run on this machine: open the address above in a browser.',
  },
};
