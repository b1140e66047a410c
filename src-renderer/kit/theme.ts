import { type ThemeConfig, theme } from 'antd';

/**
 * The one place where colours are chosen. Ant Design components take them as tokens (`antdTheme`), our own
 * style sheets as `var(--foyer-…)` (`cssVariables`). Text colours keep at least 4.5:1 on every surface of their
 * theme; each meaning also has a sign (`signs.tsx`), so that colour never speaks alone.
 */
export interface Palette {
  readonly page: string;
  readonly surface: string;
  readonly raised: string;
  readonly text: string;
  readonly textQuiet: string;
  readonly line: string;
  readonly accent: string;
  readonly accentStrong: string;
  readonly accentSoft: string;
  readonly onAccent: string;
  /** The four meanings and "well", each as text or sign, and soft as a background. */
  readonly waiting: string;
  readonly waitingSoft: string;
  readonly soon: string;
  readonly soonSoft: string;
  /** A whole band that cannot be overlooked, and the words on it. */
  readonly soonBand: string;
  readonly onSoonBand: string;
  readonly late: string;
  readonly lateSoft: string;
  readonly broken: string;
  readonly brokenSoft: string;
  readonly well: string;
  readonly wellSoft: string;
  readonly shadow: string;
}

export type ThemeName = 'light' | 'dark';

export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  light: {
    page: '#f2f5f4',
    surface: '#ffffff',
    raised: '#ffffff',
    text: '#12211f',
    textQuiet: '#4a5c59',
    line: '#d5dedc',
    accent: '#0b6660',
    accentStrong: '#084d49',
    accentSoft: '#e0f0ed',
    onAccent: '#ffffff',
    waiting: '#2a5a8c',
    waitingSoft: '#e5eef8',
    soon: '#7a5200',
    soonSoft: '#fdf0d0',
    soonBand: '#f5b83d',
    onSoonBand: '#2b1c00',
    late: '#a8390b',
    lateSoft: '#fde8dd',
    broken: '#a3122b',
    brokenSoft: '#fbe3e7',
    well: '#1a6b3f',
    wellSoft: '#e1f3e8',
    shadow: '0 1px 2px rgb(18 33 31 / 8%), 0 4px 16px rgb(18 33 31 / 6%)',
  },
  dark: {
    page: '#061110',
    surface: '#0c1b19',
    raised: '#132826',
    text: '#f1f8f6',
    textQuiet: '#a9c0bb',
    line: '#22413c',
    accent: '#5fdccb',
    accentStrong: '#8ff0e2',
    accentSoft: '#0f3531',
    onAccent: '#04211e',
    waiting: '#93c8ff',
    waitingSoft: '#12283d',
    soon: '#ffc857',
    soonSoft: '#3a2c08',
    soonBand: '#ffb938',
    onSoonBand: '#2b1c00',
    late: '#ff9d70',
    lateSoft: '#40200f',
    broken: '#ff8b97',
    brokenSoft: '#451820',
    well: '#77d9a2',
    wellSoft: '#0f3320',
    shadow: '0 2px 24px rgb(0 0 0 / 40%)',
  },
};

export const FONT_FAMILY =
  '"Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", system-ui, sans-serif';

/** Ant Design's theme; `touch` makes letters and controls larger for fingers. */
export function antdTheme(name: ThemeName, touch = false): ThemeConfig {
  const palette = PALETTES[name];
  return {
    algorithm: name === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.waiting,
      colorSuccess: palette.well,
      colorWarning: palette.soon,
      colorError: palette.broken,
      colorTextBase: palette.text,
      colorTextSecondary: palette.textQuiet,
      colorTextPlaceholder: palette.textQuiet,
      colorBgBase: palette.surface,
      colorBgLayout: palette.page,
      colorBgElevated: palette.raised,
      colorBorder: palette.line,
      colorTextLightSolid: palette.onAccent,
      fontFamily: FONT_FAMILY,
      fontSize: touch ? 20 : 16,
      controlHeight: touch ? 56 : 40,
      borderRadius: 10,
    },
  };
}

/** The palette as CSS variables: `accentSoft` becomes `--foyer-accent-soft`. */
export function cssVariables(name: ThemeName): Record<string, string> {
  const variables: Record<string, string> = { '--foyer-font': FONT_FAMILY };
  for (const [key, value] of Object.entries(PALETTES[name]))
    variables[`--foyer-${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`] = value;
  return variables;
}
