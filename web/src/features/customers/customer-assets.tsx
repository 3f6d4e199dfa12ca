import { listAssets } from '@fettle/contracts/assets'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/query.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { HealthTag } from '../../design/health.tsx'
import { Panel } from '../../design/panel.tsx'
import { AssetStateTag } from '../../design/state-tag.tsx'
import { useText } from '../../i18n/use-text.ts'
import styles from './customers.module.css'

/** The customer's machines with how they are now. */
export function CustomerAssets({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation('customers')
  const text = useText()
  const query = useQuery(reading(listAssets, { querystring: { customerId, limit: 50 } }))
  return (
    <Panel
      title={t('assets.title')}
      extra={
        <Link to="/assets" search={{ customerId }}>
          {t('assets.all')}
        </Link>
      }
    >
      {query.isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 4 }} />
      ) : query.isLoadingError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <p className="muted">{t('assets.none')}</p>
      ) : (
        <ul className={styles['entries']}>
          {query.data.items.map((asset) => (
            <li key={asset.id} className={styles['line']}>
              <span className={styles['two']}>
                <Link to="/assets/$assetId" params={{ assetId: asset.id }}>
                  {asset.name}
                </Link>
                <small>
                  {text(asset.modelName)} · {asset.serial}
                </small>
              </span>
              <span className={styles['states']}>
                <AssetStateTag state={asset.state} />
                <HealthTag health={asset.health} plain />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
