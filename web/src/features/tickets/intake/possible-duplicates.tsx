import type { ReplyOf } from '@fettle/contracts/route'
import { mergeTicket, type createTicket } from '@fettle/contracts/tickets'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../../api/session.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import styles from './possible-duplicates.module.css'
import { TicketCard } from '../pool/ticket-columns.tsx'
import { useTicketWrite } from '../use-ticket-write.ts'

interface PossibleDuplicatesProps {
  readonly reported: ReplyOf<typeof createTicket>
  readonly onOpen: (ticketId: string) => void
}

/** The new ticket exists; the machine's other open ones are shown, and it can go up in one of them. */
export function PossibleDuplicates({ reported: { ticket, possibleDuplicates }, onOpen }: PossibleDuplicatesProps) {
  const { t } = useTranslation('tickets')
  const may = useMay()
  const merge = useTicketWrite(mergeTicket)
  return (
    <div className={styles['list']}>
      <Alert type="success" showIcon title={t('intake.created', { number: ticket.number })} />
      <p>{t('intake.duplicates')}</p>
      {possibleDuplicates.map((other) => (
        <div key={other.id} className={styles['ticket']}>
          <TicketCard ticket={other} />
          {may('mergeTicket') ? (
            <Button
              loading={merge.isPending && merge.variables.body.intoTicketId === other.id}
              disabled={merge.isPending}
              onClick={() =>
                merge.mutate(
                  {
                    params: { ticketId: ticket.id },
                    body: { intoTicketId: other.id, expectedVersion: ticket.version },
                  },
                  { onSuccess: () => onOpen(other.id) },
                )
              }
            >
              {t('intake.merge', { number: other.number })}
            </Button>
          ) : null}
        </div>
      ))}
      {merge.error ? <ErrorNotice error={merge.error} /> : null}
      <Button type="primary" onClick={() => onOpen(ticket.id)}>
        {t('intake.keep')}
      </Button>
    </div>
  )
}
