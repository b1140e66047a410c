import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { fail, ok } from '#core/wire/result.ts';
import { thisPc } from '#main/devices/lookers.ts';

function pcWith(names: readonly string[]) {
  const spooler = { find: async () => fail('P113'), printRaw: async () => fail('P105') };
  return thisPc(
    tmpdir(),
    () => 4,
    async () => ok({ ...spooler, list: async () => ok(names) }),
  );
}

it('[HW7] the printers of Windows are found by name; names no setting can hold are left out', async () => {
  const pc = pcWith(['取号机', '\\\\server\\POS-80', 'x'.repeat(221)]);
  expect(await pc.spoolerPrinters()).toEqual(['取号机', '\\\\server\\POS-80']);
});

it('[HW7] a PC without a spooler says that it cannot list its printers', async () => {
  const pc = thisPc(
    tmpdir(),
    () => 4,
    async () => fail('P105'),
  );
  await expect(pc.spoolerPrinters()).rejects.toThrow('P105');
});
