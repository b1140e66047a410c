import { describe, expect, it } from 'vitest';
import { APP_ORIGIN, mayRecord, maySeeOutputs } from '#main/windows/app-origin.ts';

describe('[HW5] the microphone', () => {
  it('is for the set-up window, and sound only', () => {
    expect(mayRecord(`${APP_ORIGIN}/setup/`, ['audio'])).toBe(true);
    expect(mayRecord(`${APP_ORIGIN}/setup/?page=recording`, ['audio'])).toBe(true);
  });

  it.each([
    [`${APP_ORIGIN}/setup/`, ['video']],
    [`${APP_ORIGIN}/setup/`, ['audio', 'video']],
    [`${APP_ORIGIN}/setup/`, []],
    [`${APP_ORIGIN}/kiosk/`, ['audio']],
    [`${APP_ORIGIN}/voice/?zone=/setup/`, ['audio']],
    ['https://example.org/setup/', ['audio']],
    ['', ['audio']],
  ])('%s does not get %j', (address, media) => {
    expect(mayRecord(address, media)).toBe(false);
  });
});

describe('[HW5] the names of loudspeakers', () => {
  it('are for the speaker window, which may not record', () => {
    expect(maySeeOutputs(`${APP_ORIGIN}/voice/?zone=voice-2`, ['audio'])).toBe(true);
    expect(maySeeOutputs(`${APP_ORIGIN}/voice/`, [])).toBe(true);
    expect(mayRecord(`${APP_ORIGIN}/voice/`, ['audio'])).toBe(false);
  });

  it.each([
    [`${APP_ORIGIN}/voice/`, ['video']],
    [`${APP_ORIGIN}/kiosk/`, ['audio']],
    ['https://example.org/voice/', ['audio']],
    ['', []],
  ])('%s does not see them by %j', (address, media) => {
    expect(maySeeOutputs(address, media)).toBe(false);
  });
});
