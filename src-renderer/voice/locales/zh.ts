/** Words of the speaker window, in Chinese. */
export const zh = {
  title: '语音播报',
  on: '语音已开启。请保持此窗口打开。',
  off: '语音还没有开启，叫号没有声音。',
  turnOn: '开启语音',
  outputMissing: '指定的音箱“{{output}}”没有接上，现在用默认音箱播报。',
  allowOutputs: '允许选择音箱',
  silent: '等待叫号',
  starting: '正在连接…',
  failed: '上一条没有播出，请口头叫号。',
};
