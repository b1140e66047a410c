import { describe, expect, it } from 'vitest';
import { statusLines, statusProblems } from '#renderer/kit/status-lines.ts';

const device = (deviceId: string, status: 'ready' | 'warning' | 'down' | 'absent', code: string | null) => ({
  deviceId,
  kind: 'printer' as const,
  counterId: null,
  health: { status, code },
  since: 0,
});
const uploaded = { state: 'up-to-date', durableSeq: 9, lastSeq: 9, code: null } as const;

describe('status corner', () => {
  it('is small when all is well', () => {
    const lines = statusLines({
      link: 'connected',
      devices: [device('p1', 'ready', null)],
      upload: uploaded,
    });
    expect(lines.map(line => line.meaning)).toEqual(['well', 'well', 'well']);
    expect(statusProblems(lines)).toEqual([]);
  });

  it('puts the worst first, with its code', () => {
    const lines = statusLines({
      link: 'connected',
      devices: [device('p1', 'warning', 'P108'), device('p2', 'down', 'P101')],
      upload: { state: 'waiting', durableSeq: 4, lastSeq: 9, code: 'U501' },
    });
    expect(statusProblems(lines).map(line => line.code)).toEqual(['P101', 'P108', 'U501']);
    expect(lines.find(line => line.key === 'upload')?.stateFacts).toEqual({ count: 5 });
  });

  it('a lost link is a problem; one being made for the first time is not', () => {
    expect(statusProblems(statusLines({ link: 'lost' }))).toHaveLength(1);
    expect(statusProblems(statusLines({ link: 'connecting' }))).toHaveLength(0);
  });

  it('an upload switched off is no problem', () => {
    const upload = { state: 'off', durableSeq: 0, lastSeq: 9, code: null } as const;
    expect(statusProblems(statusLines({ link: 'connected', upload }))).toHaveLength(0);
  });
});
