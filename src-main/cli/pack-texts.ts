/** What `npm run pack` says. `{name}` is filled with a fact. */
export interface PackTexts {
  readonly noElectron: string;
  readonly packed: string;
}

/** Chinese first, then English, as everywhere in a branch. */
export const PACK_TEXTS: Readonly<Record<'zh' | 'en', PackTexts>> = {
  zh: {
    noElectron:
      '没有 Electron 程序文件,也无法下载,不能打包。请联网后重试,或用 ELECTRON_OVERRIDE_DIST_PATH 指定其目录。',
    packed: '已打包到 {folder}',
  },
  en: {
    noElectron:
      "Electron's files are missing and could not be downloaded, so nothing was packed. Try again with a connection, " +
      'or name their folder in ELECTRON_OVERRIDE_DIST_PATH.',
    packed: 'Packed to {folder}',
  },
};
