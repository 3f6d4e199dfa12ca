import type { Evidence } from '@fettle/contracts/evidence'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TrendChart } from '../../../design/charts/trend-chart.tsx'
import { usePhone } from '../../../design/use-media.ts'
import { useFormat } from '../../../format/use-format.ts'
import { useText } from '../../../i18n/use-text.ts'
import styles from './evidence-panel.module.css'
import { seriesOf, toldUntil } from './trend-series-of.ts'
import { useStateWords } from './use-state-words.ts'

/** More than this on one chart is no evidence but noise. */
const MOST_SIGNALS = 4

interface EvidenceTrendsProps {
  readonly evidence: Evidence
  readonly assetId: string
}

/**
 * The alarmed signal against its limits from an hour before to ten minutes after; others can be laid beside it. While
 * the minutes after are not in yet, the chart says how far it reaches.
 */
export function EvidenceTrends({ evidence, assetId }: EvidenceTrendsProps) {
  const { t } = useTranslation('ticket')
  const text = useText()
  const format = useFormat()
  const phone = usePhone()
  const wordsOf = useStateWords(assetId)
  const [shown, setShown] = useState<readonly string[]>(evidence.trends.slice(0, 1).map(({ signalKey }) => signalKey))
  const series = useMemo(
    () =>
      evidence.trends
        .filter(({ signalKey }) => shown.includes(signalKey))
        .map((trend) => seriesOf(trend, text(trend.name), wordsOf(trend.signalKey))),
    [evidence.trends, shown, text, wordsOf],
  )
  const until = evidence.frozen ? null : toldUntil(series)
  const names = series.map(({ name }) => name).join(t('separator'))

  function toggle(key: string) {
    if (!shown.includes(key)) setShown([...shown, key].slice(-MOST_SIGNALS))
    else if (shown.length > 1) setShown(shown.filter((other) => other !== key))
  }

  return (
    <div>
      <fieldset className={styles['signals']} aria-label={t('evidence.signals')}>
        {evidence.trends.map((trend) => (
          <button
            key={trend.signalKey}
            type="button"
            className={styles['signal']}
            aria-pressed={shown.includes(trend.signalKey)}
            onClick={() => toggle(trend.signalKey)}
          >
            {text(trend.name)}
          </button>
        ))}
      </fieldset>
      <TrendChart
        label={t('evidence.chart', { signals: names })}
        series={series}
        from={evidence.from}
        to={evidence.to}
        height={phone ? 220 : 280}
        flags={[{ key: evidence.alarmId, at: evidence.raisedAt, kind: 'alarm', label: t('evidence.moment') }]}
        empty={t('evidence.noReadings')}
      />
      {until === null ? null : <p className={styles['until']}>{t('evidence.until', { time: format.clock(until) })}</p>}
    </div>
  )
}
