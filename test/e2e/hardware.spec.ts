import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type FoyerApp, startFoyer } from './support/foyer-app.ts';

async function openDevices(foyer: FoyerApp): Promise<Page> {
  const setup = foyer.window('setup');
  await setup.getByLabel('工号').fill('9001');
  await setup.getByLabel('密码').fill('foyer2026');
  await setup.getByRole('button', { name: '登录' }).click();
  await setup.getByRole('button', { name: '设备', exact: true }).click();
  return setup;
}

async function openLobby(foyer: FoyerApp): Promise<Page> {
  const lobby = foyer.window('lobby');
  await lobby.getByLabel('工号').fill('2001');
  await lobby.getByLabel('密码').fill('foyer2026');
  await lobby.getByRole('button', { name: '登录' }).click();
  return lobby;
}

test('[HW7] a second printer is added, tried out, missed in the lobby when its paper is out, and removed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-hardware-'));
  const data = join(folder, 'data');
  const foyer = await startFoyer(data, 'off', ['--port', '0']);
  const setup = await openDevices(foyer);
  const lobby = await openLobby(foyer);

  await setup.getByRole('button', { name: '添加打印机' }).click();
  await setup.getByLabel('名称').first().fill('备用打印机');
  await expect(setup.getByText('有修改未保存')).toBeVisible();
  await setup.getByRole('button', { name: '保存并启用' }).click();
  await expect(setup.getByText('已保存')).toBeVisible();
  const saved = () => JSON.parse(readFileSync(join(data, 'devices.json'), 'utf8')).printers;
  expect(saved()).toMatchObject([{ id: 'printer-1' }, { id: 'printer-2', name: '备用打印机' }]);

  await setup.getByRole('button', { name: '自检', exact: true }).click();
  await expect(setup.locator('.hardware-steps li').first()).toBeVisible({ timeout: 60_000 });
  await expect(setup.locator('.hardware-detail').getByText(/^自检于/)).toBeVisible({ timeout: 90_000 });
  await setup.getByRole('button', { name: '通信记录' }).click();
  await expect(setup.locator('.hardware-log pre')).toContainText('out');
  await setup.keyboard.press('Escape');

  await setup.emulateMedia({ media: 'print' });
  await expect(setup.locator('.hardware-report')).toContainText('备用打印机');
  await setup.emulateMedia({ media: 'screen' });

  const bench = foyer.window('bench');
  const fault = bench.getByRole('combobox', { name: /printer-2/ });
  await fault.click();
  await bench.locator('.ant-select-dropdown:visible').getByTitle('缺纸', { exact: true }).click();
  const alarm = lobby.locator('.alarm[data-kind=device-down]').filter({ hasText: '备用打印机' });
  await expect(alarm).toBeVisible({ timeout: 30_000 });

  const before = await setup.locator('.hardware-list').innerText();
  await setup.locator('.hardware-detail').getByRole('button', { name: '删除' }).click();
  await expect(setup.getByText('已移除“备用打印机”')).toBeVisible();
  await setup.getByRole('button', { name: '撤销移除' }).click();
  await expect.poll(() => setup.locator('.hardware-list').innerText()).toBe(before);
  await setup.locator('.hardware-detail').getByRole('button', { name: '删除' }).click();
  await setup.getByRole('button', { name: '保存并启用' }).click();
  await expect(setup.getByText('已保存')).toBeVisible();
  await expect(alarm).toHaveCount(0);
  expect(saved()).toHaveLength(1);
  await foyer.close();
});
