import { getCustomer, type Customer } from '@fettle/contracts/customers'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { Panel } from '../../design/panel.tsx'
import { ContractsPanel } from './contracts-panel.tsx'
import { CustomerAssets } from './customer-assets.tsx'
import { CustomerTickets } from './customer-tickets.tsx'
import { SitesPanel } from './sites-panel.tsx'
import styles from './customers.module.css'

const route = getRouteApi('/app/customers/$customerId')

/** One customer: sites, contracts, machines and what is open. */
export function CustomerPage() {
  const { customerId } = route.useParams()
  const query = useQuery(reading(getCustomer, { params: { customerId } }))
  if (query.data) return <CustomerView customer={query.data} />
  if (query.isLoadingError) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} page />
  return (
    <div aria-busy="true">
      <Skeleton active title={{ width: '30%' }} paragraph={{ rows: 1 }} />
      <div className={styles['columns']}>
        <Panel>
          <Skeleton active paragraph={{ rows: 6 }} />
        </Panel>
        <Panel>
          <Skeleton active paragraph={{ rows: 6 }} />
        </Panel>
      </div>
    </div>
  )
}

function CustomerView({ customer }: { readonly customer: Customer }) {
  const { t } = useTranslation(['customers', 'shell'])
  const may = useMay()
  return (
    <>
      <PageHeader
        title={customer.name}
        parent={may('listCustomers') ? <Link to="/customers">{t('shell:pages.customers')}</Link> : null}
      >
        <span className={styles['tier']}>{t(`customers:tier.${customer.tier}`)}</span>
        <span className="muted">
          {customer.city} · {t('customers:terms', { terms: customer.terms })}
        </span>
      </PageHeader>
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <CustomerTickets customerId={customer.id} />
          <CustomerAssets customerId={customer.id} />
        </div>
        <div className={styles['column']}>
          <SitesPanel sites={customer.sites} />
          <ContractsPanel contracts={customer.contracts} />
        </div>
      </div>
    </>
  )
}
