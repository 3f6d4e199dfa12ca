import { getBrief } from '@fettle/contracts/brief'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { polled, reading } from '../../api/query.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { BriefView } from './brief-view.tsx'
import styles from './brief.module.css'

const route = getRouteApi('/app/tickets/$ticketId/brief')

/** 出发前简报: what an engineer reads before leaving, on a phone or on paper. */
export function BriefPage() {
  const { ticketId } = route.useParams()
  const query = useQuery({ ...reading(getBrief, { params: { ticketId } }), ...polled })
  if (query.data) return <BriefView brief={query.data} />
  if (query.isLoadingError) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} page />
  return (
    <div className={styles['page']} aria-busy="true">
      <Skeleton active title={{ width: '60%' }} paragraph={{ rows: 1 }} />
      {[3, 4, 8].map((rows) => (
        <Panel key={rows}>
          <Skeleton active paragraph={{ rows }} />
        </Panel>
      ))}
    </div>
  )
}
