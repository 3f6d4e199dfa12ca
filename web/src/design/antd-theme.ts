import { theme as antdTheme, type ThemeConfig } from 'antd'
import { fontFamily, palettes, type Density, type Scheme } from './theme.ts'

/** Ant Design's tokens from the same palette. `touch`: a phone, where everything that is pressed is 44 px high. */
export function antdThemeOf(scheme: Scheme, density: Density, touch: boolean): ThemeConfig {
  const palette = palettes[scheme]
  const { critical, warning, ok } = palette.states
  const compact = density === 'compact' && !touch
  const controlHeight = touch ? 44 : compact ? 28 : 34
  return {
    algorithm: scheme === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    cssVar: { key: 'fettle' },
    hashed: false,
    token: {
      fontFamily,
      fontSize: compact ? 13 : 14,
      borderRadius: 8,
      borderRadiusLG: 12,
      borderRadiusSM: 6,
      controlHeight,
      controlHeightSM: touch ? 44 : compact ? 24 : 28,
      controlHeightLG: touch ? 48 : 42,
      colorPrimary: palette.accent,
      colorPrimaryHover: palette.accentHover,
      colorPrimaryActive: palette.accent,
      colorPrimaryBg: palette.accentSoft,
      colorPrimaryBgHover: palette.accentSoft,
      colorPrimaryText: palette.accent,
      colorLink: palette.accent,
      colorLinkHover: palette.accentHover,
      colorInfo: palette.accent,
      colorError: critical.text,
      colorErrorBg: critical.soft,
      colorWarning: warning.text,
      colorWarningBg: warning.soft,
      colorSuccess: ok.text,
      colorSuccessBg: ok.soft,
      colorTextLightSolid: palette.onAccent,
      colorText: palette.text,
      colorTextSecondary: palette.textMuted,
      colorTextTertiary: palette.textMuted,
      colorTextDescription: palette.textMuted,
      colorTextPlaceholder: palette.textMuted,
      colorBgLayout: palette.canvas,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.raised,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      colorBgSpotlight: scheme === 'dark' ? '#34434a' : '#1d2b32',
      lineWidthFocus: 2,
      motionDurationMid: '0.14s',
      motionDurationSlow: '0.2s',
      boxShadow: '0 8px 28px rgb(10 22 28 / 14%)',
      boxShadowSecondary: '0 8px 28px rgb(10 22 28 / 14%)',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', fontWeight: 500 },
      Table: {
        headerBg: palette.surface,
        headerColor: palette.textMuted,
        headerSplitColor: 'transparent',
        rowHoverBg: palette.canvas,
        cellPaddingBlock: compact ? 7 : 12,
        cellPaddingInline: 12,
      },
      Tabs: { horizontalItemGutter: 24, titleFontSize: 14 },
      Tooltip: { colorTextLightSolid: '#f3f6f7' },
      Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 6px', labelHeight: 22 },
    },
  }
}
