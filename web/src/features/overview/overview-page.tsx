import { getOverview } from '@fettle/contracts/overview'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { polled, reading } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { Panel } from '../../design/panel.tsx'
import { ActiveAlarms } from './active-alarms.tsx'
import { DueSoon } from './due-soon.tsx'
import { Figures } from './figures.tsx'
import { Fleet } from './fleet.tsx'
import { FleetStates } from './fleet-states.tsx'
import styles from './overview-page.module.css'

/** What is wrong now, what will be late, how are we doing. */
export function OverviewPage() {
  const { t } = useTranslation('overview')
  const may = useMay()
  const { data, error, refetch } = useQuery({ ...reading(getOverview, {}), ...polled })
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} page />
  return (
    <div className={styles['page']}>
      <PageHeader title={t('title')}>
        <FleetStates fleet={data?.fleet} />
      </PageHeader>
      <div className={styles['grid']}>
        <div className={styles['now']}>
          <Panel
            title={t('alarms.title')}
            extra={may('listAlarms') ? <Link to="/alarms">{t('alarms.all')}</Link> : null}
          >
            <ActiveAlarms alarms={data?.activeAlarms} />
          </Panel>
          <Panel title={t('due.title')} extra={may('listTickets') ? <Link to="/tickets">{t('due.all')}</Link> : null}>
            <DueSoon tickets={data?.dueSoon} />
          </Panel>
        </div>
        <div className={styles['main']}>
          <Figures figures={data?.figures} />
          <Panel title={t('fleet.title')} extra={may('listAssets') ? <Link to="/assets">{t('fleet.all')}</Link> : null}>
            {data?.fleet.length === 0 ? (
              <EmptyState title={t('fleet.none')} hint={t('fleet.noneHint')} />
            ) : (
              <Fleet fleet={data?.fleet} />
            )}
          </Panel>
        </div>
      </div>
    </div>
  )
}
