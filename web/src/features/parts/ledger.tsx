import { exportMovements } from '@fettle/contracts/exports'
import { listMovements } from '@fettle/contracts/parts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import { compact } from '../../app/search-params.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { listFile } from '../../exports/download.ts'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { SearchField } from '../../filters/search-field.tsx'
import { PlainListTools } from '../../views/list-tools.tsx'
import { useColumns } from '../../views/use-columns.ts'
import { MovementCard, useMovementColumns } from './movement-columns.tsx'

const route = getRouteApi('/app/parts')

/** The append-only ledger of stock, newest first. */
export function Ledger() {
  const { t } = useTranslation('parts')
  const may = useMay()
  const columns = useColumns('movements', useMovementColumns(), 'what')
  const { q } = route.useSearch()
  const navigate = useNavigate()
  const onSearch = useCallback(
    (typed: string | undefined) =>
      void navigate({ to: '/parts', search: compact({ view: 'ledger' as const, q: typed }), replace: true }),
    [navigate],
  )
  const querystring = compact({ q })
  const query = useInfiniteQuery(listing(listMovements, { querystring }))
  return (
    <>
      <FilterBar
        tools={
          <PlainListTools
            columns={columns}
            file={may('exportMovements') ? listFile(exportMovements, querystring, t('ledgerLabel')) : undefined}
          />
        }
      >
        <SearchField label={t('searchLedger')} value={q} onChange={onSearch} />
      </FilterBar>
      <ListTable
        query={query}
        columns={columns.shown}
        rowKey={({ id }) => id}
        label={t('ledgerLabel')}
        card={(movement) => <MovementCard movement={movement} padded />}
        empty={
          <EmptyState
            title={t(q === undefined ? 'movement.none' : 'movement.noneFound')}
            hint={t(q === undefined ? 'movement.noneHint' : 'noneHint')}
          />
        }
      />
    </>
  )
}
