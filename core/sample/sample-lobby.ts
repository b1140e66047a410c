import type { AnnouncingRules, FormGuide, LobbyScreenRules } from '../branch/bank-lobby.ts';
import type { LocalText } from '../wire/fields.ts';

const text = (zh: string, en: string): LocalText => ({ zh, en });
const rate = (zh: string, en: string, ...values: string[]) => ({ name: text(zh, en), values });

const SIGN = text('最后一栏由本人当面签名', 'Sign the last line in person');
const AMOUNT = text('金额大写与小写一致', 'Amount in words equals the amount in figures');

const withdrawal: FormGuide = {
  name: text('取款凭条', 'Withdrawal slip'),
  fill: [text('账号、户名与卡折一致', 'Account and name as on the card'), AMOUNT, SIGN],
};
const account: FormGuide = {
  name: text('个人账户开户申请书', 'Personal account application'),
  fill: [
    text('姓名、证件号码与证件一致', 'Name and ID number as on the ID'),
    text('职业、住址、手机号填写完整', 'Occupation, address and mobile number in full'),
    text('勾选税收居民身份声明', 'Tick the tax residence statement'),
    SIGN,
  ],
};
const transfer: FormGuide = {
  name: text('转账汇款申请书', 'Transfer application'),
  fill: [
    text('收款人户名、账号、开户行逐字核对', 'Check payee, account and bank letter by letter'),
    AMOUNT,
    text(
      '写明用途,不认识的人要您汇款请先告诉我们',
      'State the purpose; if a stranger asked you to pay, tell us first',
    ),
    SIGN,
  ],
};
const loss: FormGuide = {
  name: text('挂失申请书', 'Loss report'),
  fill: [text('写明遗失时间与卡种', 'When it was lost, and which card'), SIGN],
};
const exchange: FormGuide = {
  name: text('个人购汇申请书', 'Foreign currency purchase'),
  fill: [text('用途与证明材料一致', 'Purpose as in the proof'), AMOUNT, SIGN],
};
const settlement: FormGuide = {
  name: text('结算业务申请书', 'Settlement application'),
  fill: [
    text('收付款双方户名、账号填写全称', 'Full names and accounts of both sides'),
    AMOUNT,
    text('加盖预留印鉴', 'Stamp with the registered seals'),
  ],
};
const corporateAccount: FormGuide = {
  name: text('单位银行结算账户开户申请书', 'Corporate account application'),
  fill: [
    text('单位名称与营业执照一致', 'Company name as on the licence'),
    text('受益所有人信息填写完整', 'Beneficial owners in full'),
    text('加盖公章,法定代表人签名', 'Company seal and signature of the legal representative'),
  ],
};

/** By business. */
export const SAMPLE_FORMS: Readonly<Record<string, readonly FormGuide[]>> = {
  'large-withdrawal': [withdrawal],
  'personal-account': [account],
  'personal-transfer': [transfer],
  'loss-and-password': [loss],
  'foreign-exchange': [exchange],
  'corporate-settlement': [settlement],
  'corporate-account': [corporateAccount],
};

export const SAMPLE_LOBBY_SCREEN: LobbyScreenRules = {
  rates: [
    {
      title: text('人民币存款年利率(%)', 'RMB deposits, % a year'),
      date: '2026-01-01',
      columns: [text('利率', 'Rate')],
      rows: [
        rate('活期', 'Demand', '0.05'),
        rate('三个月', '3 months', '0.65'),
        rate('六个月', '6 months', '0.85'),
        rate('一年', '1 year', '0.95'),
        rate('二年', '2 years', '1.05'),
        rate('三年', '3 years', '1.25'),
        rate('五年', '5 years', '1.30'),
      ],
    },
    {
      title: text('外币存款年利率(%)', 'Foreign currency deposits, % a year'),
      date: '2026-01-01',
      columns: [text('活期', 'Demand'), text('一年', '1 year')],
      rows: [
        rate('美元', 'US dollar', '0.10', '2.20'),
        rate('欧元', 'Euro', '0.01', '0.50'),
        rate('港币', 'Hong Kong dollar', '0.05', '1.60'),
      ],
    },
  ],
  secondsPerPage: 12,
  notices: [
    text(
      '谨防电信诈骗:不轻信、不透露、不转账。',
      'Beware of telephone fraud: do not believe, do not tell, do not transfer.',
    ),
  ],
  secondLanguage: true,
};

export const SAMPLE_ANNOUNCING: AnnouncingRules = { languages: ['zh-CN', 'en'], times: 2 };
