import { HistoryOutlined, ThunderboltOutlined } from '@ant-design/icons'
import type { TicketSummary } from '@fettle/contracts/tickets'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './ticket-marks.module.css'

/** What is special about a ticket's origin: the machine raised it itself; it was found in data that came late. */
export function TicketMarks({ ticket }: { readonly ticket: Pick<TicketSummary, 'source' | 'late'> }) {
  const { t } = useTranslation('tickets')
  return (
    <>
      {ticket.source === 'alarm' ? (
        <Tooltip title={t('mark.machineHint')}>
          <span className={styles['mark']} data-kind="machine">
            <ThunderboltOutlined aria-hidden="true" />
            {t('mark.machine')}
          </span>
        </Tooltip>
      ) : null}
      {ticket.late ? (
        <Tooltip title={t('mark.lateHint')}>
          <span className={styles['mark']}>
            <HistoryOutlined aria-hidden="true" />
            {t('mark.late')}
          </span>
        </Tooltip>
      ) : null}
    </>
  )
}
