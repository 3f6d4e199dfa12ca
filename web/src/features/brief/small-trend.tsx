import type { Alarm } from '@fettle/contracts/alarms'
import type { AssetSummary } from '@fettle/contracts/assets'
import type { EvidenceTrend } from '@fettle/contracts/evidence'
import { useTranslation } from 'react-i18next'
import { extentOf, unitRange } from '../../design/charts/trend-series.ts'
import { isJudged, standing } from '../../design/signal-standing.ts'
import { measured } from '../../format/number.ts'
import { epochOf } from '../../format/time.ts'
import { useFormat } from '../../format/use-format.ts'
import { useLanguage, useText } from '../../i18n/use-text.ts'
import { useLatest } from '../../live/live-values.ts'
import { seriesOf } from '../tickets/evidence/trend-series-of.ts'
import styles from './small-trend.module.css'
import { apart, bandPath, DAY, linear, linePath, timeTicks } from './trend-scale.ts'
import { useWidth } from './use-width.ts'

const HEIGHT = 96
const FOOT = 18
const RIGHT = 46
/** Room for half a label above the highest limit. */
const TOP = 10

interface SmallTrendProps {
  readonly trend: EvidenceTrend
  /** Alarms on this signal; marked where they began. */
  readonly alarms: readonly Alarm[]
  /** The machine as it is now; its limits hold while it runs. */
  readonly asset: AssetSummary
}

/** One signal over the last week against its limits: small, drawn as SVG, so that it prints as sharply as it shows. */
export function SmallTrend({ trend, alarms, asset }: SmallTrendProps) {
  const { t } = useTranslation('brief')
  const text = useText()
  const format = useFormat()
  const [frame, width] = useWidth()
  const { unit, decimals, times, limits } = trend
  const series = seriesOf(trend, text(trend.name))
  const extent = extentOf(series)
  const answered = asset.headline.find(({ id }) => id === trend.signalId)?.latest ?? null
  // The trend ends with the mean of half an hour; what it is now is told by the machine itself.
  const newest = useLatest(trend.signalId, answered)?.value ?? extent?.last ?? 0
  const low = Math.min(extent?.low ?? newest, newest)
  const high = Math.max(extent?.high ?? newest, newest)
  const shown = (value: number) => format.value(value, decimals, unit)

  return (
    <figure className={styles['trend']}>
      <figcaption>
        <strong>{series.name}</strong>
        {extent ? (
          <>
            <span data-standing={isJudged(asset.state) ? standing(newest, limits) : undefined}>
              {t('trends.now', { value: shown(newest) })}
            </span>
            <span className="muted">{t('trends.week', { low: measured(low, decimals), high: shown(high) })}</span>
          </>
        ) : (
          <span className="muted">{t('trendEmpty')}</span>
        )}
        {alarms.length > 0 ? (
          <span className={styles['count']}>{t('alarmCount', { count: alarms.length })}</span>
        ) : null}
      </figcaption>
      <div ref={frame} className={styles['frame']} style={{ minHeight: extent ? HEIGHT : 0 }}>
        {extent && width > 0 ? (
          <svg
            viewBox={`0 0 ${width} ${HEIGHT}`}
            role="img"
            aria-label={t('trendLabel', {
              signal: series.name,
              low: shown(low),
              high: shown(high),
              last: shown(newest),
            })}
          >
            <Drawing
              trend={trend}
              span={[times[0] ?? 0, times.at(-1) ?? 0]}
              range={unitRange([series]) ?? [0, 1]}
              width={width}
              alarmsAt={alarms.map(({ raisedAt }) => epochOf(raisedAt))}
            />
          </svg>
        ) : null}
      </div>
    </figure>
  )
}

interface DrawingProps {
  readonly trend: EvidenceTrend
  readonly span: readonly [number, number]
  readonly range: readonly [number, number]
  readonly width: number
  readonly alarmsAt: readonly number[]
}

function Drawing({ trend, span, range, width, alarmsAt }: DrawingProps) {
  const language = useLanguage()
  const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { month: 'numeric', day: 'numeric' })
  const zone = -new Date(span[0]).getTimezoneOffset() * 60_000
  const x = linear(span, [1, width - RIGHT])
  const y = linear(range, [HEIGHT - FOOT, TOP])
  // A label needs about 36 px.
  const every = Math.max(1, Math.ceil((36 * 7) / Math.max(1, width - RIGHT)))
  const { hh, h, l, ll } = trend.limits
  const limits = (
    [
      ['critical', hh],
      ['warning', h],
      ['warning', l],
      ['critical', ll],
    ] as const
  ).flatMap(([tone, value]) =>
    value !== null && value > range[0] && value < range[1] ? [{ tone, value, at: y(value) }] : [],
  )
  const labels = apart(
    limits.map(({ at }) => at),
    12,
  )
  return (
    <>
      {timeTicks(span, 7, zone)
        .filter((at) => (at + zone) % DAY === 0)
        .map((at, place) => (
          <g key={at} className={styles['day']}>
            <line x1={x(at)} x2={x(at)} y1={4} y2={HEIGHT - FOOT} />
            {x(at) < width - RIGHT - 12 && place % every === 0 ? (
              <text x={x(at)} y={HEIGHT - 4} textAnchor="middle">
                {day.format(at)}
              </text>
            ) : null}
          </g>
        ))}
      {limits.map(({ tone, value, at }, place) => (
        <g key={value} className={styles['limit']} data-tone={tone}>
          <line x1={0} x2={width - RIGHT} y1={at} y2={at} />
          <text x={width - RIGHT + 5} y={(labels[place] ?? at) + 4}>
            {measured(value, trend.decimals)}
          </text>
        </g>
      ))}
      <path className={styles['band']} d={bandPath(trend, x, y)} />
      <path className={styles['line']} d={linePath(trend, x, y)} />
      {alarmsAt
        .filter((at) => at >= span[0] && at <= span[1])
        .map((at) => (
          <line key={at} className={styles['alarm']} x1={x(at)} x2={x(at)} y1={4} y2={HEIGHT - FOOT} />
        ))}
    </>
  )
}
