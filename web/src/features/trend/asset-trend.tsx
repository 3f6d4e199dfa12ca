import type { AssetFile } from '@fettle/contracts/assets'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { TrendChart } from '../../design/charts/trend-chart.tsx'
import type { TrendSeries } from '../../design/charts/trend-series.ts'
import { usePhone } from '../../design/use-media.ts'
import { serverClock } from '../../format/server-clock.ts'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './asset-trend.module.css'
import { EmptyTrend } from './empty-trend.tsx'
import { useLiveTails, withTail } from './live-tail.ts'
import { SignalList } from './signal-list.tsx'
import { bucketsFor, scaleWindow } from './time-window.ts'
import { TrendToolbar } from './trend-toolbar.tsx'
import { useAssetMarks } from './use-asset-marks.ts'
import { useHistories } from './use-histories.ts'
import { useStateWord } from './use-state-word.ts'
import { useTrendWindow, type TrendTime } from './use-trend-window.ts'

interface AssetTrendProps {
  readonly asset: AssetFile
  readonly time: TrendTime
  readonly onTime: (time: TrendTime) => void
  /** Keys of the chosen signals; undefined when nobody chose yet. */
  readonly chosen: readonly string[] | undefined
  readonly onChoose: (keys: readonly string[]) => void
}

/** Signals of one machine over time, from months down to each reading, with what happened to it. */
export function AssetTrend({ asset, time, onTime, chosen, onChoose }: AssetTrendProps) {
  const { t } = useTranslation(['trend'])
  const text = useText()
  const format = useFormat()
  const height = useChartHeight()
  const [frame, width] = useWidth()
  const window = useTrendWindow(time, onTime)
  const signals = useMemo(() => {
    const keys = chosen ?? asset.headline.slice(0, 1).map(({ key }) => key)
    return keys.flatMap((key) => asset.signals.find((signal) => signal.key === key) ?? [])
  }, [asset, chosen])
  const signalIds = useMemo(() => signals.map(({ id }) => id), [signals])

  const histories = useHistories(signalIds, window.asked, bucketsFor(width))
  const tails = useLiveTails(useMemo(() => asset.signals.map(({ id }) => id), [asset]))
  const marks = useAssetMarks(asset.id, signalIds)
  const stateWord = useStateWord()
  const series = signals.map((signal): TrendSeries => {
    const history = histories.data?.get(signal.id)
    const isStates = signal.key === asset.runStateKey
    const answered: TrendSeries = {
      key: signal.key,
      name: text(signal.name),
      unit: signal.unit,
      decimals: signal.decimals,
      limits: signal.limits,
      times: history?.times ?? [],
      min: history?.min ?? [],
      // The mean of codes is none: of a stretch the gravest state is drawn, the others as its shadow.
      mean: (isStates ? history?.max : history?.mean) ?? [],
      max: history?.max ?? [],
      ...(isStates ? { words: stateWord } : {}),
    }
    return window.isLive ? withTail(answered, tails.get(signal.id)) : answered
  })

  return (
    <div className={styles['trend']}>
      <div className={styles['chart']}>
        <TrendToolbar window={window} />
        <div ref={frame}>
          {histories.isError && !histories.data ? (
            <ErrorNotice error={histories.error} onRetry={() => void histories.refetch()} />
          ) : histories.isPending && signalIds.length > 0 ? (
            <div className={styles['waiting']} style={{ height }} aria-busy="true" />
          ) : (
            <TrendChart
              label={t('trend:chart', {
                asset: asset.name,
                from: format.exact(window.shown.from),
                to: format.exact(window.shown.to),
              })}
              series={series}
              from={window.shown.from}
              to={window.shown.to}
              bands={marks.bands}
              flags={marks.flags}
              height={height}
              updating={histories.isPlaceholderData}
              onZoom={(from, to) => window.zoomTo({ from, to })}
              onZoomOut={() =>
                window.trail.length > 0
                  ? window.backTo(window.trail.length - 1)
                  : window.moveTo(scaleWindow(window.shown, 3, serverClock.now()))
              }
              empty={
                <EmptyTrend
                  asset={asset}
                  signals={signals}
                  shown={window.shown}
                  onShow={(from, to) => window.zoomTo({ from, to })}
                />
              }
            />
          )}
        </div>
      </div>
      <SignalList asset={asset} chosen={signals.map(({ key }) => key)} onChoose={onChoose} />
    </div>
  )
}

/** As much of a tall screen as leaves the head of the machine in sight. */
function useChartHeight(): number {
  return usePhone() ? 280 : Math.min(560, Math.max(400, document.documentElement.clientHeight - 440))
}

/** The width of an element, before the first paint and after every change. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(800)
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth || 800))
    observer.observe(element)
    setWidth(element.clientWidth || 800)
    return () => observer.disconnect()
  }, [])
  return [frame, width] as const
}
