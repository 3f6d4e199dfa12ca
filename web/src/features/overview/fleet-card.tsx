import { AlertOutlined, FileTextOutlined } from '@ant-design/icons'
import type { AssetSummary } from '@fettle/contracts/assets'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { HealthTag } from '../../design/health.tsx'
import { LiveValue } from '../../design/live-value.tsx'
import { StateSince } from '../../design/state-since.tsx'
import { AssetStateTag } from '../../design/state-tag.tsx'
import { useText } from '../../i18n/use-text.ts'
import styles from './fleet.module.css'

interface FleetEntryProps {
  readonly asset: AssetSummary
}

/** One machine: who it is, how it runs, how it is, and what it measures right now. */
export function FleetCard({ asset }: FleetEntryProps) {
  const text = useText()
  const [reason] = asset.health.reasons
  return (
    <Link
      to="/assets/$assetId"
      params={{ assetId: asset.id }}
      className={styles['card']}
      data-level={asset.health.level}
    >
      <span className={styles['head']}>
        <span className={styles['name']}>
          <strong>{asset.name}</strong> <small>{asset.key}</small>
        </span>
        <AssetStateTag state={asset.state} />
      </span>
      <span className={styles['where']}>
        {asset.customerName} · {asset.siteName}
      </span>
      <span className={styles['values']}>
        {asset.headline.slice(0, 3).map((signal) => (
          <span key={signal.id}>
            <small>{text(signal.name)}</small>
            <LiveValue signal={signal} state={asset.state} />
          </span>
        ))}
      </span>
      <span className={styles['foot']}>
        <HealthTag health={asset.health} plain />
        <Counts asset={asset} />
        <span className={styles['reason']} title={reason ? text(reason) : undefined}>
          {reason && asset.state !== 'offline' ? text(reason) : <StateSince asset={asset} />}
        </span>
      </span>
    </Link>
  )
}

/** The same in one line. */
export function FleetRow({ asset }: FleetEntryProps) {
  const text = useText()
  return (
    <Link to="/assets/$assetId" params={{ assetId: asset.id }} className={styles['row']}>
      <AssetStateTag state={asset.state} plain />
      <strong className={styles['name']}>{asset.name}</strong>
      <span className={styles['where']}>{asset.customerName}</span>
      <span className={styles['inline']}>
        {asset.headline.slice(0, 3).map((signal) => (
          <span key={signal.id}>
            <small>{text(signal.name)}</small> <LiveValue signal={signal} state={asset.state} />
          </span>
        ))}
      </span>
      <Counts asset={asset} />
      <HealthTag health={asset.health} plain />
    </Link>
  )
}

function Counts({ asset }: FleetEntryProps) {
  const { t } = useTranslation('overview')
  return (
    <span className={styles['counts']}>
      {asset.openAlarms > 0 ? (
        <span title={t('fleet.alarms', { count: asset.openAlarms })}>
          <AlertOutlined aria-label={t('fleet.alarms', { count: asset.openAlarms })} /> {asset.openAlarms}
        </span>
      ) : null}
      {asset.openTickets > 0 ? (
        <span title={t('fleet.tickets', { count: asset.openTickets })}>
          <FileTextOutlined aria-label={t('fleet.tickets', { count: asset.openTickets })} /> {asset.openTickets}
        </span>
      ) : null}
    </span>
  )
}
