import { exportCustomers } from '@fettle/contracts/exports'
import { listCustomers, type Customer } from '@fettle/contracts/customers'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { compact } from '../../app/search-params.ts'
import { listing } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import type { ListColumn } from '../../design/list-columns.ts'
import { ListTable } from '../../design/list-table.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { listFile } from '../../exports/download.ts'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { SearchField } from '../../filters/search-field.tsx'
import { viewSearch } from '../../views/current-view.ts'
import { ListTools } from '../../views/list-tools.tsx'
import { useColumns } from '../../views/use-columns.ts'
import { CoverText } from './cover-text.tsx'
import styles from './customers.module.css'

const route = getRouteApi('/app/customers')

export function CustomersPage() {
  const { t } = useTranslation(['customers', 'shell'])
  const may = useMay()
  const search = route.useSearch()
  const { q } = search
  const navigate = useNavigate()
  const onSearch = useCallback(
    (typed: string | undefined) => void navigate({ to: '/customers', search: compact({ q: typed }), replace: true }),
    [navigate],
  )
  const querystring = compact({ q })
  const query = useInfiniteQuery(listing(listCustomers, { querystring }))
  const columns = useColumns('customers', useCustomerColumns(), 'name')
  return (
    <>
      <PageHeader title={t('shell:pages.customers')} />
      <FilterBar
        tools={
          <ListTools
            list="customers"
            search={viewSearch(search)}
            columns={columns}
            file={
              may('exportCustomers') ? listFile(exportCustomers, querystring, t('shell:pages.customers')) : undefined
            }
          />
        }
      >
        <SearchField label={t('customers:search')} value={q} onChange={onSearch} />
      </FilterBar>
      <ListTable
        query={query}
        columns={columns.shown}
        rowKey={({ id }) => id}
        label={t('customers:label')}
        onOpen={({ id }: Customer) => void navigate({ to: '/customers/$customerId', params: { customerId: id } })}
        card={(customer) => <CustomerCard customer={customer} />}
        empty={<EmptyState title={t('customers:none')} hint={t('customers:noneHint')} />}
      />
    </>
  )
}

function useCustomerColumns(): ListColumn<Customer>[] {
  const { t } = useTranslation('customers')
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('column.name'),
        render: (_, { id, name, city }) => (
          <span className={styles['two']}>
            <Link
              to="/customers/$customerId"
              params={{ customerId: id }}
              tabIndex={-1}
              onClick={(event) => event.stopPropagation()}
            >
              {name}
            </Link>
            <small>{city}</small>
          </span>
        ),
      },
      { key: 'tier', title: t('column.tier'), render: (_, { tier }) => t(`tier.${tier}`) },
      { key: 'cover', title: t('column.cover'), render: (_, { contracts }) => <CoverText contracts={contracts} /> },
      { key: 'terms', title: t('column.terms'), render: (_, { terms }) => terms },
      { key: 'assets', title: t('column.assets'), align: 'right', render: (_, { assetCount }) => assetCount },
      {
        key: 'tickets',
        title: t('column.tickets'),
        align: 'right',
        render: (_, { openTickets }) => openTickets || <span className="muted">0</span>,
      },
    ],
    [t],
  )
}

function CustomerCard({ customer }: { readonly customer: Customer }) {
  const { t } = useTranslation('customers')
  return (
    <span className={styles['card']}>
      <span className={styles['line']}>
        <strong>{customer.name}</strong>
        <span className="muted">
          {customer.city} · {t(`tier.${customer.tier}`)}
        </span>
      </span>
      <CoverText contracts={customer.contracts} />
      <span className="muted">
        {t('column.assets')} {customer.assetCount} · {t('column.tickets')} {customer.openTickets}
      </span>
    </span>
  )
}
