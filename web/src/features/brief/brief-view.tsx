import { PrinterOutlined } from '@ant-design/icons'
import type { Brief } from '@fettle/contracts/brief'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../design/page-header.tsx'
import { Panel } from '../../design/panel.tsx'
import { AlarmLevelTag } from '../../design/state-tag.tsx'
import { PriorityTag, SlaClockText, TicketStateTag } from '../../design/ticket-tags.tsx'
import { TimeText } from '../../design/time-text.tsx'
import { useMedia } from '../../design/use-media.ts'
import { useNow } from '../../format/now.ts'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import { AlarmValue, shownLevel } from '../alarms/alarm-columns.tsx'
import { LikelyFailures } from '../tickets/evidence/likely-failures.tsx'
import { PastRepairs } from '../tickets/evidence/past-repairs.tsx'
import { AccessPanel } from './access-panel.tsx'
import { BriefParts } from './brief-parts.tsx'
import { MachineLine } from './machine-line.tsx'
import { SmallTrend } from './small-trend.tsx'
import { VisitTime } from './visit-time.tsx'
import styles from './brief.module.css'

/** Everything in the order in which it is needed: why, when, how to get in, what the machine did, what to bring. */
export function BriefView({ brief }: { readonly brief: Brief }) {
  const { t } = useTranslation('brief')
  const text = useText()
  const format = useFormat()
  const now = useNow()
  const narrow = useMedia('(max-width: 900px)')
  const { ticket, asset } = brief
  const panels = {
    visit: (
      <Panel title={t('visit.title')}>
        <VisitTime visit={brief.visit} engineerName={ticket.engineerName} />
      </Panel>
    ),
    access: <AccessPanel site={brief.site} />,
    parts: (
      <Panel title={t('parts.title')}>
        <BriefParts brief={brief} />
      </Panel>
    ),
    trends: (
      <Panel title={t('trends.title')}>
        <BriefTrends brief={brief} />
      </Panel>
    ),
    failures: (
      <Panel title={t('failures')}>
        <LikelyFailures failures={brief.likelyFailures} />
      </Panel>
    ),
    repairs: (
      <Panel title={t('repairs')}>
        <PastRepairs repairs={brief.repairs} />
      </Panel>
    ),
    alarms: (
      <Panel title={t('alarms.title')}>
        <BriefAlarms alarms={brief.alarms} />
      </Panel>
    ),
  } as const
  const inOrder = (names: readonly (keyof typeof panels)[]) =>
    names.map((name) => <Fragment key={name}>{panels[name]}</Fragment>)
  return (
    <article className={styles['page']}>
      <PageHeader
        title={t('title')}
        parent={
          <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }}>
            {t('back', { number: ticket.number })}
          </Link>
        }
        actions={
          <Button
            className={styles['print'] ?? ''}
            icon={<PrinterOutlined aria-hidden="true" />}
            onClick={() => print()}
          >
            {t('print')}
          </Button>
        }
      />
      <Panel>
        <section className={styles['why']} aria-label={t('why')}>
          <p className={styles['tags']}>
            <TicketStateTag state={ticket.state} />
            <PriorityTag priority={ticket.priority} />
            {ticket.nextDue ? <SlaClockText clock={ticket.nextDue} /> : null}
          </p>
          <h2>{text(brief.why)}</h2>
          <p className="muted">
            {t('since', { when: format.short(brief.since), relative: format.relative(brief.since, now) })}
          </p>
          <MachineLine asset={asset} />
        </section>
      </Panel>
      {narrow ? (
        <div className={styles['column']}>
          {inOrder(['visit', 'access', 'trends', 'failures', 'parts', 'repairs', 'alarms'])}
        </div>
      ) : (
        <div className={styles['columns']}>
          <div className={styles['column']}>{inOrder(['visit', 'access', 'parts'])}</div>
          <div className={styles['column']}>{inOrder(['trends', 'failures', 'repairs', 'alarms'])}</div>
        </div>
      )}
    </article>
  )
}

function BriefTrends({ brief: { trends, alarms, asset } }: { readonly brief: Brief }) {
  const { t } = useTranslation('brief')
  if (trends.length === 0) return <p className="muted">{t('trends.none')}</p>
  return (
    <div className={styles['trends']}>
      {trends.map((trend) => (
        <SmallTrend
          key={trend.signalId}
          trend={trend}
          asset={asset}
          alarms={alarms.filter(({ signalId }) => signalId === trend.signalId)}
        />
      ))}
    </div>
  )
}

function BriefAlarms({ alarms }: Pick<Brief, 'alarms'>) {
  const { t } = useTranslation('brief')
  if (alarms.length === 0) return <p className="muted">{t('alarms.none')}</p>
  return (
    <ul className={styles['alarms']}>
      {alarms.map((alarm) => (
        <li key={alarm.id}>
          <AlarmLevelTag level={shownLevel(alarm)} />
          <AlarmValue alarm={alarm} />
          <TimeText at={alarm.raisedAt} as="short" />
        </li>
      ))}
    </ul>
  )
}
