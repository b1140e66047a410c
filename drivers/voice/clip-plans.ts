/** What the shipped clip packs say and how the synthesiser is told to say it. Read by `make-clips.ts` only. */

export interface ClipPlan {
  readonly id: string;
  /** As it is written. */
  readonly text: string;
  /** As the synthesiser is told. */
  readonly speech: string;
  readonly voice: string;
  readonly counterNames?: readonly string[];
}

export interface PackPlan {
  readonly id: string;
  readonly title: string;
  readonly language: 'zh' | 'en';
  /** Where the recordings come from, and what to think of them; the set-up window shows it. */
  readonly source: string;
  readonly wordsPerMinute: number;
  readonly clips: readonly ClipPlan[];
}

/** Reads pinyin with tone numbers. The synthesiser's plain Mandarin voice spells Chinese characters in English. */
const PINYIN = 'cmn-latn-pinyin';
const ENGLISH = 'en-us';
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const CHIME: ClipPlan = { id: 'chime', text: '', speech: '', voice: ENGLISH };
/** Letters go by their Latin names in both languages. */
const LETTER_CLIPS: readonly ClipPlan[] = LETTERS.map(letter => ({
  id: `letter-${letter.toLowerCase()}`,
  text: letter,
  speech: letter,
  voice: ENGLISH,
}));

type Row = readonly [id: string, text: string, speech: string, counterNames?: readonly string[]];

function clipsOf(rows: readonly Row[], voice: string): readonly ClipPlan[] {
  return rows.map(([id, text, speech, counterNames]) =>
    counterNames === undefined ? { id, text, speech, voice } : { id, text, speech, voice, counterNames },
  );
}

export const MANDARIN_PACK: PackPlan = {
  id: 'zh-CN',
  title: '普通话',
  language: 'zh',
  source:
    '由语音合成程序 espeak-ng 生成，仅供试用；请用本行人员录音替换。Made with the synthesiser espeak-ng, for trial use: please replace it by a recording of your own.',
  wordsPerMinute: 150,
  clips: [
    CHIME,
    ...LETTER_CLIPS,
    ...clipsOf(
      [
        ['digit-0', '零', 'ling2'],
        ['digit-1', '一', 'yi1'],
        ['digit-1-yao', '幺', 'yao1'],
        ['digit-2', '二', 'er4'],
        ['digit-3', '三', 'san1'],
        ['digit-4', '四', 'si4'],
        ['digit-5', '五', 'wu3'],
        ['digit-6', '六', 'liu4'],
        ['digit-7', '七', 'qi1'],
        ['digit-8', '八', 'ba1'],
        ['digit-9', '九', 'jiu3'],
        ['ten', '十', 'shi2'],
        ['please', '请', 'qing3'],
        ['number', '号', 'hao4'],
        ['to', '到', 'dao4'],
        ['window', '窗口', 'chuang1kou3'],
        ['do-business', '办理业务', 'ban4li3 ye4wu4'],
        ['window-cash', '现金窗口', 'xian4jin1 chuang1kou3', ['现金窗口']],
        ['window-non-cash', '非现金窗口', 'fei1 xian4jin1 chuang1kou3', ['非现金窗口']],
        ['window-corporate', '对公窗口', 'dui4gong1 chuang1kou3', ['对公窗口']],
        ['window-care', '爱心窗口', 'ai4xin1 chuang1kou3', ['爱心窗口', '关爱窗口']],
        ['window-vip', '贵宾室', 'gui4bin1shi4', ['贵宾室', 'VIP室', '贵宾窗口']],
        ['window-wealth', '理财室', 'li3cai2shi4', ['理财室', '理财窗口']],
        ['window-lobby', '大堂经理处', 'da4tang2 jing1li3 chu4', ['大堂经理', '大堂']],
      ],
      PINYIN,
    ),
  ],
};

export const ENGLISH_PACK: PackPlan = {
  id: 'en',
  title: 'English',
  language: 'en',
  source: '由语音合成程序 espeak-ng 生成。Made with the synthesiser espeak-ng; the chime is computed.',
  wordsPerMinute: 150,
  clips: [
    CHIME,
    ...LETTER_CLIPS,
    ...clipsOf(
      [
        ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map(
          (word, digit): Row => [`digit-${digit}`, word, word],
        ),
        ...[
          'ten',
          'eleven',
          'twelve',
          'thirteen',
          'fourteen',
          'fifteen',
          'sixteen',
          'seventeen',
          'eighteen',
          'nineteen',
        ].map((word, index): Row => [`number-${10 + index}`, word, word]),
        ...['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map(
          (word, index): Row => [`number-${20 + 10 * index}`, word, word],
        ),
        ['ticket', 'Ticket', 'ticket'],
        ['please-go-to', 'please go to', 'please go to'],
        ['window', 'window', 'window'],
        ['window-cash', 'the cash window', 'the cash window', ['现金窗口']],
        ['window-non-cash', 'the non-cash window', 'the non cash window', ['非现金窗口']],
        ['window-corporate', 'the corporate window', 'the corporate window', ['对公窗口']],
        ['window-care', 'the care window', 'the care window', ['爱心窗口', '关爱窗口']],
        ['window-vip', 'the VIP room', 'the V I P room', ['贵宾室', 'VIP室', '贵宾窗口', 'VIP room']],
        ['window-wealth', 'the wealth office', 'the wealth office', ['理财室', '理财窗口']],
        ['window-lobby', 'the lobby manager', 'the lobby manager', ['大堂经理', '大堂']],
      ],
      ENGLISH,
    ),
  ],
};
