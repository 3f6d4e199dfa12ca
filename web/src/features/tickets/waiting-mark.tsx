import { HourglassOutlined, PauseCircleOutlined } from '@ant-design/icons'
import type { TicketSummary } from '@fettle/contracts/tickets'
import { useTranslation } from 'react-i18next'
import styles from './waiting-mark.module.css'

/** What a ticket on hold waits for. Where its state says that already, there is nothing to add. */
export function WaitingMark({ ticket }: { readonly ticket: Pick<TicketSummary, 'state' | 'waitingFor' | 'pausedAt'> }) {
  const { t } = useTranslation('ticket')
  if (ticket.waitingFor === null || ticket.state !== 'on-hold') return null
  const Icon = ticket.pausedAt === null ? HourglassOutlined : PauseCircleOutlined
  return (
    <span className={styles['mark']}>
      <Icon aria-hidden="true" />
      {t(`waiting.for.${ticket.waitingFor}`)}
    </span>
  )
}

/** In place of the next promise, where all that are owed stand still. */
export function PausedMark() {
  const { t } = useTranslation('ticket')
  return (
    <span className={styles['mark']}>
      <PauseCircleOutlined aria-hidden="true" />
      {t('sla.paused')}
    </span>
  )
}
