import { listAudit, type AuditRow } from '@fettle/contracts/audit'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compact } from '../../app/search-params.ts'
import { listing } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { FilterToggle } from '../../filters/filter-toggle.tsx'
import { SearchField } from '../../filters/search-field.tsx'
import { viewSearch } from '../../views/current-view.ts'
import { ListTools } from '../../views/list-tools.tsx'
import { useColumns } from '../../views/use-columns.ts'
import { AuditCard, useAuditColumns } from './audit-columns.tsx'
import { AuditDrawer } from './audit-drawer.tsx'
import { ChainBadge } from './chain-badge.tsx'

const route = getRouteApi('/app/audit')

interface AuditSearch {
  readonly entityId?: string | undefined
  readonly q?: string | undefined
}

/** Who changed what, newest first, and whether the trail can be trusted. */
export function AuditPage() {
  const { t } = useTranslation(['audit', 'shell', 'common'])
  const search = route.useSearch()
  const { entityId, q } = search
  const navigate = useNavigate()
  const [opened, setOpened] = useState<AuditRow>()
  const change = useCallback(
    (next: AuditSearch) => void navigate({ to: '/audit', search: compact(next), replace: true }),
    [navigate],
  )
  const onSearch = useCallback((typed: string | undefined) => change({ entityId, q: typed }), [change, entityId])
  const query = useInfiniteQuery(listing(listAudit, { querystring: compact({ entityId, q }) }))
  const columns = useColumns('audit', useAuditColumns(), 'operation')
  return (
    <>
      <PageHeader title={t('shell:pages.audit')}>
        <ChainBadge />
      </PageHeader>
      <FilterBar
        onClear={entityId !== undefined || q !== undefined ? () => change({}) : undefined}
        tools={<ListTools list="audit" search={viewSearch(search)} columns={columns} />}
      >
        <SearchField label={t('audit:search')} value={q} onChange={onSearch} />
        {entityId === undefined ? null : (
          <FilterToggle label={t('audit:onlyEntity')} pressed onChange={() => change({ q })} />
        )}
      </FilterBar>
      <ListTable
        query={query}
        columns={columns.shown}
        rowKey={({ id }) => String(id)}
        label={t('audit:label')}
        onOpen={setOpened}
        card={(row) => <AuditCard row={row} />}
        empty={<EmptyState title={t('audit:none')} hint={t('audit:noneHint')} />}
      />
      <AuditDrawer row={opened} onClose={() => setOpened(undefined)} />
    </>
  )
}
