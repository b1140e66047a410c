import type { ServingRules } from '../branch/bank-serving.ts';
import type { LocalText } from '../wire/fields.ts';

/** A text in Chinese and English. */
const text = (zh: string, en: string): LocalText => ({ zh, en });

/** What may be missing, what to watch for, when an idle window is one too many. */
export const SAMPLE_SERVING: ServingRules = {
  commonPapers: [
    { id: 'form', name: text('业务申请表未填写', 'Application form not filled in') },
    { id: 'signature', name: text('签名或盖章', 'Signature or seal') },
    { id: 'copy', name: text('证件复印件', 'Copy of the ID') },
    { id: 'proxy', name: text('代办人证件与授权书', "Proxy's ID and letter of authority") },
    { id: 'phone', name: text('预留手机接收验证码', 'Phone on file, for the code') },
  ],
  cues: [
    {
      id: 'large-cash',
      kind: 'large-cash',
      name: text('大额现金', 'Large cash'),
      signs: [
        { id: 'over-limit', text: text('单笔现金五万元以上', 'Cash of 50,000 yuan or more at once') },
        { id: 'split', text: text('同日分多笔存取', 'Several deposits or withdrawals in one day') },
        { id: 'unclear', text: text('说不清来源或用途', 'Cannot say where from or what for') },
        { id: 'hurried', text: text('旁人催促或代答', 'Somebody else hurries or answers') },
      ],
      advice: text(
        '双人清点,核对身份,登记资金来源或用途',
        'Count with a second person, check identity, record source or purpose',
      ),
      actions: ['call-help', 'report'],
    },
    {
      id: 'elder-fraud',
      kind: 'elder-fraud',
      name: text('疑似诈骗老年客户', 'Signs of fraud against an older customer'),
      signs: [
        { id: 'on-phone', text: text('边通话边办理,不肯挂断', 'Stays on the telephone, will not hang up') },
        { id: 'stranger', text: text('向陌生人或"安全账户"转账', 'Pays a stranger or a "safe account"') },
        { id: 'secrecy', text: text('要求保密,回避家人', 'Asks for secrecy, avoids family') },
        { id: 'breaks-deposit', text: text('急于提前支取定期', 'In a hurry to break a fixed deposit') },
        { id: 'coached', text: text('回答像背好的话', 'Answers as if learnt by heart') },
      ],
      advice: text(
        '放慢办理,请其挂断电话,联系家属,必要时报警',
        'Slow down, ask to hang up, reach the family, call the police if needed',
      ),
      actions: ['call-help', 'report'],
    },
    {
      id: 'high-value',
      kind: 'high-value',
      name: text('潜在高价值客户', 'Perhaps a customer of value'),
      signs: [
        { id: 'balance', text: text('账户余额长期较高', 'High balance for a long time') },
        { id: 'maturing', text: text('大额定期即将到期', 'Large deposit about to mature') },
        { id: 'asks', text: text('主动询问理财、保险或贷款', 'Asks about funds, insurance or loans') },
        { id: 'owner', text: text('企业主或高级管理人员', 'Business owner or senior manager') },
      ],
      advice: text('征得同意后转介理财经理', 'With consent, refer to the wealth manager'),
      actions: ['referral'],
    },
  ],
  idleWindowMs: 3 * 60_000,
};
