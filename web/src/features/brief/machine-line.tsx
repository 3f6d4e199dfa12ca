import type { AssetSummary } from '@fettle/contracts/assets'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { HealthTag } from '../../design/health.tsx'
import { AssetStateTag } from '../../design/state-tag.tsx'
import { useText } from '../../i18n/use-text.ts'
import styles from './brief.module.css'

/** Which machine, and how it is right now. */
export function MachineLine({ asset }: { readonly asset: AssetSummary }) {
  const { t } = useTranslation('brief')
  const text = useText()
  return (
    <div className={styles['machine']}>
      <p>
        <Link to="/assets/$assetId" params={{ assetId: asset.id }}>
          {asset.name}
        </Link>{' '}
        <span className="muted">{text(asset.modelName)}</span>
      </p>
      <p className="muted">{t('machine.serial', { serial: asset.serial })}</p>
      <p className="muted">
        {asset.customerName} · {asset.siteName}
      </p>
      <p className={styles['tags']}>
        <AssetStateTag state={asset.state} />
        <HealthTag health={asset.health} />
        {asset.health.reasons.slice(0, 2).map((reason) => (
          <span key={reason.en} className="muted">
            {text(reason)}
          </span>
        ))}
      </p>
    </div>
  )
}
