import { CheckCircleOutlined } from '@ant-design/icons'
import type { Alarm } from '@fettle/contracts/alarms'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AlarmLevelTag } from '../../design/state-tag.tsx'
import { TimeText } from '../../design/time-text.tsx'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './overview-page.module.css'
import { WaitingRows } from './waiting-rows.tsx'

/** What is wrong now: alarms that are still active, each with what crossed which limit. */
export function ActiveAlarms({ alarms }: { readonly alarms: readonly Alarm[] | undefined }) {
  const { t } = useTranslation('overview')
  const text = useText()
  const format = useFormat()
  if (!alarms) return <WaitingRows rows={1} />
  if (alarms.length === 0)
    return (
      <p className={styles['calm']}>
        <CheckCircleOutlined aria-hidden="true" /> {t('alarms.none')}
      </p>
    )
  return (
    <ul className={styles['rows']}>
      {alarms.map((alarm) => (
        <li key={alarm.id}>
          <Link
            className={styles['row']}
            {...(alarm.ticketId
              ? { to: '/tickets/$ticketId', params: { ticketId: alarm.ticketId } }
              : { to: '/assets/$assetId', params: { assetId: alarm.assetId } })}
          >
            <span className={styles['line']}>
              <span className={styles['what']}>{alarm.assetName}</span>
              <AlarmLevelTag level={alarm.level} />
            </span>
            <span>
              {t('alarms.crossed', {
                signal: text(alarm.signalName),
                // Of one that has fallen, the peak belongs to another limit.
                value: format.value(
                  alarm.level === alarm.peakLevel ? alarm.peakValue : alarm.value,
                  alarm.decimals,
                  alarm.unit,
                ),
                limit: format.value(alarm.limit, alarm.decimals, alarm.unit),
              })}
            </span>
            <span className={`${styles['line']} ${styles['small']}`}>
              <TimeText at={alarm.raisedAt} />
              <span>{alarm.ticketNumber ?? alarm.customerName}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
