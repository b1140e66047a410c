import type { BankDocument, Business, Counter, StaffMember } from '../branch/bank-document.ts';
import { DEFAULT_NUMBERING } from '../branch/bank-numbering.ts';
import type { LocalText } from '../wire/fields.ts';
import { SAMPLE_ARRIVAL, SAMPLE_CALENDAR, SAMPLE_QUOTAS, SAMPLE_SELF_SERVICE } from './sample-arrival.ts';
import { SAMPLE_CHOICE_REASONS, SAMPLE_CLASSES, SAMPLE_GATES } from './sample-calling.ts';
import { SAMPLE_ANNOUNCING, SAMPLE_FORMS, SAMPLE_LOBBY_SCREEN } from './sample-lobby.ts';
import { SAMPLE_SERVING } from './sample-serving.ts';

/** A text in Chinese and English. */
const text = (zh: string, en: string): LocalText => ({ zh, en });

const ID_CARD = text('本人有效身份证件', 'Your valid ID');
const BANK_CARD = text('银行卡或存折', 'Bank card or passbook');
const LICENCE = text('营业执照正本', 'Business licence (original)');
const SEALS = text('公章、财务章、法人章', 'Company, finance and legal representative seals');

/** id, Chinese, English, group, queue, typical and limit minutes, what to bring. */
type BusinessRow = [string, string, string, string, string, number, number, LocalText[]];

const PERSONAL: BusinessRow[] = [
  [
    'personal-cash',
    '个人现金业务',
    'Personal cash',
    'personal',
    'personal-cash',
    6,
    12,
    [ID_CARD, BANK_CARD],
  ],
  [
    'large-withdrawal',
    '大额取款',
    'Large withdrawal',
    'personal',
    'personal-cash',
    10,
    20,
    [ID_CARD, BANK_CARD, text('取款预约信息', 'Withdrawal booking')],
  ],
  [
    'personal-account',
    '个人开户与换卡',
    'Open an account, replace a card',
    'personal',
    'personal-other',
    12,
    25,
    [ID_CARD, text('本人手机', 'Your mobile phone')],
  ],
  [
    'personal-transfer',
    '转账汇款',
    'Transfers',
    'personal',
    'personal-other',
    7,
    15,
    [ID_CARD, BANK_CARD, text('收款人户名与账号', 'Payee name and account')],
  ],
  [
    'loss-and-password',
    '挂失与密码重置',
    'Loss report, password reset',
    'personal',
    'personal-other',
    9,
    18,
    [ID_CARD, BANK_CARD],
  ],
  [
    'credit-card',
    '信用卡业务',
    'Credit cards',
    'personal',
    'cards',
    8,
    15,
    [ID_CARD, text('信用卡', 'Credit card')],
  ],
  ['wealth', '理财与基金', 'Wealth products and funds', 'personal', 'wealth', 18, 40, [ID_CARD, BANK_CARD]],
  [
    'foreign-exchange',
    '外汇与外币兑换',
    'Foreign exchange',
    'personal',
    'foreign-exchange',
    12,
    25,
    [ID_CARD, text('用途证明材料', 'Proof of purpose')],
  ],
];
const CORPORATE: BusinessRow[] = [
  [
    'corporate-settlement',
    '对公结算',
    'Corporate settlement',
    'corporate',
    'corporate',
    9,
    20,
    [text('经办人身份证件', "Agent's ID"), text('结算凭证', 'Settlement vouchers')],
  ],
  [
    'corporate-account',
    '对公开户与变更',
    'Corporate accounts',
    'corporate',
    'corporate',
    30,
    60,
    [LICENCE, SEALS, text('法人身份证件', "Legal representative's ID")],
  ],
  [
    'corporate-cash',
    '对公现金',
    'Corporate cash',
    'corporate',
    'corporate',
    8,
    18,
    [text('经办人身份证件', "Agent's ID"), text('现金支票或缴款单', 'Cash cheque or deposit slip')],
  ],
];
const CONVENIENCE: BusinessRow[] = [
  ['change', '零钱与残损币兑换', 'Change and damaged notes', 'convenience', 'convenience', 4, 10, []],
  [
    'social-security',
    '社保卡与养老金',
    'Social security and pensions',
    'convenience',
    'convenience',
    8,
    15,
    [ID_CARD, text('社会保障卡', 'Social security card')],
  ],
  ['payments', '代缴费', 'Bill payments', 'convenience', 'convenience', 5, 10, [text('缴费单', 'Bill')]],
];

/** Cash is counted in these (CS12). */
const CASH_BUSINESSES = [
  'personal-cash',
  'large-withdrawal',
  'foreign-exchange',
  'corporate-cash',
  'change',
  'payments',
];

function rowToBusiness([
  id,
  zh,
  en,
  groupId,
  queueId,
  typicalMinutes,
  serviceLimitMinutes,
  documents,
]: BusinessRow): Business {
  const customerType = groupId === 'corporate' ? 'corporate' : 'personal';
  const cash = CASH_BUSINESSES.includes(id);
  return {
    id,
    name: text(zh, en),
    groupId,
    customerType,
    queueId,
    typicalMinutes,
    serviceLimitMinutes,
    documents,
    forms: [...(SAMPLE_FORMS[id] ?? [])],
    cash,
    selfService: SAMPLE_SELF_SERVICE[id] ?? null,
    quotas: [...(SAMPLE_QUOTAS[id] ?? [])],
  };
}

const window = (number: number, kind: Counter['kind'], profileId: string): Counter => ({
  id: `counter-${number}`,
  number,
  name: text(`${number}号窗口`, `Window ${number}`),
  kind,
  profileId,
});

const place = (id: string, zh: string, en: string, kind: Counter['kind'], profileId: string): Counter => ({
  id,
  number: null,
  name: text(zh, en),
  kind,
  profileId,
});

/** Nobody's picture ships with the program. */
const member = (
  number: string,
  name: LocalText,
  roleId: string,
  stars: number | null = null,
): StaffMember => ({ number, name, roleIds: [roleId], stars, photo: null });

const teller = (number: string, order: string, stars: number): StaffMember =>
  member(number, text(`柜员${order}`, `Teller ${order}`), 'teller', stars);

const profile = (id: string, zh: string, en: string, queueIds: string[]) => ({
  id,
  name: text(zh, en),
  queueIds,
  gates: SAMPLE_GATES,
});

/** Password of all sample staff; shown on the sign-in page of a sample branch, never used in a real one. */
export const SAMPLE_PASSWORD = 'foyer2026';

/** The realistic branch that ships with the program, so that everything can be tried at once. */
export const SAMPLE_BANK: BankDocument = {
  version: 1,
  branch: {
    id: 'sample-0001',
    bankName: text('示范银行', 'Sample Bank'),
    name: text('中心支行营业部', 'Central Branch'),
    timeZone: 'Asia/Shanghai',
    progressUrl: 'http://127.0.0.1:8620/t/',
    sample: true,
  },
  groups: [
    { id: 'personal', name: text('个人业务', 'Personal') },
    { id: 'corporate', name: text('对公业务', 'Corporate') },
    { id: 'convenience', name: text('便民服务', 'Everyday services') },
  ],
  businesses: [...PERSONAL, ...CORPORATE, ...CONVENIENCE].map(rowToBusiness),
  queues: [
    {
      id: 'personal-cash',
      name: text('个人现金', 'Personal cash'),
      prefix: 'A',
      firstNumber: 1,
      lastNumber: 799,
      waitLimitMinutes: 20,
      classId: 'ordinary',
    },
    {
      id: 'personal-other',
      name: text('个人非现金', 'Personal non-cash'),
      prefix: 'B',
      firstNumber: 1,
      lastNumber: 799,
      waitLimitMinutes: 20,
      classId: 'ordinary',
    },
    {
      id: 'cards',
      name: text('银行卡', 'Cards'),
      prefix: 'C',
      firstNumber: 1,
      lastNumber: 799,
      waitLimitMinutes: 20,
      classId: 'ordinary',
    },
    {
      id: 'corporate',
      name: text('对公', 'Corporate'),
      prefix: 'D',
      firstNumber: 1,
      lastNumber: 799,
      waitLimitMinutes: 30,
      classId: 'ordinary',
    },
    {
      id: 'foreign-exchange',
      name: text('外汇', 'Foreign exchange'),
      prefix: 'F',
      firstNumber: 1,
      lastNumber: 799,
      waitLimitMinutes: 30,
      classId: 'ordinary',
    },
    {
      id: 'wealth',
      name: text('理财', 'Wealth'),
      prefix: 'V',
      firstNumber: 1,
      lastNumber: 799,
      waitLimitMinutes: 15,
      classId: 'gold',
    },
    {
      id: 'convenience',
      name: text('便民', 'Everyday'),
      prefix: 'E',
      firstNumber: 1,
      lastNumber: 799,
      waitLimitMinutes: 15,
      classId: 'ordinary',
    },
  ],
  classes: SAMPLE_CLASSES,
  profiles: [
    profile('cash', '现金', 'Cash', ['personal-cash', 'convenience']),
    profile('non-cash', '非现金', 'Non-cash', ['personal-other', 'cards', 'foreign-exchange']),
    profile('corporate', '对公', 'Corporate', ['corporate']),
    profile('vip', '贵宾', 'VIP', ['wealth']),
    profile('care', '爱心', 'Care', ['convenience', 'personal-cash', 'personal-other']),
  ],
  counters: [
    window(1, 'cash', 'cash'),
    window(2, 'cash', 'cash'),
    window(3, 'cash', 'cash'),
    window(4, 'non-cash', 'non-cash'),
    window(5, 'non-cash', 'non-cash'),
    window(6, 'corporate', 'corporate'),
    place('vip-room', '贵宾室', 'VIP room', 'vip-room', 'vip'),
    place('care-counter', '爱心窗口', 'Care counter', 'care', 'care'),
  ],
  ratingLevels: [
    { id: 'very-satisfied', name: text('非常满意', 'Very satisfied'), satisfied: true, bad: false },
    { id: 'satisfied', name: text('满意', 'Satisfied'), satisfied: true, bad: false },
    { id: 'fair', name: text('一般', 'Fair'), satisfied: true, bad: false },
    { id: 'dissatisfied', name: text('不满意', 'Dissatisfied'), satisfied: false, bad: true },
  ],
  pauseReasons: [
    { id: 'lunch', name: text('午餐', 'Lunch') },
    { id: 'errand', name: text('外出办事', 'Errand') },
    { id: 'handover', name: text('交接班', 'Handover') },
    { id: 'cash-box', name: text('钱箱调拨', 'Cash box') },
  ],
  choiceReasons: SAMPLE_CHOICE_REASONS,
  roles: [
    { id: 'teller', name: text('柜员', 'Teller'), rights: ['serve'] },
    { id: 'lobby-manager', name: text('大堂经理', 'Lobby manager'), rights: ['lobby', 'decide-host'] },
    {
      id: 'branch-manager',
      name: text('网点负责人', 'Branch manager'),
      rights: ['serve', 'choose-ticket', 'lobby', 'see-figures', 'decide-host'],
    },
    { id: 'administrator', name: text('系统管理员', 'Administrator'), rights: ['set-up'] },
  ],
  staff: [
    teller('1001', '01', 4),
    teller('1002', '02', 5),
    teller('1003', '03', 3),
    teller('1004', '04', 4),
    teller('1005', '05', 5),
    teller('1006', '06', 3),
    teller('1007', '07', 4),
    teller('1008', '08', 5),
    member('2001', text('大堂经理01', 'Lobby manager 01'), 'lobby-manager'),
    member('3001', text('网点负责人', 'Branch manager'), 'branch-manager', 4),
    member('9001', text('系统管理员', 'Administrator'), 'administrator'),
  ],
  limits: {
    recalls: 3,
    noShowReturnMs: 30 * 60_000,
    noShowReturnAfterCalls: 3,
    undoFinishMs: 10_000,
    ratingOpenMs: 10_000,
    signInAttempts: 5,
    lockoutMs: 15 * 60_000,
  },
  serving: SAMPLE_SERVING,
  texts: {
    greeting: text('您好,欢迎光临', 'Welcome'),
    hours: text('营业时间 9:00–17:00', 'Open 9:00–17:00'),
    notice: text(
      '请留意叫号,过号请联系大堂经理。',
      'Please watch for your number. If you missed it, ask the lobby manager.',
    ),
    hotline: text('服务监督电话请见公示栏', 'See the notice board for the service hotline'),
    ticketNotice: text(
      '过号请联系大堂经理,30分钟内可恢复',
      'Missed your call? The lobby manager can restore it within 30 minutes.',
    ),
    boardIdle: text('热情为您服务', 'At your service'),
    boardCall: text('请 {number} 号', 'Ticket {number}'),
    boardServing: text('{number} 办理中', '{number} in service'),
    boardPaused: text('暂停服务', 'Paused'),
    boardClosed: text('下班', 'Closed'),
    mainBoardCall: text('请 {number} 号到{counter}', '{number} to {counter}'),
    sayingGreeting: text('您好,请坐,请问办理什么业务?', 'Good day, please have a seat. How can I help you?'),
    sayingServing: text('请核对办理信息,没有问题请签字', 'Please check the details before you sign'),
    sayingCashIn: text('收您现金,请您核对金额', 'I have received your cash, please check the amount'),
    sayingCashOut: text('付您现金,请您当面点清', 'Here is your cash, please count it here'),
    boardBusy: text('办理中', 'In service'),
    oneMetreLine: text('请在一米线外等候,谢谢配合。', 'Please wait behind the one-metre line. Thank you.'),
    sayingFarewell: text(
      '请您评价,请带好随身物品,再见',
      'Please rate the service. Mind your belongings. Goodbye',
    ),
  },
  lobbyScreen: SAMPLE_LOBBY_SCREEN,
  announcing: SAMPLE_ANNOUNCING,
  arrival: SAMPLE_ARRIVAL,
  calendar: SAMPLE_CALENDAR,
  numbering: DEFAULT_NUMBERING,
};
