import type { Ticket } from '@fettle/contracts/tickets'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../design/panel.tsx'
import { TimeText } from '../../../design/time-text.tsx'
import styles from './facts.module.css'

/** The completion report as it was written; nothing before there is one. */
export function ReportPanel({ report }: Pick<Ticket, 'report'>) {
  const { t } = useTranslation('ticket')
  if (!report) return null
  const facts = [
    [t('report.outcome'), t(`outcome.${report.outcome}`)],
    [t('report.failureMode'), report.failureModeKey ?? '–'],
    [t('report.customerName'), report.customerName ?? '–'],
    [t('report.writtenBy'), report.writtenBy],
  ] as const
  return (
    <Panel title={t('report.title')}>
      <dl className={styles['facts']}>
        <div className={styles['wide']}>
          <dt>{t('report.finding')}</dt>
          <dd>{report.finding}</dd>
        </div>
        <div className={styles['wide']}>
          <dt>{t('report.work')}</dt>
          <dd>{report.work}</dd>
        </div>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('report.writtenAt')}</dt>
          <dd>
            <TimeText at={report.writtenAt} as="short" />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
