import type { ChainProblem } from '#main/journal/verify-chain.ts';

/** What the verify command says, in one language. `{name}` is filled with a fact. */
export interface VerifyTexts {
  readonly whole: string;
  readonly broken: string;
  readonly problems: Readonly<Record<ChainProblem, string>>;
  readonly noJournal: string;
  readonly notAJournal: string;
  readonly unreadable: string;
  readonly usage: string;
}

/** Chinese first, then English, as everywhere in a branch. */
export const VERIFY_TEXTS: Readonly<Record<'zh' | 'en', VerifyTexts>> = {
  zh: {
    whole: '日志完整：{count} 条记录全部核对无误。',
    broken: '日志从第 {seq} 条起不可信：{problem}（D405）。',
    problems: {
      'missing-seq': '这一条缺失',
      'unreadable-row': '数据库文件在此处损坏',
      'unreadable-data': '内容无法读取',
      'wrong-shape': '字段不合规定',
      'lower-epoch': '任期倒退',
      'wrong-hash': '记录与封存时不一致',
      'missing-tail': '这一条及以后的记录已丢失',
      'other-history': '与本机原有的记录不同',
    },
    noJournal: '该目录下没有日志（C903）。',
    notAJournal: '文件已损坏或不是日志，无法核对（D402）。',
    unreadable: '日志无法读取（{code}）。',
    usage: '用法：verify-journal --data 数据目录 [--json]',
  },
  en: {
    whole: 'The journal is whole: all {count} entries are proven.',
    broken: 'The journal cannot be trusted from entry {seq} on: {problem} (D405).',
    problems: {
      'missing-seq': 'this entry is missing',
      'unreadable-row': 'the database file is damaged here',
      'unreadable-data': 'its content cannot be read',
      'wrong-shape': 'a field is not as it must be',
      'lower-epoch': 'its epoch goes backwards',
      'wrong-hash': 'it is not what was sealed',
      'missing-tail': 'this entry and those after it are lost',
      'other-history': 'it differs from what this PC recorded',
    },
    noJournal: 'There is no journal in this folder (C903).',
    notAJournal: 'The file is damaged or not a journal and cannot be verified (D402).',
    unreadable: 'The journal cannot be read ({code}).',
    usage: 'Usage: verify-journal --data FOLDER [--json]',
  },
};
