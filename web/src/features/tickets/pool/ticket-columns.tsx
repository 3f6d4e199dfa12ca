import type { TicketSummary } from '@fettle/contracts/tickets'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListColumn } from '../../../design/list-columns.ts'
import { PriorityTag, SlaClockText, TicketStateTag } from '../../../design/ticket-tags.tsx'
import { TimeText } from '../../../design/time-text.tsx'
import { SortTitle } from '../../../filters/sort-title.tsx'
import { useText } from '../../../i18n/use-text.ts'
import { PausedMark, WaitingMark } from '../waiting-mark.tsx'
import { TicketMarks } from './ticket-marks.tsx'
import styles from './ticket-columns.module.css'

interface Sorting {
  readonly sort: string | undefined
  readonly onSort: (sort: string | undefined) => void
}

/** The pool on a wide screen. The number is a link of its own, so that it opens in a new tab like any other. */
export function useTicketColumns({ sort, onSort }: Sorting): ListColumn<TicketSummary>[] {
  const { t } = useTranslation('tickets')
  const text = useText()
  return useMemo(
    () => [
      {
        key: 'ticket',
        name: t('column.ticket'),
        title: (
          <SortTitle by="number" sort={sort} onSort={onSort}>
            {t('column.ticket')}
          </SortTitle>
        ),
        render: (_, ticket) => (
          <div className={styles['subject']}>
            <span className={styles['title']}>{text(ticket.title)}</span>
            <span className={styles['origin']}>
              <Link
                to="/tickets/$ticketId"
                params={{ ticketId: ticket.id }}
                tabIndex={-1}
                onClick={(event) => event.stopPropagation()}
              >
                {ticket.number}
              </Link>
              <span className="muted">{t(`type.${ticket.type}`)}</span>
              <TicketMarks ticket={ticket} />
            </span>
          </div>
        ),
      },
      {
        key: 'asset',
        title: t('column.asset'),
        render: (_, ticket) => (
          <div className={styles['place']}>
            <span>{ticket.assetName}</span>
            <span className="muted">{ticket.customerName}</span>
          </div>
        ),
      },
      {
        key: 'state',
        title: t('column.state'),
        render: (_, ticket) => (
          <div className={styles['state']}>
            <TicketStateTag state={ticket.state} />
            <WaitingMark ticket={ticket} />
          </div>
        ),
      },
      {
        key: 'priority',
        title: t('column.priority'),
        render: (_, ticket) => <PriorityTag priority={ticket.priority} />,
      },
      {
        key: 'engineer',
        title: t('column.engineer'),
        render: (_, { engineerName }) => engineerName ?? <span className="muted">{t('unassigned')}</span>,
      },
      {
        key: 'due',
        title: t('column.due'),
        render: (_, ticket) => <DueOrClosed ticket={ticket} />,
      },
      {
        key: 'createdAt',
        name: t('column.createdAt'),
        title: (
          <SortTitle by="createdAt" sort={sort} onSort={onSort}>
            {t('column.createdAt')}
          </SortTitle>
        ),
        render: (_, { createdAt }) => <TimeText at={createdAt} />,
      },
    ],
    [t, text, sort, onSort],
  )
}

/** What is owed next, or that it is paused; once it is over, when that was. */
function DueOrClosed({ ticket: { nextDue, pausedAt, closedAt } }: { readonly ticket: TicketSummary }) {
  const { t } = useTranslation('tickets')
  if (nextDue) return <SlaClockText clock={nextDue} />
  if (pausedAt !== null) return <PausedMark />
  if (closedAt === null) return <span className="muted">–</span>
  return (
    <span className="muted">
      {t('closed')} <TimeText at={closedAt} />
    </span>
  )
}

/** The same ticket on a phone. */
export function TicketCard({ ticket }: { readonly ticket: TicketSummary }) {
  const { t } = useTranslation('tickets')
  const text = useText()
  return (
    <span className={styles['card']}>
      <span className={styles['line']}>
        <TicketStateTag state={ticket.state} />
        <WaitingMark ticket={ticket} />
        <PriorityTag priority={ticket.priority} />
        <span className={styles['end']}>
          <DueOrClosed ticket={ticket} />
        </span>
      </span>
      <strong className={styles['title']}>{text(ticket.title)}</strong>
      <span className="muted">
        {ticket.assetName} · {ticket.customerName}
      </span>
      <span className={styles['line']}>
        <span className="muted">{ticket.number}</span>
        <TicketMarks ticket={ticket} />
        <span className={styles['end']}>{ticket.engineerName ?? t('unassigned')}</span>
      </span>
    </span>
  )
}
