import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runElectron } from '#main/cli/run-electron.ts';

/** A stand-in for Electron: Node, running a script where Electron would run the program's folder. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-electron-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(script: string): string {
  const file = join(folder, `program-${Math.random()}.cjs`);
  writeFileSync(file, script);
  return file;
}

describe('running Electron', () => {
  it('hands on the arguments and the exit code', async () => {
    const script = program('console.log("ready"); process.exit(process.argv[2] === "--data" ? 0 : 9)');
    expect(await runElectron(process.execPath, script, ['--data'])).toEqual({ ran: true, exitCode: 0 });
  });

  it('tells an Electron that cannot run from a program that ran and failed', async () => {
    const atOnce = program('process.exit(1)');
    const later = program('process.stdout.write("ready http://127.0.0.1:1/\\n", () => process.exit(1))');
    expect(await runElectron(process.execPath, atOnce, [])).toEqual({ ran: false });
    expect(await runElectron(process.execPath, later, [])).toEqual({ ran: true, exitCode: 1 });
  });

  it('knows a crash and a file that is no program as an Electron that cannot run', async () => {
    const crash = program('process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000)');
    expect(await runElectron(process.execPath, crash, [])).toEqual({ ran: false });
    expect(await runElectron(join(folder, 'no-such-program'), folder, [])).toEqual({ ran: false });
  });

  it('does not take a branch that refuses to start for an Electron that cannot run', async () => {
    const script = program('process.exit(3)');
    expect(await runElectron(process.execPath, script, [])).toEqual({ ran: true, exitCode: 3 });
  });
});
