import { getAlarm } from '@fettle/contracts/alarms'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading } from '../../../api/query.ts'
import { AlarmLevelTag } from '../../../design/state-tag.tsx'
import { TimeText } from '../../../design/time-text.tsx'
import { measured, withUnit } from '../../../format/number.ts'
import { useFormat } from '../../../format/use-format.ts'
import { epochOf } from '../../../format/time.ts'
import { useText } from '../../../i18n/use-text.ts'
import { shownAlarm } from '../../alarms/shown-alarm.ts'
import styles from './evidence-panel.module.css'

/** The alarm in one line: how far over which limit, since when, and whether it is over. */
export function AlarmFacts({ alarmId }: { readonly alarmId: string }) {
  const { t } = useTranslation('ticket')
  const text = useText()
  const format = useFormat()
  const { data: alarm, isPending } = useQuery(reading(getAlarm, { params: { alarmId } }))
  if (isPending) return <Skeleton.Input active block size="small" />
  // The frozen evidence below stands by itself; without this line nothing is wrong.
  if (!alarm) return null
  const { level, value, limit, peak } = shownAlarm(alarm)
  const shown = (quantity: number) => withUnit(measured(quantity, alarm.decimals), alarm.unit)
  return (
    <div className={styles['facts']}>
      <AlarmLevelTag level={level} />
      <span>
        {text(alarm.signalName)}{' '}
        <span className={styles['value']}>
          {measured(value, alarm.decimals)} <small>{alarm.unit}</small>
        </span>
      </span>
      <span className="muted">{t('evidence.limit', { limit: shown(limit) })}</span>
      {peak ? (
        <span className="muted">
          {peak.limit === null
            ? t('evidence.peak', { peak: shown(peak.value) })
            : t('evidence.peakOver', { peak: shown(peak.value), limit: shown(peak.limit) })}
        </span>
      ) : null}
      <span className="muted">
        <TimeText at={alarm.raisedAt} as="short" />{' '}
        {alarm.clearedAt === null
          ? t('evidence.active')
          : t('evidence.cleared', { time: format.duration(epochOf(alarm.clearedAt) - epochOf(alarm.raisedAt)) })}
      </span>
    </div>
  )
}
