import { getAlarm, type Alarm } from '@fettle/contracts/alarms'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Drawer, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/query.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { AlarmLevelTag } from '../../design/state-tag.tsx'
import { TimeText } from '../../design/time-text.tsx'
import { usePhone } from '../../design/use-media.ts'
import { useText } from '../../i18n/use-text.ts'
import { AcknowledgeButton } from './acknowledge-button.tsx'
import { AlarmValue, Lasted, shownLevel } from './alarm-columns.tsx'
import { AlarmTrend } from './alarm-trend.tsx'
import styles from './alarms.module.css'

interface AlarmDrawerProps {
  /** Whose detail is open; undefined for none. */
  readonly alarmId: string | undefined
  readonly onClose: () => void
}

/** One alarm beside the list: the signal around it, and everything that hangs on it. */
export function AlarmDrawer({ alarmId, onClose }: AlarmDrawerProps) {
  const { t } = useTranslation('alarms')
  const phone = usePhone()
  const query = useQuery({
    ...reading(getAlarm, { params: { alarmId: alarmId ?? '' } }),
    enabled: alarmId !== undefined,
  })
  return (
    <Drawer
      title={t('detail.title')}
      open={alarmId !== undefined}
      onClose={onClose}
      size={phone ? '100%' : 620}
      destroyOnHidden
    >
      {query.data ? (
        <AlarmDetail alarm={query.data} />
      ) : query.isLoadingError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  )
}

function AlarmDetail({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation('alarms')
  const text = useText()
  return (
    <div className={styles['detail']}>
      <div className={styles['headline']}>
        <AlarmLevelTag level={shownLevel(alarm)} />
        <AlarmValue alarm={alarm} />
        <Lasted alarm={alarm} />
        <span className={styles['end']}>
          <AcknowledgeButton alarm={alarm} />
        </span>
      </div>
      <AlarmTrend alarm={alarm} />
      <dl className={styles['facts']}>
        <div>
          <dt>{t('detail.asset')}</dt>
          <dd>
            <Link to="/assets/$assetId" params={{ assetId: alarm.assetId }}>
              {alarm.assetName}
            </Link>{' '}
            <span className="muted">{alarm.assetKey}</span>
          </dd>
        </div>
        <div>
          <dt>{t('detail.customer')}</dt>
          <dd>{alarm.customerName}</dd>
        </div>
        <div>
          <dt>{t('detail.failureMode')}</dt>
          <dd>
            {alarm.failureModeKey} {text(alarm.failureModeName)}
          </dd>
        </div>
        <div>
          <dt>{t('detail.ticket')}</dt>
          <dd>
            {alarm.ticketId ? (
              <Link to="/tickets/$ticketId" params={{ ticketId: alarm.ticketId }}>
                {alarm.ticketNumber}
              </Link>
            ) : (
              <span className="muted">{t('noTicket')}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('detail.raisedAt')}</dt>
          <dd>
            <TimeText at={alarm.raisedAt} as="short" />
          </dd>
        </div>
        <div>
          <dt>{t('detail.clearedAt')}</dt>
          <dd>{alarm.clearedAt ? <TimeText at={alarm.clearedAt} as="short" /> : t('active')}</dd>
        </div>
        <div>
          <dt>{t('detail.rule')}</dt>
          <dd>v{alarm.ruleVersion}</dd>
        </div>
        {alarm.late ? (
          <div>
            <dt>{t('late')}</dt>
            <dd>{t('lateHint')}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  )
}
