import type { AssetFile } from '@fettle/contracts/assets'
import { coverages } from '@fettle/contracts/customers'
import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import { HealthReasons, HealthTag } from '../../design/health.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { StateSince } from '../../design/state-since.tsx'
import { AssetStateTag } from '../../design/state-tag.tsx'
import { useNow } from '../../format/now.ts'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './asset-page.module.css'
import { ModeSwitch } from './mode-switch.tsx'

/** Who the machine is, how it is and why, where it stands and what covers it. */
export function AssetHead({ asset }: { readonly asset: AssetFile }) {
  const { t } = useTranslation(['assets', 'common'])
  const text = useText()
  const format = useFormat()
  const may = useMay()
  const coverage = coverages.find((name) => name === asset.coverage)
  return (
    <>
      <PageHeader
        title={asset.name}
        parent={<Link to="/assets">{t('assets:title')}</Link>}
        actions={may('setAssetMode') ? <ModeSwitch asset={asset} /> : null}
      >
        <AssetStateTag state={asset.state} />
        <span className="muted">
          <StateSince asset={asset} />
        </span>
        <HealthTag health={asset.health} />
      </PageHeader>
      {asset.health.reasons.length > 0 ? (
        <div className={styles['why']}>
          <HealthReasons health={asset.health} />
        </div>
      ) : null}
      <dl className={styles['facts']}>
        <Fact label={t('assets:fact.model')}>
          {text(asset.modelName)} <span className="muted">{asset.modelKey}</span>
        </Fact>
        <Fact label={t('assets:fact.serial')}>{asset.serial}</Fact>
        <Fact label={t('assets:fact.customer')}>
          {may('getCustomer') ? (
            <Link to="/customers/$customerId" params={{ customerId: asset.customerId }}>
              {asset.customerName}
            </Link>
          ) : (
            asset.customerName
          )}
        </Fact>
        <Fact label={t('assets:fact.site')}>{asset.siteName}</Fact>
        <Fact label={t('assets:fact.coverage')}>
          {coverage ? t(`common:coverage.${coverage}`) : asset.coverage}
          {asset.contractEndsOn ? (
            <span className="muted"> {t('assets:fact.until', { day: format.day(asset.contractEndsOn) })}</span>
          ) : null}
        </Fact>
        <Fact label={t('assets:fact.warranty')}>
          <Warranty until={asset.warrantyUntil} />
        </Fact>
      </dl>
    </>
  )
}

/** Running or over; without any, that is said too. */
function Warranty({ until }: { readonly until: string | null }) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  const now = useNow(60_000)
  if (until === null) return t('fact.noWarranty')
  const over = Date.parse(`${until}T23:59:59`) < now
  return t(over ? 'fact.expired' : 'fact.until', { day: format.day(until) })
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The head, the tabs and a chart, where they will stand. */
export function AssetHeadSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton active title={{ width: 260 }} paragraph={{ rows: 1, width: '60%' }} />
      <Skeleton.Node active style={{ width: '100%', height: 480, marginTop: 24 }} />
    </div>
  )
}
