import { listGateways } from '@fettle/contracts/gateways'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { whole } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { GatewayCard } from './gateway-card.tsx'
import styles from './gateways.module.css'

/** Gateways report every 15 s; no event tells of it. */
const REFRESH_MS = 15_000

export function GatewayList() {
  const { t } = useTranslation('gateways')
  const query = useQuery({ ...whole(listGateways, { querystring: {} }), refetchInterval: REFRESH_MS })
  if (query.isPending)
    return (
      <div className={styles['grid']} aria-busy="true">
        {[1, 2, 3, 4].map((place) => (
          <Panel key={place}>
            <Skeleton active paragraph={{ rows: 4 }} />
          </Panel>
        ))}
      </div>
    )
  if (query.isError && !query.data) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  if (query.data.items.length === 0)
    return (
      <Panel>
        <EmptyState title={t('none')} hint={t('noneHint')} />
      </Panel>
    )
  return (
    <div className={styles['grid']}>
      {query.data.items.map((gateway) => (
        <GatewayCard key={gateway.id} gateway={gateway} />
      ))}
    </div>
  )
}
