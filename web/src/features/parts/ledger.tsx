import { listMovements } from '@fettle/contracts/parts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { MovementCard, useMovementColumns } from './movement-columns.tsx'

/** The append-only ledger of stock, newest first. */
export function Ledger() {
  const { t } = useTranslation('parts')
  const query = useInfiniteQuery(listing(listMovements, { querystring: {} }))
  return (
    <ListTable
      query={query}
      columns={useMovementColumns()}
      rowKey={({ id }) => id}
      label={t('ledgerLabel')}
      card={(movement) => <MovementCard movement={movement} padded />}
      empty={<EmptyState title={t('movement.none')} hint={t('movement.noneHint')} />}
    />
  )
}
