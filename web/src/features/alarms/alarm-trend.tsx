import type { Alarm } from '@fettle/contracts/alarms'
import { getAsset } from '@fettle/contracts/assets'
import { getHistory } from '@fettle/contracts/telemetry'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/query.ts'
import { TrendChart } from '../../design/charts/trend-chart.tsx'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { toneOfAlarm } from '../../design/state-tag.tsx'
import { useNow } from '../../format/now.ts'
import { epochOf } from '../../format/time.ts'
import { useText } from '../../i18n/use-text.ts'
import { shownAlarm } from './shown-alarm.ts'

const BEFORE_MS = 60 * 60_000
const AFTER_MS = 10 * 60_000
/** A running alarm's chart asks again this often. */
const STEP_MS = 30_000

/** The alarmed signal from an hour before until ten minutes after, the episode as a band. */
export function AlarmTrend({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation('alarms')
  const text = useText()
  const now = useNow(STEP_MS)
  const raised = epochOf(alarm.raisedAt)
  const ended = alarm.clearedAt === null ? now : epochOf(alarm.clearedAt)
  const from = raised - BEFORE_MS
  const to = Math.min(ended + AFTER_MS, now)
  const asset = useQuery(reading(getAsset, { params: { assetId: alarm.assetId } }))
  const history = useQuery({
    ...reading(getHistory, { params: { signalId: alarm.signalId }, querystring: { from, to, buckets: 300 } }),
    placeholderData: (former) => former,
  })
  const signal = asset.data?.signals.find(({ id }) => id === alarm.signalId)
  const failed = [asset, history].find(({ isLoadingError }) => isLoadingError)
  if (failed) return <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
  if (!history.data || asset.isPending) return <Skeleton.Node active style={{ width: '100%', height: 240 }} />
  const { times, min, mean, max } = history.data
  const name = text(alarm.signalName)
  const limits = signal?.limits ?? { hh: null, h: null, l: null, ll: null }
  return (
    <TrendChart
      label={t('detail.chart', { signal: name })}
      series={[
        {
          key: alarm.signalKey,
          name,
          unit: alarm.unit,
          decimals: signal?.decimals ?? 2,
          times,
          min,
          mean,
          max,
          limits,
        },
      ]}
      from={from}
      to={to}
      height={240}
      bands={[{ key: alarm.id, from: raised, to: ended, tone: alarmTone(alarm), label: name }]}
      updating={history.isPlaceholderData}
      empty={t('detail.noReadings')}
    />
  )
}

function alarmTone(alarm: Alarm): 'critical' | 'warning' {
  return toneOfAlarm(shownAlarm(alarm).level) === 'critical' ? 'critical' : 'warning'
}
