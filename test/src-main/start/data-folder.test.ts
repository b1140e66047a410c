import { describe, expect, it } from 'vitest';
import { askedDataFolder, defaultDataFolder } from '#main/start/data-folder.ts';

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

describe('the folder of a start', () => {
  const machine = { platform: 'linux', homeFolder: '/home/teller', environment: {} } as const;

  it('is the one asked for, else the default', () => {
    expect(askedDataFolder({ dataFolder: '/srv/branch', practice: null }, machine)).toBe('/srv/branch');
    expect(askedDataFolder({ dataFolder: null, practice: null }, machine)).toBe(
      '/home/teller/.local/share/foyer',
    );
  });

  it('[AS4] of practice is another one below it', () => {
    const practice = { speed: 1 };
    expect(askedDataFolder({ dataFolder: '/srv/branch', practice }, machine)).toBe('/srv/branch/practice');
    expect(askedDataFolder({ dataFolder: null, practice }, machine)).toBe(
      '/home/teller/.local/share/foyer/practice',
    );
  });
});
