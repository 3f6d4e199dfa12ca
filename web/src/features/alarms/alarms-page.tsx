import { listAlarms, type Alarm } from '@fettle/contracts/alarms'
import { exportAlarms } from '@fettle/contracts/exports'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { compact } from '../../app/search-params.ts'
import { useMay } from '../../api/session.ts'
import { listing } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { listFile } from '../../exports/download.ts'
import { viewSearch } from '../../views/current-view.ts'
import { ListTools } from '../../views/list-tools.tsx'
import { useColumns } from '../../views/use-columns.ts'
import { AlarmCard, useAlarmColumns } from './alarm-columns.tsx'
import { AlarmDrawer } from './alarm-drawer.tsx'
import { AlarmFilters, type AlarmSearch } from './alarm-filters.tsx'

const route = getRouteApi('/app/alarms')

/** Alarm episodes, those that are active now first of all. */
export function AlarmsPage() {
  const { t } = useTranslation(['alarms', 'shell'])
  const may = useMay()
  const search = route.useSearch()
  const navigate = useNavigate()
  const change = useCallback(
    (next: AlarmSearch) => void navigate({ to: '/alarms', search: compact(next), replace: true }),
    [navigate],
  )
  const { all, active = true, alarm, ...rest } = search
  const filters = compact(rest)
  const querystring = all ? filters : { ...filters, active }
  const query = useInfiniteQuery(listing(listAlarms, { querystring }))
  const columns = useColumns('alarms', useAlarmColumns(), 'what')
  const onlyActive = !all && active && Object.keys(filters).length === 0

  return (
    <>
      <PageHeader title={t('shell:pages.alarms')} />
      <AlarmFilters
        search={search}
        onChange={change}
        tools={
          <ListTools
            list="alarms"
            search={viewSearch(search, ['alarm'])}
            columns={columns}
            file={may('exportAlarms') ? listFile(exportAlarms, querystring, t('shell:pages.alarms')) : undefined}
          />
        }
      />
      <ListTable
        query={query}
        columns={columns.shown}
        rowKey={({ id }) => id}
        label={t('alarms:label')}
        onOpen={({ id }: Alarm) => change({ ...search, alarm: id })}
        card={(item) => <AlarmCard alarm={item} />}
        empty={
          <EmptyState
            title={t(onlyActive ? 'alarms:empty.active' : 'alarms:empty.none')}
            hint={t(onlyActive ? 'alarms:empty.activeHint' : 'alarms:empty.noneHint')}
          />
        }
      />
      <AlarmDrawer alarmId={alarm} onClose={() => change({ ...search, alarm: undefined })} />
    </>
  )
}
