import type { Evidence } from '@fettle/contracts/evidence'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TrendChart } from '../../../design/charts/trend-chart.tsx'
import { usePhone } from '../../../design/use-media.ts'
import { useText } from '../../../i18n/use-text.ts'
import styles from './evidence-panel.module.css'
import { seriesOf } from './trend-series-of.ts'

/** More than this on one chart is no evidence but noise. */
const MOST_SIGNALS = 4

/** The alarmed signal against its limits from an hour before to ten minutes after; others can be laid beside it. */
export function EvidenceTrends({ evidence }: { readonly evidence: Evidence }) {
  const { t } = useTranslation('ticket')
  const text = useText()
  const phone = usePhone()
  const [shown, setShown] = useState<readonly string[]>(evidence.trends.slice(0, 1).map(({ signalKey }) => signalKey))
  const series = useMemo(
    () =>
      evidence.trends
        .filter(({ signalKey }) => shown.includes(signalKey))
        .map((trend) => seriesOf(trend, text(trend.name))),
    [evidence.trends, shown, text],
  )
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
    </div>
  )
}
