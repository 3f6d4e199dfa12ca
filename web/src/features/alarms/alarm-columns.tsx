import type { Alarm } from '@fettle/contracts/alarms'
import { Link } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListColumn } from '../../design/list-columns.ts'
import { AlarmLevelTag, StateTag } from '../../design/state-tag.tsx'
import { TimeText } from '../../design/time-text.tsx'
import { useNow } from '../../format/now.ts'
import { measured, withUnit } from '../../format/number.ts'
import { epochOf } from '../../format/time.ts'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import { AcknowledgeButton } from './acknowledge-button.tsx'
import styles from './alarms.module.css'
import { shownAlarm } from './shown-alarm.ts'

/** Alarms on a wide screen. */
export function useAlarmColumns(): ListColumn<Alarm>[] {
  const { t } = useTranslation('alarms')
  return useMemo(
    () => [
      { key: 'level', title: t('column.level'), render: (_, alarm) => <AlarmLevelTag level={shownLevel(alarm)} /> },
      { key: 'what', title: t('column.what'), render: (_, alarm) => <AlarmValue alarm={alarm} /> },
      {
        key: 'asset',
        title: t('column.asset'),
        render: (_, alarm) => (
          <span className={styles['two']}>
            <span>{alarm.assetName}</span>
            <small>
              {alarm.assetKey} · {alarm.customerName}
            </small>
          </span>
        ),
      },
      {
        key: 'since',
        title: t('column.since'),
        render: (_, { raisedAt, late }) => (
          <span className={styles['two']}>
            <TimeText at={raisedAt} />
            {late ? (
              <Tooltip title={t('lateHint')}>
                <small>{t('late')}</small>
              </Tooltip>
            ) : null}
          </span>
        ),
      },
      { key: 'lasted', title: t('column.lasted'), render: (_, alarm) => <Lasted alarm={alarm} /> },
      {
        key: 'ticket',
        title: t('column.ticket'),
        render: (_, { ticketId, ticketNumber }) =>
          ticketId ? (
            <Link to="/tickets/$ticketId" params={{ ticketId }} onClick={(event) => event.stopPropagation()}>
              {ticketNumber}
            </Link>
          ) : (
            <span className="muted">{t('noTicket')}</span>
          ),
      },
      {
        key: 'acknowledged',
        title: t('column.acknowledged'),
        render: (_, alarm) => <AcknowledgeButton alarm={alarm} size="small" />,
      },
    ],
    [t],
  )
}

/** What it is now; once it is over, how bad it was. */
export const shownLevel = (alarm: Alarm) => shownAlarm(alarm).level

/** What was measured, against which limit. */
export function AlarmValue({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation('alarms')
  const text = useText()
  const shown = (quantity: number) => withUnit(measured(quantity, alarm.decimals), alarm.unit)
  const { value, limit, peak } = shownAlarm(alarm)
  const facts: string[] = [t('limit', { limit: shown(limit) })]
  if (peak?.limit === null) facts.push(t('peak', { peak: shown(peak.value) }))
  else if (peak) facts.push(t('peakOver', { peak: shown(peak.value), limit: shown(peak.limit) }))
  return (
    <span className={styles['two']}>
      <span>
        {text(alarm.signalName)} <strong className="nowrap">{shown(value)}</strong>
      </span>
      <small>{facts.join(' · ')}</small>
    </span>
  )
}

/** How long it has been going on, counting, or how long it went on. */
export function Lasted({ alarm: { raisedAt, clearedAt, level } }: { readonly alarm: Alarm }) {
  const { t } = useTranslation('alarms')
  const now = useNow()
  const format = useFormat()
  const time = format.duration(epochOf(clearedAt ?? now) - epochOf(raisedAt))
  if (clearedAt !== null) return <span className="nowrap">{time}</span>
  return (
    <span className={styles['two']}>
      <StateTag tone={level === 'high-high' || level === 'low-low' ? 'critical' : 'warning'} plain>
        {t('active')}
      </StateTag>
      <small>{time}</small>
    </span>
  )
}

/** The same alarm on a phone. */
export function AlarmCard({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation('alarms')
  const format = useFormat()
  const now = useNow()
  return (
    <span className={styles['card']}>
      <span className={styles['line']}>
        <AlarmLevelTag level={shownLevel(alarm)} />
        <span className={styles['end']}>
          <TimeText at={alarm.raisedAt} />
        </span>
      </span>
      <AlarmValue alarm={alarm} />
      <span className="muted">
        {alarm.assetName} · {alarm.customerName}
      </span>
      <span className={styles['line']}>
        <span className="muted">
          {alarm.clearedAt === null ? t('active') : null}{' '}
          {t('lasted', { time: format.duration(epochOf(alarm.clearedAt ?? now) - epochOf(alarm.raisedAt)) })}
        </span>
        <span className={styles['end']}>{alarm.ticketNumber ?? t('noTicket')}</span>
      </span>
    </span>
  )
}
