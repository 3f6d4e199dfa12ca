import { describe, expect, it } from 'vitest'
import { palettes, tones, type Scheme } from './theme.ts'

/** Relative luminance of an sRGB colour, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const satisfies readonly Scheme[])('the %s palette', (scheme) => {
  const palette = palettes[scheme]
  const grounds = [palette.canvas, palette.surface, palette.raised, palette.sunken]

  it.each(['text', 'textMuted', 'accent'] as const)('writes %s readably on every ground', (name) => {
    for (const ground of grounds) expect(contrast(palette[name], ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(tones)('writes %s readably on its own ground and on panels', (tone) => {
    const { text, soft } = palette.states[tone]
    for (const ground of [soft, palette.surface, palette.canvas])
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it('writes readably on the accent', () => {
    expect(contrast(palette.onAccent, palette.accent)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette.onAccent, palette.accentHover)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette.accent, palette.accentSoft)).toBeGreaterThanOrEqual(4.5)
  })

  it('draws series and focus rings visibly (3:1 for graphics)', () => {
    for (const line of [...palette.series, palette.focus])
      expect(contrast(line, palette.surface)).toBeGreaterThanOrEqual(3)
  })
})
