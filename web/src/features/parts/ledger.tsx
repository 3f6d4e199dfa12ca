import { exportMovements } from '@fettle/contracts/exports'
import { listMovements } from '@fettle/contracts/parts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { listFile } from '../../exports/download.ts'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { PlainListTools } from '../../views/list-tools.tsx'
import { useColumns } from '../../views/use-columns.ts'
import { MovementCard, useMovementColumns } from './movement-columns.tsx'

/** The append-only ledger of stock, newest first. */
export function Ledger() {
  const { t } = useTranslation('parts')
  const may = useMay()
  const columns = useColumns('movements', useMovementColumns(), 'what')
  const query = useInfiniteQuery(listing(listMovements, { querystring: {} }))
  return (
    <>
      <FilterBar
        tools={
          <PlainListTools
            columns={columns}
            file={may('exportMovements') ? listFile(exportMovements, {}, t('ledgerLabel')) : undefined}
          />
        }
      />
      <ListTable
        query={query}
        columns={columns.shown}
        rowKey={({ id }) => id}
        label={t('ledgerLabel')}
        card={(movement) => <MovementCard movement={movement} padded />}
        empty={<EmptyState title={t('movement.none')} hint={t('movement.noneHint')} />}
      />
    </>
  )
}
