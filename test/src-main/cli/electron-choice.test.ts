import { describe, expect, it } from 'vitest';
import { type CarrierFacts, chooseCarrier } from '#main/cli/electron-choice.ts';

const LINUX_DESKTOP: CarrierFacts = {
  browserAsked: false,
  platform: 'linux',
  environment: { DISPLAY: ':0' },
  findElectron: () => '/opt/electron',
};
const unneeded = () => {
  throw new Error('Electron must not be looked for: it might be downloaded for nothing');
};

describe('choice of carrier', () => {
  it('[BR1] is Electron where there are a display and its files', () => {
    const electron = { carrier: 'electron', electronFile: '/opt/electron' };
    expect(chooseCarrier(LINUX_DESKTOP)).toEqual(electron);
    expect(chooseCarrier({ ...LINUX_DESKTOP, environment: { WAYLAND_DISPLAY: 'wayland-0' } })).toEqual(
      electron,
    );
    expect(chooseCarrier({ ...LINUX_DESKTOP, platform: 'win32', environment: {} })).toEqual(electron);
  });

  it('is the browser when asked for, whatever else there is', () => {
    const choice = chooseCarrier({ ...LINUX_DESKTOP, browserAsked: true, findElectron: unneeded });
    expect(choice).toEqual({ carrier: 'browser', why: 'browserAsked' });
  });

  it.each([{}, { DISPLAY: '' }])('is the browser without a display: %j', environment => {
    const choice = chooseCarrier({ ...LINUX_DESKTOP, environment, findElectron: unneeded });
    expect(choice).toEqual({ carrier: 'browser', why: 'noDisplay' });
  });

  it('is the browser without Electron’s files', () => {
    const choice = chooseCarrier({ ...LINUX_DESKTOP, findElectron: () => null });
    expect(choice).toEqual({ carrier: 'browser', why: 'noElectron' });
  });
});
