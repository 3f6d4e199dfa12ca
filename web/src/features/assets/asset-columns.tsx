import type { AssetSummary } from '@fettle/contracts/assets'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListColumn } from '../../design/list-columns.ts'
import { HealthTag } from '../../design/health.tsx'
import { LiveValue } from '../../design/live-value.tsx'
import { StateSince } from '../../design/state-since.tsx'
import { AssetStateTag } from '../../design/state-tag.tsx'
import { useText } from '../../i18n/use-text.ts'
import styles from './assets-page.module.css'

/** Machines on a wide screen. The name is a link of its own, so that it opens in a new tab like any other. */
export function useAssetColumns(): ListColumn<AssetSummary>[] {
  const { t } = useTranslation('assets')
  const text = useText()
  return useMemo(
    () => [
      {
        title: t('column.asset'),
        key: 'asset',
        render: (_, asset) => (
          <div className={styles['asset']}>
            <Link
              to="/assets/$assetId"
              params={{ assetId: asset.id }}
              tabIndex={-1}
              onClick={(event) => event.stopPropagation()}
            >
              {asset.name}
            </Link>
            <small>{text(asset.modelName)}</small>
            <small>{asset.serial}</small>
          </div>
        ),
      },
      {
        title: t('column.state'),
        key: 'state',
        render: (_, asset) => (
          <div className={styles['asset']}>
            <span>
              <AssetStateTag state={asset.state} />
            </span>
            <small>
              <StateSince asset={asset} />
            </small>
          </div>
        ),
      },
      {
        title: t('column.health'),
        key: 'health',
        render: (_, { health }) => (
          <div className={styles['asset']}>
            <HealthTag health={health} plain />
            {health.reasons[0] ? <small>{text(health.reasons[0])}</small> : null}
          </div>
        ),
      },
      { title: t('column.values'), key: 'values', render: (_, asset) => <HeadlineValues asset={asset} /> },
      {
        title: t('column.customer'),
        key: 'customer',
        render: (_, { customerName, siteName }) => (
          <div className={styles['asset']}>
            <span>{customerName}</span>
            <small>{siteName}</small>
          </div>
        ),
      },
      {
        title: t('column.open'),
        key: 'open',
        align: 'right',
        render: (_, { openAlarms, openTickets }) => (
          <span className={openAlarms + openTickets === 0 ? 'muted' : ''}>
            {openAlarms} / {openTickets}
          </span>
        ),
      },
    ],
    [t, text],
  )
}

/** The same machine on a phone. */
export function AssetCard({ asset }: { readonly asset: AssetSummary }) {
  const text = useText()
  return (
    <span className={styles['card']}>
      <span className={styles['line']}>
        <strong>{asset.name}</strong>
        <AssetStateTag state={asset.state} />
      </span>
      <small className="muted">
        {text(asset.modelName)} · {asset.customerName}
      </small>
      <HeadlineValues asset={asset} />
      <HealthTag health={asset.health} plain />
    </span>
  )
}

function HeadlineValues({ asset }: { readonly asset: AssetSummary }) {
  const text = useText()
  return (
    <span className={styles['values']}>
      {asset.headline.slice(0, 3).map((signal) => (
        <span key={signal.id}>
          <small>{text(signal.name)}</small>
          <LiveValue signal={signal} state={asset.state} />
        </span>
      ))}
    </span>
  )
}
