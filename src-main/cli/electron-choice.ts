/** The facts that decide whether windows can open in Electron. */
export interface CarrierFacts {
  readonly browserAsked: boolean;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Electron's program file, or null when there is none. Asked only if it matters: it may have to be downloaded. */
  findElectron(): string | null;
}

export type CarrierChoice =
  | { readonly carrier: 'electron'; readonly electronFile: string }
  | { readonly carrier: 'browser'; readonly why: BrowserReason };

/** Why windows are served to a browser; each has its sentence in the start texts. */
export type BrowserReason = 'browserAsked' | 'noDisplay' | 'noElectron' | 'electronFailed';

/** Electron where it can run, else the browser, with the reason. */
export function chooseCarrier(facts: CarrierFacts): CarrierChoice {
  if (facts.browserAsked) return { carrier: 'browser', why: 'browserAsked' };
  if (!hasDisplay(facts)) return { carrier: 'browser', why: 'noDisplay' };
  const electronFile = facts.findElectron();
  return electronFile === null
    ? { carrier: 'browser', why: 'noElectron' }
    : { carrier: 'electron', electronFile };
}

/** Windows and macOS always have one; elsewhere X11 or Wayland says so. */
function hasDisplay({ platform, environment }: CarrierFacts): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}
