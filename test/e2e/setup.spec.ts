import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startFoyer } from './support/foyer-app.ts';

test('[HO3] an administrator keeps the document as a file, changes a text, and the kiosk shows it at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-setup-'));
  const foyer = await startFoyer(join(folder, 'data'), 'off', ['--port', '0']);
  const exported = join(folder, 'exported.json');
  await foyer.app.evaluate(({ session }, path) => {
    session.fromPartition('persist:foyer').on('will-download', (_event, item) => item.setSavePath(path));
  }, exported);

  const setup = foyer.window('setup');
  await setup.getByLabel('工号').fill('9001');
  await setup.getByLabel('密码').fill('foyer2026');
  await setup.getByRole('button', { name: '登录' }).click();
  await setup.getByRole('button', { name: '导出' }).click();
  const readVersion = () => {
    try {
      return JSON.parse(readFileSync(exported, 'utf8')).version;
    } catch {
      return undefined;
    }
  };
  await expect.poll(readVersion).toBe(1);

  await setup.getByRole('button', { name: '文字', exact: true }).click();
  await setup.getByLabel('欢迎语').fill('早上好');
  await setup.getByRole('button', { name: '检查并启用' }).click();
  await setup.getByRole('button', { name: '启用', exact: true }).click();
  await expect(setup.locator('.setup-title')).toContainText('现行第 2 版');
  await expect(foyer.window('kiosk').getByText('早上好')).toBeVisible();
  await foyer.close();
});
