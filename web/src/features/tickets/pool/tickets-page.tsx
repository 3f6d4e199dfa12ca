import { PlusOutlined } from '@ant-design/icons'
import { exportTickets } from '@fettle/contracts/exports'
import { listTickets, type TicketSummary } from '@fettle/contracts/tickets'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { compact } from '../../../app/search-params.ts'
import { listing } from '../../../api/query.ts'
import { useMay } from '../../../api/session.ts'
import { EmptyState } from '../../../design/empty-state.tsx'
import { ListTable } from '../../../design/list-table.tsx'
import { PageHeader } from '../../../design/page-header.tsx'
import { listFile } from '../../../exports/download.ts'
import { viewSearch } from '../../../views/current-view.ts'
import { ListTools } from '../../../views/list-tools.tsx'
import { useColumns } from '../../../views/use-columns.ts'
import { NewTicketDrawer } from '../intake/new-ticket-drawer.tsx'
import { TicketCard, useTicketColumns } from './ticket-columns.tsx'
import { TicketFilters } from './ticket-filters.tsx'
import { isFiltered, rangeOf, ticketQuery, type TicketSearch } from './ticket-search.ts'

const route = getRouteApi('/app/tickets')

/** The pool: every ticket from every channel that this person may see, the open ones first of all. */
export function TicketsPage() {
  const { t } = useTranslation(['tickets', 'shell'])
  const may = useMay()
  const search = route.useSearch()
  const navigate = useNavigate()

  const change = useCallback(
    (next: TicketSearch) => void navigate({ to: '/tickets', search: compact(next), replace: true }),
    [navigate],
  )
  const onSort = useCallback(
    (sort: string | undefined) => change({ ...search, sort: sort as TicketSearch['sort'] }),
    [change, search],
  )
  const columns = useColumns('tickets', useTicketColumns({ sort: search.sort, onSort }), 'ticket')
  const querystring = ticketQuery(search)
  const query = useInfiniteQuery(listing(listTickets, { querystring }))
  const openTicket = ({ id }: TicketSummary) => void navigate({ to: '/tickets/$ticketId', params: { ticketId: id } })
  const newTicket = may('createTicket') ? (
    <Button
      type="primary"
      icon={<PlusOutlined aria-hidden="true" />}
      onClick={() => change({ ...search, create: true })}
    >
      {t('tickets:create')}
    </Button>
  ) : null

  return (
    <>
      <PageHeader title={t('shell:pages.tickets')} actions={newTicket} />
      <TicketFilters
        search={search}
        onChange={change}
        tools={
          <ListTools
            list="tickets"
            search={viewSearch(search, ['create'])}
            columns={columns}
            file={may('exportTickets') ? listFile(exportTickets, querystring, t('shell:pages.tickets')) : undefined}
          />
        }
      />
      <ListTable
        query={query}
        columns={columns.shown}
        rowKey={({ id }) => id}
        label={t('tickets:label')}
        onOpen={openTicket}
        card={(ticket) => <TicketCard ticket={ticket} />}
        empty={
          isFiltered(search) ? (
            <EmptyState title={t('tickets:empty.filtered')} hint={t('tickets:empty.filteredHint')} />
          ) : (
            <EmptyState
              title={t(rangeOf(search) === 'open' ? 'tickets:empty.noneOpen' : 'tickets:empty.none')}
              hint={t('tickets:empty.noneHint')}
            />
          )
        }
      />
      {may('createTicket') ? (
        <NewTicketDrawer
          open={search.create ?? false}
          assetId={search.assetId}
          onClose={() => change({ ...search, create: undefined })}
        />
      ) : null}
    </>
  )
}
