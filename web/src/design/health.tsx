import type { AssetSummary } from '@fettle/contracts/assets'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-text.ts'
import styles from './health.module.css'
import { StateTag } from './state-tag.tsx'

type Health = AssetSummary['health']

/** How a machine is, as icon, word and score. */
export function HealthTag({ health, plain = false }: { readonly health: Health; readonly plain?: boolean }) {
  const { t } = useTranslation()
  return (
    <StateTag tone={health.level} plain={plain}>
      {health.score === null
        ? t(`health.${health.level}`)
        : t('health.scored', { level: t(`health.${health.level}`), score: health.score })}
    </StateTag>
  )
}

/** Why it is judged so; nothing when there is nothing to say. */
export function HealthReasons({ health }: { readonly health: Health }) {
  const text = useText()
  if (health.reasons.length === 0) return null
  return (
    <ul className={styles['reasons']}>
      {health.reasons.map((reason) => (
        <li key={reason.zh}>{text(reason)}</li>
      ))}
    </ul>
  )
}
