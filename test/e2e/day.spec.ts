import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { type FoyerApp, picture, pictures, resize, SIZES, startFoyer } from './support/foyer-app.ts';

/**
 * A branch day with its detours in real windows: machines first, who somebody is, appointments, transfers, papers that
 * are missing, quiet calls for help, and what the lobby manager does about all of it. Each test goes on from the last.
 */
test.describe.configure({ mode: 'serial' });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const dataFolder = mkdtempSync(join(tmpdir(), 'foyer-day-'));

/** Known to the sample branch: an ordinary card, and a gold one. */
const CARD = '4111111111111111';
const GOLD_CARD = '5555555555554444';
/**
 * Each kiosk page ignores presses for its first moments, so that a double press cannot land on the next page; elsewhere
 * what fades has faded by then.
 */
const SETTLED_MS = 700;
/** Longer than the emergency key has to be held. */
const HELD_MS = 1400;
const APPOINTMENT_IN_MS = 5 * 60_000;

let foyer: FoyerApp;
let appointmentCode = '';
/** Who is transferred, and who lacks papers: which of the waiting is called first is not this test's business. */
let transferred = '';
let parked = '';

test.beforeAll(async () => {
  foyer = await startFoyer(dataFolder, 'off');
});

test.afterAll(async () => {
  await foyer?.close();
});

const kiosk = () => foyer.window('kiosk');
const teller = () => foyer.window('teller');
const lobby = () => foyer.window('lobby');
const bench = () => foyer.window('bench');
const bar = () => teller().locator('.bar');
const dialog = () => lobby().getByRole('dialog');
const chip = (number: string) => lobby().locator('.chip', { hasText: number });
const floorLine = (text: string) => lobby().locator('.floor-line', { hasText: text });
const alarm = (kind: string) => lobby().locator(`.alarm[data-kind=${kind}]`);

/** Pictures of a page that a reload leaves: `reach` leads there again for each language. */
async function picturesOf(kind: WindowKind, name: string, reach: () => Promise<void>): Promise<void> {
  const page = foyer.window(kind);
  for (const language of ['zh', 'en'] as const) {
    await page.evaluate(chosen => localStorage.setItem('foyer.language', chosen), language);
    await page.reload();
    await reach();
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      await resize(foyer, kind, width, height);
      await page.waitForTimeout(SETTLED_MS);
      await picture(page, `${name}-${language}-${size}`);
    }
  }
  await page.evaluate(() => localStorage.setItem('foyer.language', 'zh'));
  await page.reload();
}

/** A press on a kiosk page that has been on screen long enough to count. */
async function touch(target: Locator): Promise<void> {
  await target.waitFor();
  await kiosk().waitForTimeout(SETTLED_MS);
  await target.click();
}

/** By place, so that it works in either language: the groups and businesses stand in the bank's own order. */
async function toConfirm(businessId: string): Promise<void> {
  const business = SAMPLE_BANK.businesses.find(({ id }) => id === businessId);
  const group = SAMPLE_BANK.groups.findIndex(({ id }) => id === business?.groupId);
  const inGroup = SAMPLE_BANK.businesses.filter(({ groupId }) => groupId === business?.groupId);
  await touch(kiosk().locator('.kiosk-group').nth(group));
  const place = inGroup.findIndex(({ id }) => id === businessId);
  await touch(kiosk().locator('.kiosk-business').nth(place));
  await kiosk().locator('.kiosk-confirm').waitFor();
}

/** Insists on a window, where a machine is offered first. */
async function takeNumber(): Promise<string> {
  await touch(kiosk().locator('.kiosk-second, .kiosk-primary:not(.kiosk-machine)', { hasText: '取号' }));
  return shownNumber();
}

async function shownNumber(): Promise<string> {
  const number = kiosk().locator('.kiosk-number');
  await expect(number).toHaveText(/^[A-Z]\d{3}$/);
  const text = (await number.textContent()) ?? '';
  await touch(kiosk().locator('.kiosk-primary'));
  await kiosk().locator('.kiosk-groups').waitFor();
  return text;
}

async function typeOnPad(digits: string): Promise<void> {
  for (const digit of digits)
    await kiosk().locator('.kiosk-pad').getByRole('button', { name: digit, exact: true }).click();
}

/** A reader that types like a keyboard: every key at once, then Enter. */
async function readCard(digits: string): Promise<void> {
  await kiosk().evaluate(text => {
    for (const key of [...text, 'Enter'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  }, digits);
}

async function signIn(page: Page, staffNumber: string, counter: string | null): Promise<void> {
  await page.getByLabel('工号').fill(staffNumber);
  await page.getByLabel('密码', { exact: true }).fill(SAMPLE_PASSWORD);
  if (counter !== null) {
    await page.getByLabel('窗口').click();
    await page.getByTitle(counter).first().click();
  }
  await page.locator('button[type=submit]').click();
}

async function press(key: string, phase: string): Promise<void> {
  await teller().keyboard.press(key);
  await expect(bar()).toHaveAttribute('data-phase', phase);
}

/** F2 and F3; returns the number. */
async function callAndStart(): Promise<string> {
  await press('F2', 'called');
  const number = (await bar().locator('.bar-number').textContent()) ?? '';
  await press('F3', 'serving');
  return number;
}

/** F8, and the customer rates at once: while a rating is open, the next finish has to wait for it. */
async function finish(): Promise<void> {
  await press('F8', 'open');
  await expect(bench().getByText('请评价').first()).toBeVisible();
  await bench()
    .getByRole('button', { name: /非常满意/ })
    .first()
    .click();
  await expect(bar().getByText('非常满意 ✓')).toBeVisible();
}

/** A press that opens a dialog; a press on it counts once it has stopped growing. */
async function openDialog(key: Locator): Promise<void> {
  await key.click();
  await dialog().waitFor();
  await dialogIsStill();
}

async function dialogIsStill(): Promise<void> {
  await lobby().evaluate(async () => {
    const ends = document
      .getAnimations()
      .filter(one => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ends.map(animation => animation.finished));
  });
}

const openTicket = (number: string) => openDialog(chip(number).locator('.chip-main'));

async function closeDialog(): Promise<void> {
  await dialog().locator('.ant-modal-close').click();
  await expect(dialog()).toHaveCount(0);
}

/** Today's figures of arrival are in the lobby's appointments dialog. */
async function expectArrivalFigure(text: string): Promise<void> {
  await openDialog(lobby().getByRole('button', { name: '预约自助' }));
  await expect(dialog().getByText(text)).toBeVisible();
  await closeDialog();
}

test('[TK8] the lobby manager books a time and reads out its code', async () => {
  await signIn(lobby(), '2001', null);
  await openDialog(lobby().getByRole('button', { name: '预约自助' }));
  // Wall time of the branch, as `2026-11-22 11:30`.
  const [date = '', time = ''] = new Date(Date.now() + APPOINTMENT_IN_MS)
    .toLocaleString('sv-SE', { timeZone: SAMPLE_BANK.branch.timeZone })
    .split(' ');
  await dialog().getByLabel('日期').fill(date);
  await dialog().getByLabel('时间').fill(time.slice(0, 5));
  await dialog().locator('button[type=submit]').click();
  const said = dialog().getByText(/预约码 \d{6}/);
  await expect(said).toBeVisible();
  appointmentCode = /预约码 (\d{6})/.exec((await said.textContent()) ?? '')?.[1] ?? '';
  await expect(dialog().locator('.arrival-appointment', { hasText: appointmentCode })).toBeVisible();
  await picture(lobby(), 'day-appointments');
  await closeDialog();
});

test('[TK1] a machine is offered first: the one who accepts takes no number', async () => {
  await picturesOf('kiosk', 'day-kiosk-confirm', () => toConfirm('personal-cash'));
  await toConfirm('personal-cash');
  await touch(kiosk().locator('.kiosk-machine'));
  await expect(kiosk().getByText('请到自助机办理')).toBeVisible();
  await picture(kiosk(), 'day-kiosk-machine');
  await touch(kiosk().locator('.kiosk-primary'));
  await expectArrivalFigure('分流 1');
  await expect(lobby().locator('.chip')).toHaveCount(0);
});

test('[TK1] [TK2] a number typed on the screen says who it is; whoever insists gets a window', async () => {
  await touch(kiosk().getByRole('button', { name: '刷卡或身份证' }));
  await kiosk().locator('.kiosk-pad').waitFor();
  await typeOnPad(CARD);
  await touch(kiosk().locator('.kiosk-entry-go'));
  await expect(kiosk().getByText('已读取')).toBeVisible();
  // Only the end of the number may be seen.
  expect(await kiosk().locator('body').innerText()).not.toContain(CARD.slice(0, 12));
  await toConfirm('personal-cash');
  await expect(kiosk().getByText('已刷卡')).toBeVisible();
  expect(await takeNumber()).toBe('A001');
  await expect(chip('A001')).toBeVisible();
  await expectArrivalFigure('坚持取号 1');
});

test('[TK5] the same customer gets the paper again, not a second number', async () => {
  await kiosk().waitForTimeout(SETTLED_MS);
  await readCard(CARD);
  await expect(kiosk().getByText('您已有号票，不用再取')).toBeVisible();
  await expect(kiosk().locator('.kiosk-number')).toHaveText('A001');
  await picture(kiosk(), 'day-kiosk-own');
  await touch(kiosk().getByRole('button', { name: '补打这张号票' }));
  await expect(kiosk().getByText('正在补打号票')).toBeVisible();
  await expect(bench().getByText('【补打】').first()).toBeVisible();
  await touch(kiosk().locator('.kiosk-primary'));
  await expect(lobby().locator('.chip')).toHaveCount(1);
});

test('[TK2] [TK9] a reader’s burst and a reason to go first', async () => {
  await toConfirm('change');
  await readCard(GOLD_CARD);
  await expect(kiosk().getByText('已刷卡')).toBeVisible();
  const reason = kiosk().locator('.kiosk-reasons button', { hasText: '孕妇' });
  await reason.click();
  await expect(reason).toHaveAttribute('aria-pressed', 'true');
  await picture(kiosk(), 'day-kiosk-priority');
  expect(await takeNumber()).toBe('E001');
  await expectArrivalFigure('优先 1');
});

test('[TK8] an appointment checks in with its code', async () => {
  const toCheckIn = async () => {
    await touch(kiosk().locator('.kiosk-ways button').last());
    await kiosk().locator('.kiosk-pad').waitFor();
    await typeOnPad(appointmentCode);
  };
  await picturesOf('kiosk', 'day-kiosk-check-in', toCheckIn);
  await toCheckIn();
  await touch(kiosk().locator('.kiosk-entry-go'));
  expect(await shownNumber()).toBe('A002');
  for (const number of ['D001', 'D002']) {
    await toConfirm('corporate-settlement');
    expect(await takeNumber()).toBe(number);
  }
  await expect(lobby().locator('.chip')).toHaveCount(5);
});

test('[TK10] a customer with a second business stays at the window for it', async () => {
  await signIn(teller(), '1001', '1号窗口');
  await expect(bar()).toHaveAttribute('data-phase', 'open');
  await teller().keyboard.press('F10');
  await expect(teller().locator('.desk-now')).toBeVisible();
  transferred = await callAndStart();
  await teller().getByRole('button', { name: '加业务' }).click();
  await teller().getByRole('button', { name: '代缴费' }).click();
  const later = teller().locator('.desk-lines li[data-status=later]', { hasText: '代缴费' });
  await expect(later).toBeVisible();
  await picturesOf('teller', 'day-teller-full', async () => {
    await bar().waitFor();
    await teller().keyboard.press('F10');
    await teller().locator('.desk-now').waitFor();
  });
  await bar().waitFor();
  await teller().keyboard.press('F10');
  await expect(later).toBeVisible();
  await teller().keyboard.press('Shift+F8');
  await expect(teller().locator('.desk-lines li[data-status=now]', { hasText: '代缴费' })).toBeVisible();
  await expect(bar().getByText(transferred).first()).toBeVisible();
});

test('[CS6] transferred to another queue with a note', async () => {
  await teller().keyboard.press('F6');
  await teller().locator('.desk-choice', { hasText: '对公' }).click();
  await teller().getByLabel('留言给下一位同事（可不填）').fill('回单已打印');
  await teller().waitForTimeout(SETTLED_MS);
  await picture(teller(), 'day-teller-transfer');
  await teller().keyboard.press('Enter');
  await expect(bar()).toHaveAttribute('data-phase', 'open');
  await expect(chip(transferred)).toHaveAttribute('data-status', 'waiting');
  await expect(lobby().locator('.queue', { hasText: '对公' }).locator('.queue-count')).toHaveText('3');
});

test('[CS7] what is missing is ticked, and the customer waits with the lobby manager', async () => {
  parked = await callAndStart();
  await teller().keyboard.press('F7');
  await expect(teller().locator('.desk-choice').first()).toBeVisible();
  await teller().keyboard.press('1');
  await expect(teller().locator('.desk-choice').first()).toHaveAttribute('data-chosen', 'true');
  await teller().waitForTimeout(SETTLED_MS);
  await picture(teller(), 'day-teller-park');
  await teller().keyboard.press('Enter');
  await expect(bar()).toHaveAttribute('data-phase', 'open');
  await expect(chip(parked)).toHaveAttribute('data-status', 'parked');
  await expect(teller().getByText('从本窗口暂缓')).toBeVisible();
});

test('[LB4] the guidance says what to fill in, and what the parked customer lacks', async () => {
  await openDialog(lobby().getByRole('button', { name: '填单指引' }));
  await dialog().getByLabel('搜业务').fill('挂失');
  await expect(dialog().getByText('挂失申请书')).toBeVisible();
  await expect(dialog().getByText(`${parked} 还缺`)).toBeVisible();
  await picture(lobby(), 'day-lobby-guidance');
  await closeDialog();
});

test('[LB2] care with a reason; marked as left and taken back; moved', async () => {
  await openTicket('D001');
  await dialog().getByRole('button', { name: '身体不适' }).click();
  await expect(dialog().getByText('D001 已优先：身体不适')).toBeVisible();
  await picture(lobby(), 'day-lobby-ticket');
  await closeDialog();

  await openTicket('D002');
  await dialog().getByRole('button', { name: '客户已离开' }).click();
  await expect(floorLine('D002 已标记离开')).toBeVisible();
  await expect(chip('D002')).toHaveCount(0);
  await expect(dialog()).toHaveCount(0);
  await floorLine('D002').getByRole('button', { name: '撤销' }).click();
  await expect(chip('D002')).toHaveAttribute('data-status', 'waiting');
  await expect(floorLine('D002')).toHaveCount(0);
  // The dialog went with the customer, and does not come back with them by itself.
  await lobby().waitForTimeout(SETTLED_MS);
  await expect(dialog()).toHaveCount(0);

  await openTicket(transferred);
  await dialog().getByLabel('移到其他队列').click();
  await lobby().locator('.ant-select-dropdown:visible').getByTitle('个人现金').click();
  await dialog().getByRole('button', { name: '移动' }).click();
  await expect(dialog().getByText(`${transferred} 已移动`)).toBeVisible();
  await closeDialog();
  await expect(lobby().locator('.queue', { hasText: '对公' }).locator('.queue-count')).toHaveText('2');
});

test('[CS8] [LB2] a paused window is asked to open: first it cannot, then it does', async () => {
  await teller().keyboard.press('F9');
  await press('1', 'paused');
  const card = lobby().locator('.counter', { hasText: '1号窗口' });
  await openDialog(card);
  await dialog().getByRole('button', { name: '请开窗' }).click();
  await expect(dialog().getByText('已请1号窗口开窗，等待答复')).toBeVisible();
  await closeDialog();
  await expect(card).toHaveAttribute('data-asked', 'true');
  const ask = teller().locator('.bar-ask');
  await expect(ask).toContainText('请您开窗');
  await picture(teller(), 'day-teller-asked');
  await pictures(foyer, 'lobby', 'day-lobby');
  await ask.getByRole('button', { name: '走不开' }).click();
  await expect(floorLine('1号窗口暂时不能开窗')).toBeVisible();
  await openDialog(card);
  await dialog().getByRole('button', { name: '再请一次' }).click();
  await closeDialog();
  await expect(ask).toBeVisible();
  await press('F9', 'open');
  await expect(ask).toHaveCount(0);
  await expect(card).toHaveAttribute('data-asked', 'false');
});

test('[LB2] a colleague is called and comes', async () => {
  await openDialog(lobby().getByRole('button', { name: '叫同事' }));
  await dialog().getByRole('button', { name: '请到大堂帮忙' }).click();
  await dialog().locator('.floor-colleagues').getByRole('button', { name: '柜员01' }).click();
  await expect(dialog().getByText('已呼叫柜员01')).toBeVisible();
  await closeDialog();
  const ask = teller().locator('.bar-ask');
  await expect(ask).toContainText('请到大堂帮忙');
  await ask.getByRole('button', { name: '马上来' }).click();
  await expect(floorLine('柜员01马上来')).toBeVisible();
  await floorLine('柜员01马上来').getByRole('button', { name: '知道了' }).click();
  await expect(floorLine('柜员01')).toHaveCount(0);
});

test('[CS7] [LB2] papers are ticked as they come, and the customer is next at the same window', async () => {
  await openTicket(parked);
  const paper = dialog().locator('.ticket-papers input').first();
  await paper.click();
  // Ticked when the host says so.
  await expect(paper).toBeChecked();
  await dialog().getByRole('button', { name: '已齐，回原窗口' }).click();
  await expect(chip(parked)).toHaveAttribute('data-status', 'waiting');
  await closeDialog();
  expect(await callAndStart()).toBe(parked);
  await expect(teller().locator('.desk-tag', { hasText: '已备齐' })).toBeVisible();
});

test('[CS13] a quiet cue at the window reaches the lobby and is handled there', async () => {
  await teller().keyboard.press('F11');
  await expect(teller().getByText('看到了什么')).toBeVisible();
  await teller().keyboard.press('1');
  const sign = teller().locator('.desk-choice').first();
  await expect(sign).toBeVisible();
  await teller().keyboard.press('1');
  await expect(sign).toHaveAttribute('data-chosen', 'true');
  await picture(teller(), 'day-teller-cue');
  await teller().keyboard.press('h');
  await expect(teller().getByText('已悄悄通知大堂')).toBeVisible();
  await expect(alarm('cue')).toContainText('1号窗口');
  await picture(lobby(), 'day-lobby-cue');
  await openDialog(alarm('cue').getByRole('button', { name: '记录结果' }));
  await dialog().getByLabel('做了什么，结果怎样').fill('已到窗口协助双人清点');
  await dialog().getByRole('button', { name: '保存' }).click();
  await expect(alarm('cue')).toHaveCount(0);
  await finish();
});

test('[CS9] somebody without a number is served as a walk-in', async () => {
  await teller().keyboard.press('Shift+F2');
  await expect(teller().getByText('未叫号办理：什么业务')).toBeVisible();
  await press('1', 'serving');
  await expect(bar().locator('.bar-number')).toHaveText('无号');
  await picture(teller(), 'day-teller-walk-in');
  await finish();
});

test('[CS6] [LB2] whoever was moved comes with the note of the first window', async () => {
  let number = await callAndStart();
  for (let others = 0; number !== transferred && others < 3; others++) {
    await finish();
    number = await callAndStart();
  }
  expect(number).toBe(transferred);
  await expect(teller().locator('.desk-note')).toContainText('回单已打印');
  await finish();
});

test('[LB2] a complaint and an emergency stay until what came of them is noted', async () => {
  await openDialog(lobby().getByRole('button', { name: '投诉' }));
  await dialog().getByRole('button', { name: '等候时间长' }).click();
  await dialog().locator('button.ant-btn-primary').click();
  await expect(alarm('complaint')).toContainText('等候时间长');
  await expect(dialog()).toHaveCount(0);
  // A mere touch starts no emergency.
  const emergency = lobby().getByRole('button', { name: '紧急' });
  await emergency.click();
  await lobby().waitForTimeout(HELD_MS);
  await expect(dialog()).toHaveCount(0);
  await emergency.click({ delay: HELD_MS });
  await dialog().waitFor();
  await dialogIsStill();
  await dialog().getByRole('button', { name: '系统故障' }).click();
  await dialog().locator('button.ant-btn-primary').click();
  await expect(alarm('emergency')).toContainText('系统故障');
  await expect(dialog()).toHaveCount(0);
  await picture(lobby(), 'day-lobby-incidents');
  for (const kind of ['emergency', 'complaint']) {
    await openDialog(alarm(kind).getByRole('button', { name: '处理结果' }));
    await dialog().getByLabel('做了什么，结果如何').fill('已处理完毕');
    await dialog().getByRole('button', { name: '保存' }).click();
    await expect(alarm(kind)).toHaveCount(0);
    await expect(dialog()).toHaveCount(0);
  }
});

test('[CS8] [ID1] [ID3] the day ends: paused, resumed, closed, signed out, and the journal proves itself', async () => {
  await teller().keyboard.press('F9');
  await press('2', 'paused');
  await press('F9', 'open');
  await teller().getByRole('button', { name: '快捷键与关窗' }).click();
  await teller().getByRole('button', { name: '关窗', exact: true }).click();
  await expect(teller().getByText('已登录：1001')).toBeVisible();
  await expect(lobby().locator('.counter', { hasText: '1号窗口' })).toHaveAttribute('data-look', 'closed');
  await teller().getByRole('button', { name: '退出登录' }).click();
  await expect(teller().getByLabel('密码', { exact: true })).toBeVisible();
  await picture(lobby(), 'day-lobby-evening');
  await lobby().getByRole('button', { name: '退出登录' }).click();
  await expect(lobby().getByLabel('密码', { exact: true })).toBeVisible();
  await foyer.kill();
  const verify = ['src-main/cli/verify-journal.ts', '--data', dataFolder, '--json'];
  const proof = execFileSync(process.execPath, verify, { cwd: ROOT });
  expect(JSON.parse(proof.toString())).toMatchObject({ state: 'whole' });
});
