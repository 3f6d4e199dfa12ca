import { suggestEngineers } from '@fettle/contracts/engineers'
import { assignTicket } from '@fettle/contracts/tickets'
import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../../../api/query.ts'
import { EmptyState } from '../../../design/empty-state.tsx'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import styles from './assign-form.module.css'
import type { StepFormProps } from './step-form-props.ts'
import { SuggestionCard } from './suggestion-card.tsx'
import { useTicketWrite } from '../use-ticket-write.ts'

const FIRST_SHOWN = 3

/** Who should go, and why: the best ones with every reason, then those who cannot, with what stands in the way. */
export function AssignForm({ ticket, onDone }: StepFormProps) {
  const { t } = useTranslation('ticket')
  const [all, setAll] = useState(false)
  const query = useQuery(reading(suggestEngineers, { params: { ticketId: ticket.id } }))
  const assign = useTicketWrite(assignTicket)
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} />
  if (query.isLoadingError) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />

  const eligible = query.data.items.filter((suggestion) => suggestion.eligible)
  // Nearest first: whom everybody would have sent is told at once why not.
  const [nearest, ...others] = query.data.items.filter((suggestion) => !suggestion.eligible)
  const shown = all ? eligible : eligible.slice(0, FIRST_SHOWN)
  const choose = (engineerId: string) =>
    assign.mutate(
      { params: { ticketId: ticket.id }, body: { engineerId, expectedVersion: ticket.version } },
      { onSuccess: onDone },
    )

  return (
    <div className={styles['suggestions']}>
      <h3>{t('assign.suggested')}</h3>
      {eligible.length === 0 ? <EmptyState title={t('assign.nobody')} hint={t('assign.nobodyHint')} /> : null}
      <ol className={styles['list']}>
        {shown.map((suggestion, place) => (
          <li key={suggestion.engineerId}>
            <SuggestionCard
              suggestion={suggestion}
              best={place === 0}
              current={suggestion.engineerId === ticket.engineerId}
              assigning={assign.isPending && assign.variables.body.engineerId === suggestion.engineerId}
              disabled={assign.isPending}
              onAssign={() => choose(suggestion.engineerId)}
            />
          </li>
        ))}
      </ol>
      {eligible.length > shown.length ? (
        <Button type="link" onClick={() => setAll(true)}>
          {t('assign.more', { count: eligible.length - shown.length })}
        </Button>
      ) : null}
      {assign.error ? <ErrorNotice error={assign.error} /> : null}
      {nearest ? <SuggestionCard suggestion={nearest} /> : null}
      {others.length > 0 ? (
        <details className={styles['blocked']}>
          <summary>{t('assign.blocked', { count: others.length })}</summary>
          <ul className={styles['list']}>
            {others.map((suggestion) => (
              <li key={suggestion.engineerId}>
                <SuggestionCard suggestion={suggestion} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}
