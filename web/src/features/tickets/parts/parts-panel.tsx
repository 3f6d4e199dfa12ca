import { PlusOutlined } from '@ant-design/icons'
import { listMovements } from '@fettle/contracts/parts'
import type { Ticket } from '@fettle/contracts/tickets'
import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whole } from '../../../api/query.ts'
import { useMay } from '../../../api/session.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { Panel } from '../../../design/panel.tsx'
import { TimeText } from '../../../design/time-text.tsx'
import { useQuantity } from '../../../format/use-quantity.ts'
import { useText } from '../../../i18n/use-text.ts'
import { isFinished } from '../phases.ts'
import styles from './parts-panel.module.css'
import { TakeParts } from './take-parts.tsx'

/** Parts that went into this ticket, from the stock ledger; engineers take more from their van or a store. */
export function PartsPanel({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation(['ticket', 'common'])
  const text = useText()
  const { amount } = useQuantity()
  const may = useMay()
  const [taking, setTaking] = useState(false)
  const query = useQuery(whole(listMovements, { querystring: { ticketId: ticket.id } }))
  const mayTake = may('consumePart') && !isFinished(ticket.state)
  const movements = query.data?.items ?? []

  return (
    <Panel
      title={t('ticket:parts.title')}
      extra={
        mayTake && !taking ? (
          <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => setTaking(true)}>
            {t('ticket:parts.take')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      ) : query.isLoadingError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : movements.length === 0 ? (
        <p className="muted">{t('ticket:parts.none')}</p>
      ) : (
        <ul className={styles['used']} aria-label={t('ticket:parts.used')}>
          {movements.map((movement) => (
            <li key={movement.id}>
              <p className={styles['line']}>
                <strong>
                  {movement.partCode} {text(movement.partName)}
                </strong>
                <span>{amount(movement.quantity, movement.unit)}</span>
              </p>
              <p className="muted">
                {movement.serial ? `${t('ticket:parts.serial', { serial: movement.serial })} · ` : null}
                {movement.fromLocation} · {movement.by} · <TimeText at={movement.at} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {mayTake && taking ? <TakeParts ticket={ticket} onDone={() => setTaking(false)} /> : null}
    </Panel>
  )
}
