import { listTickets, mergeTicket } from '@fettle/contracts/tickets'
import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading } from '../../../api/query.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import styles from '../intake/possible-duplicates.module.css'
import type { StepFormProps } from './step-form-props.ts'
import { TicketCard } from '../pool/ticket-columns.tsx'
import { useTicketWrite } from '../use-ticket-write.ts'

/** The machine's other open tickets; this one ends and the chosen one goes on. */
export function MergeForm({ ticket, onDone }: StepFormProps) {
  const { t } = useTranslation(['ticket', 'tickets'])
  const others = useQuery(reading(listTickets, { querystring: { assetId: ticket.assetId, open: true, limit: 50 } }))
  const merge = useTicketWrite(mergeTicket)
  const found = others.data?.items.filter(({ id }) => id !== ticket.id) ?? []
  if (others.isPending) return <Skeleton active paragraph={{ rows: 2 }} />
  return (
    <div className={styles['list']}>
      {others.isLoadingError ? <ErrorNotice error={others.error} onRetry={() => void others.refetch()} /> : null}
      {others.isSuccess && found.length === 0 ? <p className="muted">{t('ticket:merge.none')}</p> : null}
      {found.map((other) => (
        <div key={other.id} className={styles['ticket']}>
          <TicketCard ticket={other} />
          <Button
            disabled={merge.isPending}
            loading={merge.isPending && merge.variables.body.intoTicketId === other.id}
            onClick={() =>
              merge.mutate(
                { params: { ticketId: ticket.id }, body: { intoTicketId: other.id, expectedVersion: ticket.version } },
                { onSuccess: onDone },
              )
            }
          >
            {t('tickets:intake.merge', { number: other.number })}
          </Button>
        </div>
      ))}
      {merge.error ? <ErrorNotice error={merge.error} /> : null}
      <div>
        <Button onClick={onDone}>{t('ticket:fold')}</Button>
      </div>
    </div>
  )
}
