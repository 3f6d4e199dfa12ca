import type { Panel, PanelContent, RowPanel } from './dashboard.ts'

/** Of Grafana's grid, in columns. */
const gridWidth = 24
const rowTitleHeight = 1

/** Panels side by side, or a titled section. */
export type Band =
  | { readonly height: number; readonly panels: readonly (readonly [width: number, panel: PanelContent])[] }
  | { readonly section: string; readonly collapsed?: readonly Exclude<Band, { readonly section: string }>[] }

/** Numbers panels and places them from the top down, a band below the other. Throws when a band is not as wide as the grid. */
export function layOut(bands: readonly Band[]): (Panel | RowPanel)[] {
  let [nextId, y] = [1, 0]

  function place(band: Exclude<Band, { readonly section: string }>): Panel[] {
    let x = 0
    const placed = band.panels.map(([w, content]): Panel => {
      const panel = { ...content, id: nextId++, gridPos: { h: band.height, w, x, y } }
      x += w
      return panel
    })
    if (x !== gridWidth) throw new Error(`a band of panels is ${x} columns wide: ${placed[0]?.title ?? 'it is empty'}`)
    y += band.height
    return placed
  }

  return bands.flatMap((band): (Panel | RowPanel)[] => {
    if (!('section' in band)) return place(band)
    const { section: title, collapsed } = band
    const row = { type: 'row' as const, id: nextId++, title, gridPos: { h: rowTitleHeight, w: gridWidth, x: 0, y } }
    y += rowTitleHeight
    return [{ ...row, collapsed: collapsed !== undefined, panels: (collapsed ?? []).flatMap(place) }]
  })
}
