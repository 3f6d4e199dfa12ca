import 'uplot/dist/uPlot.min.css'
import { AlertOutlined, FileTextOutlined, InboxOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import type { Limits } from '@fettle/contracts/assets'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import uPlot from 'uplot'
import { useFormat } from '../../format/use-format.ts'
import { useLanguage } from '../../i18n/use-text.ts'
import { useAppearance } from '../appearance.tsx'
import styles from './trend-chart.module.css'
import { TrendLegend } from './trend-legend.tsx'
import { plotOptions, type PlotState } from './trend-plot.ts'
import { align, extentOf, type TrendBand, type TrendFlag, type TrendSeries } from './trend-series.ts'

export interface TrendChartProps {
  /** What is shown, for screen readers: “排气温度，过去 60 分钟”. */
  readonly label: string
  /** At most eight; each unit gets an axis. */
  readonly series: readonly TrendSeries[]
  /** The span of time, epoch ms; values outside are not drawn. */
  readonly from: number
  readonly to: number
  readonly bands?: readonly TrendBand[]
  readonly flags?: readonly TrendFlag[]
  /** Height of the drawing in px, without the legend. */
  readonly height?: number
  /** A stretch was dragged. Without it the chart cannot be zoomed. */
  readonly onZoom?: (from: number, to: number) => void
  /** A double click: one step back out. */
  readonly onZoomOut?: () => void
  /** Takes the place of the lines when no series has a value: say why. */
  readonly empty: ReactNode
  /** Newer data is on its way; what is shown stays. */
  readonly updating?: boolean
}

const NONE: readonly TrendBand[] = []
const flagIcons = { ticket: FileTextOutlined, part: InboxOutlined, alarm: AlertOutlined } as const

/**
 * Signals over time against their limits: mean as line, min to max as its shadow, limits of one signal as labelled lines
 * (choose another in the legend), alarm episodes as bands, tickets and parts as flags. Drag to zoom, double-click to go
 * back. Follows its container's width and the theme; a text says the same to those who do not see it.
 */
export function TrendChart(props: TrendChartProps) {
  const { label, series, from, to, bands = NONE, flags = [], height = 300, onZoom, onZoomOut, empty, updating } = props
  const { t } = useTranslation('trend')
  const { scheme } = useAppearance()
  const language = useLanguage()
  const frame = useRef<HTMLDivElement>(null)
  const [layout, setLayout] = useState({ left: 0, width: 0 })
  const [cursor, setCursor] = useState<{ readonly at: number | null; readonly index: number | null }>(noCursor)
  const [chosen, setChosen] = useState<string>()
  const focus = series.some(({ key }) => key === chosen) ? chosen : series[0]?.key
  const hasValues = useMemo(() => series.some((each) => each.mean.some((value) => value !== null)), [series])
  const data = useMemo(() => align(series), [series])
  const limitNames = useMemo(
    () =>
      ({ hh: t('limit.hh'), h: t('limit.h'), l: t('limit.l'), ll: t('limit.ll') }) satisfies Record<
        keyof Limits,
        string
      >,
    [t],
  )

  const state = useRef<PlotState>({ series, bands, from, to, focus, limitNames })
  const handlers = useRef({ onZoom, onZoomOut })
  const plot = useRef<uPlot>(null)
  useLayoutEffect(() => {
    Object.assign(state.current, { series, bands, from, to, focus, limitNames } satisfies PlotState)
    plot.current?.setData(data as uPlot.AlignedData)
  }, [data, series, bands, from, to, focus, limitNames])

  useLayoutEffect(() => {
    handlers.current = { onZoom, onZoomOut }
  })

  // The plot is built anew only when its axes, colours or size change; data and limits are replaced in place.
  const shape = series.map(({ key, unit }) => `${key} ${unit}`).join('|')
  const zoomable = onZoom !== undefined
  useEffect(() => {
    const element = frame.current
    if (!element || !hasValues) return
    const made = new uPlot(
      plotOptions({
        state: state.current,
        scheme,
        language,
        width: element.clientWidth,
        height,
        // New data moves the cursor to where it is: only a real move may render, or drawing would never end.
        onCursor: (at, index) =>
          setCursor((former) => (former.index === index && former.at === at ? former : { at, index })),
        onSelect: zoomable ? (start, end) => handlers.current.onZoom?.(start, end) : undefined,
        onLayout: (left, width) => setLayout({ left, width }),
      }),
      align(state.current.series) as uPlot.AlignedData,
      element,
    )
    plot.current = made
    made.over.addEventListener('dblclick', () => handlers.current.onZoomOut?.())
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
      setCursor(noCursor)
    }
  }, [shape, scheme, language, height, hasValues, zoomable])

  return (
    <figure className={styles['figure']} aria-label={label} aria-busy={updating} data-updating={updating || undefined}>
      <div className={styles['frame']} style={{ height }}>
        {hasValues ? (
          <>
            <div ref={frame} aria-hidden="true" />
            <Flags flags={flags} from={from} to={to} layout={layout} />
          </>
        ) : (
          <div className={styles['empty']}>{empty}</div>
        )}
      </div>
      <TrendLegend series={series} data={data} cursor={cursor} focus={focus} onFocus={setChosen} />
      <figcaption className="visually-hidden">
        <Summary series={series} />
      </figcaption>
    </figure>
  )
}

const noCursor = { at: null, index: null } as const

interface FlagsProps {
  readonly flags: readonly TrendFlag[]
  readonly from: number
  readonly to: number
  readonly layout: { readonly left: number; readonly width: number }
}

function Flags({ flags, from, to, layout }: FlagsProps) {
  const { t } = useTranslation('trend')
  const format = useFormat()
  const shown = flags.filter(({ at }) => at >= from && at <= to)
  if (shown.length === 0 || layout.width === 0) return null
  return (
    <ul className={styles['flags']} style={layout} aria-label={t('flags')}>
      {shown.map((flag) => {
        const Icon = flagIcons[flag.kind]
        const said = `${flag.label} · ${format.exact(flag.at)}`
        return (
          <li key={flag.key} style={{ left: `${((flag.at - from) / (to - from)) * 100}%` }}>
            <Tooltip title={said}>
              <button
                type="button"
                data-kind={flag.kind}
                aria-label={said}
                disabled={!flag.onOpen}
                onClick={flag.onOpen}
              >
                <Icon aria-hidden="true" />
              </button>
            </Tooltip>
          </li>
        )
      })}
    </ul>
  )
}

/** The chart in words: what was lowest, highest and last, and whether a limit was reached. */
function Summary({ series }: { readonly series: readonly TrendSeries[] }) {
  const { t } = useTranslation('trend')
  const format = useFormat()
  return series.map((each) => {
    const extent = extentOf(each)
    if (!extent) return <p key={each.key}>{t('summary.none', { name: each.name })}</p>
    const { h, hh, l, ll } = each.limits
    const upper = h ?? hh
    const lower = l ?? ll
    const value = (number: number) => each.words?.(number) ?? format.value(number, each.decimals, each.unit)
    return (
      <p key={each.key}>
        {t('summary.range', {
          name: each.name,
          low: value(extent.low),
          high: value(extent.high),
          last: value(extent.last),
          when: format.exact(extent.lastAt),
        })}
        {upper !== null && extent.high >= upper ? t('summary.above', { limit: value(upper) }) : null}
        {lower !== null && extent.low <= lower ? t('summary.below', { limit: value(lower) }) : null}
      </p>
    )
  })
}
