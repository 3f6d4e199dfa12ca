import type { Evidence } from '@fettle/contracts/evidence'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import styles from './evidence-panel.module.css'

/** How far the data behind the evidence can be trusted. */
export function EvidenceQuality({ quality }: { readonly quality: Evidence['quality'] }) {
  const { t } = useTranslation('ticket')
  const format = useFormat()
  const { readings, good, uncertain, bad, longestGapMs } = quality
  const facts = [
    [t('quality.readings'), format.count(readings)],
    [t('quality.good'), readings === 0 ? '–' : format.percent(good / readings)],
    ...(uncertain > 0 ? [[t('quality.uncertain'), format.count(uncertain)] as const] : []),
    ...(bad > 0 ? [[t('quality.bad'), format.count(bad)] as const] : []),
    [t('quality.gap'), format.duration(longestGapMs)],
  ] as const
  return (
    <dl className={styles['quality']} aria-label={t('quality.title')}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
