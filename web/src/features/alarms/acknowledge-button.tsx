import { CheckOutlined } from '@ant-design/icons'
import { acknowledgeAlarm, type Alarm } from '@fettle/contracts/alarms'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import { useWrite } from '../../api/write.ts'
import { errorKind } from '../../design/error-words.ts'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './alarms.module.css'

interface AcknowledgeButtonProps {
  readonly alarm: Alarm
  readonly size?: 'small' | 'middle'
}

/** Says that a person has seen the alarm; afterwards, who did and when. */
export function AcknowledgeButton({ alarm, size = 'middle' }: AcknowledgeButtonProps) {
  const { t } = useTranslation(['alarms', 'common'])
  const text = useText()
  const format = useFormat()
  const may = useMay()
  const write = useWrite(acknowledgeAlarm, { touches: ['listAlarms', 'getAlarm', 'getOverview'] })
  if (alarm.acknowledgedAt !== null)
    return (
      <Tooltip title={format.exact(alarm.acknowledgedAt)}>
        <span className={styles['seen']}>
          <CheckOutlined aria-hidden="true" /> {t('alarms:acknowledgedBy', { name: alarm.acknowledgedBy ?? '' })}
        </span>
      </Tooltip>
    )
  if (!may('acknowledgeAlarm')) return <span className="muted">{t('alarms:notAcknowledged')}</span>
  return (
    <span className={styles['two']}>
      <Button
        size={size}
        loading={write.isPending}
        aria-label={t('alarms:acknowledgeOne', { asset: alarm.assetName, signal: text(alarm.signalName) })}
        onClick={(event) => {
          event.stopPropagation()
          write.mutate({ params: { alarmId: alarm.id } })
        }}
      >
        {t('alarms:acknowledge')}
      </Button>
      {write.error ? <small role="alert">{t(`common:error.title.${errorKind(write.error)}`)}</small> : null}
    </span>
  )
}
