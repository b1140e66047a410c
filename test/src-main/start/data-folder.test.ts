import { describe, expect, it } from 'vitest';
import { defaultDataFolder } from '#main/start/data-folder.ts';

describe('default data folder', () => {
  it('is the machine’s on Windows', () => {
    const environment = { ProgramData: 'D:\\Shared' };
    const machine = { platform: 'win32', homeFolder: 'C:\\Users\\teller' } as const;
    expect(defaultDataFolder({ ...machine, environment })).toBe('D:\\Shared\\Foyer');
    expect(defaultDataFolder({ ...machine, environment: {} })).toBe('C:\\ProgramData\\Foyer');
  });

  it('follows the desktop’s rules on Linux', () => {
    const machine = { platform: 'linux', homeFolder: '/home/teller' } as const;
    expect(defaultDataFolder({ ...machine, environment: {} })).toBe('/home/teller/.local/share/foyer');
    expect(defaultDataFolder({ ...machine, environment: { XDG_DATA_HOME: '/srv/data' } })).toBe(
      '/srv/data/foyer',
    );
  });

  it('is in the library on a Mac', () => {
    const machine = { platform: 'darwin', homeFolder: '/Users/teller', environment: {} } as const;
    expect(defaultDataFolder(machine)).toBe('/Users/teller/Library/Application Support/Foyer');
  });
});
