import type { AssetSummary, HealthLevel } from '@fettle/contracts/assets'
import { useTranslation } from 'react-i18next'
import { useAppearance } from '../../design/appearance.tsx'
import { usePhone } from '../../design/use-media.ts'
import { FleetCard, FleetRow } from './fleet-card.tsx'
import styles from './fleet.module.css'

const troubleFirst: Record<HealthLevel, number> = { critical: 0, warning: 1, unknown: 2, ok: 3 }

/** Every machine with its state, health and headline values: cards, or one line each when density is compact. */
export function Fleet({ fleet }: { readonly fleet: readonly AssetSummary[] | undefined }) {
  const { t } = useTranslation('overview')
  const { density } = useAppearance()
  const phone = usePhone()
  const dense = density === 'compact' && !phone
  if (!fleet)
    return (
      <ul className={styles['cards']} aria-busy="true">
        {Array.from({ length: 6 }, (_, place) => (
          <li key={place} className={styles['waiting']} />
        ))}
      </ul>
    )
  const ordered = [...fleet].sort(
    (one, other) =>
      troubleFirst[one.health.level] - troubleFirst[other.health.level] || one.key.localeCompare(other.key),
  )
  const Entry = dense ? FleetRow : FleetCard
  return (
    <ul className={dense ? styles['lines'] : styles['cards']} aria-label={t('fleet.title')}>
      {ordered.map((asset) => (
        <li key={asset.id}>
          <Entry asset={asset} />
        </li>
      ))}
    </ul>
  )
}
