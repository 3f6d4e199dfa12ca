import { CheckCircleOutlined } from '@ant-design/icons'
import type { TicketSummary } from '@fettle/contracts/tickets'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/session.ts'
import { SlaClockText, TicketStateTag } from '../../design/ticket-tags.tsx'
import { useText } from '../../i18n/use-text.ts'
import styles from './overview-page.module.css'
import { WaitingRows } from './waiting-rows.tsx'

/** What will be late: open tickets whose next promise is due soonest. */
export function DueSoon({ tickets }: { readonly tickets: readonly TicketSummary[] | undefined }) {
  const { t } = useTranslation('overview')
  const text = useText()
  // Whom we send is news for a customer, that nobody is sent yet is not.
  const unassigned = useMe().role === 'customer' ? null : t('due.unassigned')
  if (!tickets) return <WaitingRows rows={1} />
  if (tickets.length === 0)
    return (
      <p className={styles['calm']}>
        <CheckCircleOutlined aria-hidden="true" /> {t('due.none')}
      </p>
    )
  return (
    <ul className={styles['rows']}>
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }} className={styles['row']}>
            <span className={styles['line']}>
              <span className={styles['what']}>{text(ticket.title)}</span>
              <TicketStateTag state={ticket.state} />
            </span>
            <span className={styles['line']}>
              {ticket.nextDue ? <SlaClockText clock={ticket.nextDue} /> : null}
              <span className={styles['small']}>{ticket.engineerName ?? unassigned}</span>
            </span>
            <span className={`${styles['line']} ${styles['small']}`}>
              <span className="nowrap">{ticket.number}</span>
              <span className={styles['ellipsis']}>{ticket.customerName}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
