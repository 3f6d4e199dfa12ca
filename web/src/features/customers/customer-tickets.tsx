import { listTickets } from '@fettle/contracts/tickets'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/query.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { SlaClockText, TicketStateTag } from '../../design/ticket-tags.tsx'
import { useText } from '../../i18n/use-text.ts'
import styles from './customers.module.css'

/** What is open for this customer. */
export function CustomerTickets({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation('customers')
  const text = useText()
  const query = useQuery(reading(listTickets, { querystring: { customerId, open: true, limit: 20 } }))
  return (
    <Panel
      title={t('tickets.title')}
      extra={
        <Link to="/tickets" search={{ customerId, all: true }}>
          {t('tickets.all')}
        </Link>
      }
    >
      {query.isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      ) : query.isLoadingError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <p className="muted">{t('tickets.none')}</p>
      ) : (
        <ul className={styles['entries']}>
          {query.data.items.map((ticket) => (
            <li key={ticket.id} className={styles['line']}>
              <span className={styles['two']}>
                <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }}>
                  {text(ticket.title)}
                </Link>
                <small>
                  {ticket.number} · {ticket.assetName}
                </small>
              </span>
              <span className={styles['states']}>
                <TicketStateTag state={ticket.state} />
                {ticket.nextDue ? <SlaClockText clock={ticket.nextDue} /> : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
