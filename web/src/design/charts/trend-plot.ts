import type { Limits } from '@fettle/contracts/assets'
import uPlot from 'uplot'
import { measured } from '../../format/number.ts'
import type { Language } from '../../i18n/setup.ts'
import { fontFamily, palettes, type Scheme } from '../theme.ts'
import { timeLabels } from './time-labels.ts'
import type { TrendBand, TrendSeries } from './trend-series.ts'
import { axisOf, unitRange } from './trend-series.ts'

/** What the drawing reads anew at every draw; the chart replaces it without building the plot again. */
export interface PlotState {
  series: readonly TrendSeries[]
  bands: readonly TrendBand[]
  from: number
  to: number
  /** Whose limits are drawn. */
  focus: string | undefined
  /** In the viewer's language. */
  limitNames: Readonly<Record<keyof Limits, string>>
}

interface PlotOptions {
  readonly state: PlotState
  readonly scheme: Scheme
  readonly language: Language
  readonly width: number
  readonly height: number
  readonly onCursor: (at: number | null, index: number | null) => void
  readonly onSelect: ((from: number, to: number) => void) | undefined
  readonly onLayout: (left: number, width: number) => void
}

const TICK_FONT = `12px ${fontFamily}`
/** Drags shorter than this are clicks. */
const LEAST_DRAG_PX = 6

const stepped = uPlot.paths.stepped?.({ align: 1 })

/** The first series of each axis, in the order in which the signals appear. */
const firstOfEachAxis = (series: readonly TrendSeries[]) =>
  series.filter((each, place) => series.findIndex((other) => axisOf(other) === axisOf(each)) === place)

/** Options of a plot with three columns (min, max, mean) per series, as `align` makes them. */
export function plotOptions(options: PlotOptions): uPlot.Options {
  const { state, scheme, language, width, height } = options
  const palette = palettes[scheme]
  const axes = firstOfEachAxis(state.series)
  const narrow = width < 560
  return {
    width,
    height,
    ms: 1,
    padding: [10, axes.length > 1 && !narrow ? 0 : 14, 0, 0],
    legend: { show: false },
    cursor: {
      drag: { x: options.onSelect !== undefined, y: false, setScale: false, dist: LEAST_DRAG_PX },
      points: { size: 7 },
      y: false,
      ...(options.onSelect ? {} : { bind: { dblclick: () => null } }),
    },
    scales: {
      x: { time: true, range: () => [state.from, state.to] },
      ...Object.fromEntries(
        axes.map((first) => [
          axisOf(first),
          {
            range: (): uPlot.Range.MinMax => [
              ...(unitRange(state.series.filter((each) => axisOf(each) === axisOf(first))) ?? [0, 1]),
            ],
          } satisfies uPlot.Scale,
        ]),
      ),
    },
    axes: [
      {
        stroke: palette.textMuted,
        font: TICK_FONT,
        size: 34,
        gap: 8,
        space: narrow ? 64 : 84,
        grid: { show: false },
        ticks: { show: false },
        border: { show: true, stroke: palette.line, width: 1 },
        values: (_, splits) => timeLabels(splits, (splits[1] ?? 0) - (splits[0] ?? 0), language),
      },
      ...axes.map((first, place): uPlot.Axis => ({
        scale: axisOf(first),
        side: place === 0 ? 3 : 1,
        show: !narrow || place < 2,
        stroke: palette.textMuted,
        font: TICK_FONT,
        size: axisWidth,
        gap: 8,
        space: 40,
        grid: { show: place === 0, stroke: palette.line, width: 1 },
        ticks: { show: false },
        ...(first.words ? { incrs: [1] } : {}),
        values: (_, splits) => (first.words ? splits.map(first.words) : axisLabels(splits, first.unit)),
      })),
    ],
    series: [
      {},
      ...state.series.flatMap((each, place): uPlot.Series[] => {
        const color = palette.series[place % palette.series.length] ?? palette.accent
        const scale = axisOf(each)
        const paths = each.words && stepped ? { paths: stepped } : {}
        const edge: uPlot.Series = { scale, stroke: 'transparent', width: 0, points: { show: false }, ...paths }
        return [edge, edge, { scale, stroke: color, width: 1.75, points: { show: false }, ...paths }]
      }),
    ],
    bands: state.series.map((_, place) => ({
      series: [place * 3 + 2, place * 3 + 1],
      fill: `${palette.series[place % palette.series.length] ?? palette.accent}2e`,
    })),
    hooks: {
      drawAxes: [(plot) => drawBands(plot, state, scheme)],
      draw: [(plot) => drawLimits(plot, state, scheme)],
      setCursor: [({ cursor, data }) => options.onCursor(data[0][cursor.idx ?? -1] ?? null, cursor.idx ?? null)],
      setSelect: [
        (plot) => {
          const { left, width: wide } = plot.select
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          if (wide < LEAST_DRAG_PX) return
          options.onSelect?.(Math.round(plot.posToVal(left, 'x')), Math.round(plot.posToVal(left + wide, 'x')))
        },
      ],
      setSize: [reportLayout],
      ready: [reportLayout],
    },
  }

  function reportLayout({ bbox }: uPlot) {
    options.onLayout(bbox.left / devicePixelRatio, bbox.width / devicePixelRatio)
  }
}

/** As wide as the longest label. */
function axisWidth(plot: uPlot, values: string[] | null): number {
  const longest = (values ?? []).reduce((one, other) => (other.length > one.length ? other : one), '')
  // uPlot remembers what it set on its context, so nothing may be left changed.
  plot.ctx.save()
  plot.ctx.font = TICK_FONT
  const { width } = plot.ctx.measureText(longest)
  plot.ctx.restore()
  return Math.ceil(width) + 18
}

/** As many decimals as the steps need; the unit stands at the topmost label only. */
function axisLabels(splits: readonly number[], unit: string): string[] {
  const step = (splits[1] ?? 1) - (splits[0] ?? 0)
  // Steps of 2.5 need one decimal: 97.5 must not read as 98.
  const decimals =
    [0, 1, 2, 3].find((digits) => Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6) ?? 4
  return splits.map((split, place) => {
    const text = measured(split, decimals)
    return place === splits.length - 1 && unit !== '' ? `${text} ${unit}` : text
  })
}

function drawBands({ ctx, bbox, valToPos }: uPlot, { bands, from, to }: PlotState, scheme: Scheme) {
  ctx.save()
  for (const band of bands) {
    if (band.to < from || band.from > to) continue
    const left = valToPos(Math.max(band.from, from), 'x', true)
    const right = Math.max(valToPos(Math.min(band.to, to), 'x', true), left + 2 * devicePixelRatio)
    const { soft, text } = palettes[scheme].states[band.tone]
    ctx.globalAlpha = scheme === 'dark' ? 0.55 : 0.8
    ctx.fillStyle = soft
    ctx.fillRect(left, bbox.top, right - left, bbox.height)
    ctx.globalAlpha = 1
    ctx.fillStyle = text
    ctx.fillRect(left, bbox.top, right - left, 2 * devicePixelRatio)
  }
  ctx.restore()
}

const limitTones = { hh: 'critical', h: 'warning', l: 'warning', ll: 'critical' } as const

function drawLimits(plot: uPlot, { series, focus, limitNames }: PlotState, scheme: Scheme) {
  const { ctx, bbox } = plot
  const focused = series.find(({ key }) => key === focus)
  if (!focused) return
  const ratio = devicePixelRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.font = `${11 * ratio}px ${fontFamily}`
  ctx.textBaseline = 'bottom'
  // At the left: at the right the newest values and the flags of what just happened stand in the way.
  ctx.textAlign = 'left'
  for (const name of ['hh', 'h', 'l', 'll'] as const) {
    const limit = focused.limits[name]
    if (limit === null) continue
    const y = Math.round(plot.valToPos(limit, axisOf(focused), true))
    if (y < bbox.top || y > bbox.top + bbox.height) continue
    const { text } = palettes[scheme].states[limitTones[name]]
    ctx.strokeStyle = text
    ctx.fillStyle = text
    ctx.lineWidth = ratio
    ctx.setLineDash(limitTones[name] === 'critical' ? [] : [5 * ratio, 4 * ratio])
    ctx.globalAlpha = 0.8
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.globalAlpha = 1
    const label = `${limitNames[name]} ${measured(limit, focused.decimals)}`
    const below = y - bbox.top < 18 * ratio
    ctx.textBaseline = below ? 'top' : 'bottom'
    ctx.lineWidth = 3 * ratio
    ctx.setLineDash([])
    ctx.strokeStyle = palettes[scheme].surface
    ctx.strokeText(label, bbox.left + 6 * ratio, y + (below ? 3 : -3) * ratio)
    ctx.fillText(label, bbox.left + 6 * ratio, y + (below ? 3 : -3) * ratio)
  }
  ctx.restore()
}
