export type Scheme = 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

/** What a state means to the eye, the same on every screen; never shown without its icon and word. */
export const tones = ['critical', 'warning', 'ok', 'unknown', 'offline', 'maintenance'] as const
export type Tone = (typeof tones)[number]

interface Palette {
  /** Behind everything. */
  readonly canvas: string
  /** Panels, tables, cards. */
  readonly surface: string
  /** Menus and dialogs above panels. */
  readonly raised: string
  /** Wells: skeletons, table heads, code. */
  readonly sunken: string
  readonly line: string
  readonly lineStrong: string
  readonly text: string
  readonly textMuted: string
  readonly accent: string
  readonly accentHover: string
  readonly accentSoft: string
  readonly onAccent: string
  readonly focus: string
  readonly states: Readonly<Record<Tone, { readonly text: string; readonly soft: string }>>
  /** Up to eight signals of one chart. */
  readonly series: readonly string[]
}

/** Every text colour here has a contrast of at least 4.5 on every ground it may stand on (theme.test.ts). */
export const palettes: Readonly<Record<Scheme, Palette>> = {
  light: {
    canvas: '#f4f6f7',
    surface: '#ffffff',
    raised: '#ffffff',
    sunken: '#edf0f2',
    line: '#e1e6e9',
    lineStrong: '#c5ced3',
    text: '#16232a',
    textMuted: '#546269',
    accent: '#14566a',
    accentHover: '#1b6b83',
    accentSoft: '#e2eef2',
    onAccent: '#ffffff',
    focus: '#2b8ba8',
    states: {
      critical: { text: '#ac2017', soft: '#fbe9e7' },
      warning: { text: '#824c00', soft: '#fbf0da' },
      ok: { text: '#1a6640', soft: '#e4f2ea' },
      unknown: { text: '#546067', soft: '#edf0f2' },
      offline: { text: '#48545e', soft: '#e6eaee' },
      maintenance: { text: '#4a489a', soft: '#ebebf8' },
    },
    series: ['#14566a', '#b4532a', '#5b4b9e', '#3f7d3a', '#a8326b', '#8a6a00', '#2f6fc0', '#5f6b72'],
  },
  dark: {
    canvas: '#0f1518',
    surface: '#161e22',
    raised: '#1c262b',
    sunken: '#1d272c',
    line: '#28343a',
    lineStrong: '#3d4c54',
    text: '#e3eaed',
    textMuted: '#9eaeb5',
    accent: '#74bccf',
    accentHover: '#93cfdf',
    accentSoft: '#1a343d',
    onAccent: '#06222b',
    focus: '#74bccf',
    states: {
      critical: { text: '#ff9f95', soft: '#3c1d1a' },
      warning: { text: '#f0bf6c', soft: '#352910' },
      ok: { text: '#82d2a5', soft: '#153021' },
      unknown: { text: '#a9b6bc', soft: '#232d32' },
      offline: { text: '#b3bfc7', soft: '#252d33' },
      maintenance: { text: '#b6b5f5', soft: '#27274a' },
    },
    series: ['#74bccf', '#f0946c', '#b3a5f2', '#8fcf84', '#f08cba', '#e0c05a', '#86b4f5', '#a9b6bc'],
  },
}

export const fontFamily =
  "'Noto Sans SC Variable', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif"

/** The palette as custom properties for the style sheets: `--text-muted`, `--state-critical`, `--state-critical-soft`. */
export function cssVariables(scheme: Scheme): Record<string, string> {
  const { states, series, ...flat } = palettes[scheme]
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return Object.fromEntries([
    ...Object.entries(flat).map(([name, value]) => [`--${kebab(name)}`, value]),
    ...Object.entries(states).flatMap(([tone, { text, soft }]) => [
      [`--state-${tone}`, text],
      [`--state-${tone}-soft`, soft],
    ]),
    ...series.map((value, place) => [`--series-${place}`, value]),
  ])
}
