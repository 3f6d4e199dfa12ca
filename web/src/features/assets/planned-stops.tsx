import {
  cancelMaintenance,
  listMaintenanceWindows,
  type MaintenanceWindow,
} from '@fettle/contracts/maintenance-windows'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whole } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import { useWrite } from '../../api/write.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { TimeText } from '../../design/time-text.tsx'
import { serverClock } from '../../format/server-clock.ts'
import styles from './asset-page.module.css'
import { PlanStopForm } from './plan-stop-form.tsx'

/** Spans of time in which the machine's readings raise nothing, those to come and those that were. */
export function PlannedStops({ assetId }: { readonly assetId: string }) {
  const { t } = useTranslation('assets')
  const may = useMay()
  const [planning, setPlanning] = useState(false)
  const query = useQuery(whole(listMaintenanceWindows, { params: { assetId }, querystring: {} }))
  if (query.error && !query.data) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  const windows = query.data?.items ?? []
  const plan = may('planMaintenance') && !planning && (
    <Button onClick={() => setPlanning(true)}>{t('stops.plan')}</Button>
  )
  return (
    <div className={styles['stops']} aria-busy={query.isPending}>
      {planning ? <PlanStopForm assetId={assetId} onDone={() => setPlanning(false)} /> : null}
      {query.data && windows.length === 0 && !planning ? (
        <EmptyState title={t('stops.none')} hint={t('stops.noneHint')}>
          {plan}
        </EmptyState>
      ) : (
        plan
      )}
      {windows.length > 0 ? <StopList windows={windows} mayCancel={may('cancelMaintenance')} /> : null}
    </div>
  )
}

interface StopListProps {
  readonly windows: readonly MaintenanceWindow[]
  readonly mayCancel: boolean
}

function StopList({ windows, mayCancel }: StopListProps) {
  const { t } = useTranslation('assets')
  const cancel = useWrite(cancelMaintenance, {
    touches: ['listMaintenanceWindows', 'getAsset', 'listAssets', 'getOverview'],
  })
  const nowMs = serverClock.now()
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['scroll']} tabIndex={0} aria-label={t('tab.stops')}>
      {cancel.error ? <ErrorNotice error={cancel.error} kept /> : null}
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('stops.from')}</th>
            <th scope="col">{t('stops.to')}</th>
            <th scope="col">{t('stops.reason')}</th>
            <th scope="col">{t('stops.by')}</th>
            <th scope="col">{t('stops.standing')}</th>
          </tr>
        </thead>
        <tbody>
          {windows.map((window) => {
            const standing = standingOf(window, nowMs)
            const isOpen = standing === 'coming' || standing === 'now'
            return (
              <tr key={window.id}>
                <td>
                  <TimeText at={window.from} as="short" />
                </td>
                <td>
                  <TimeText at={window.to} as="short" />
                </td>
                <td>{window.reason}</td>
                <td>{window.createdBy}</td>
                <td>
                  {t(`stops.is.${standing}`)}
                  {isOpen && mayCancel ? (
                    <Button
                      type="link"
                      size="small"
                      aria-label={t('stops.cancelThis', { reason: window.reason })}
                      loading={cancel.isPending}
                      onClick={() => cancel.mutate({ params: { windowId: window.id } })}
                    >
                      {t('stops.cancel')}
                    </Button>
                  ) : null}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function standingOf({ from, to, cancelledAt }: MaintenanceWindow, nowMs: number) {
  if (cancelledAt !== null) return 'cancelled'
  if (Date.parse(to) <= nowMs) return 'past'
  return Date.parse(from) <= nowMs ? 'now' : 'coming'
}
