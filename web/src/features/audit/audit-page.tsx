import { listAudit, type AuditRow } from '@fettle/contracts/audit'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compact } from '../../app/search-params.ts'
import { listing } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { AuditCard, useAuditColumns } from './audit-columns.tsx'
import { AuditDrawer } from './audit-drawer.tsx'
import { ChainBadge } from './chain-badge.tsx'

const route = getRouteApi('/app/audit')

/** Who changed what, newest first, and whether the trail can be trusted. */
export function AuditPage() {
  const { t } = useTranslation(['audit', 'shell', 'common'])
  const { entityId } = route.useSearch()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<AuditRow>()
  const query = useInfiniteQuery(listing(listAudit, { querystring: compact({ entityId }) }))
  return (
    <>
      <PageHeader title={t('shell:pages.audit')}>
        <ChainBadge />
      </PageHeader>
      {entityId === undefined ? null : (
        <FilterBar onClear={() => void navigate({ to: '/audit', search: {} })}>
          <Button type="primary" aria-pressed onClick={() => void navigate({ to: '/audit', search: {} })}>
            {t('audit:onlyEntity')}
          </Button>
        </FilterBar>
      )}
      <ListTable
        query={query}
        columns={useAuditColumns()}
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
