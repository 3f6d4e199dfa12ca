import type { Evidence } from '@fettle/contracts/evidence'
import { getTicketEvidence, type Ticket } from '@fettle/contracts/tickets'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Segmented, Skeleton } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../../../api/query.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { Panel } from '../../../design/panel.tsx'
import { usePhone } from '../../../design/use-media.ts'
import { useFormat } from '../../../format/use-format.ts'
import { useText } from '../../../i18n/use-text.ts'
import { AlarmFacts } from './alarm-facts.tsx'
import { EvidenceQuality } from './evidence-quality.tsx'
import { EvidenceTrends } from './evidence-trends.tsx'
import { LikelyFailures } from './likely-failures.tsx'
import { PastRepairs } from './past-repairs.tsx'
import styles from './evidence-panel.module.css'

/** What the machine showed when it raised this ticket; for a person's report, where to look instead. */
export function EvidencePanel({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation('ticket')
  const format = useFormat()
  const query = useQuery(reading(getTicketEvidence, { params: { ticketId: ticket.id } }))
  const [chosen, setChosen] = useState<string>()
  const items = query.data?.items ?? []
  const evidence = items.find(({ id }) => id === chosen) ?? items[0]

  return (
    <Panel
      title={t('evidence.title')}
      extra={
        items.length > 1 && evidence ? (
          <Segmented
            aria-label={t('evidence.which')}
            value={evidence.id}
            options={items.map(({ id, raisedAt }) => ({ value: id, label: format.short(raisedAt) }))}
            onChange={setChosen}
          />
        ) : null
      }
    >
      {query.isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : query.isLoadingError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : evidence ? (
        <EvidenceBody key={evidence.id} evidence={evidence} assetId={ticket.assetId} />
      ) : (
        <p className={styles['nothing']}>
          <span className="muted">{t(ticket.source === 'alarm' ? 'evidence.pending' : 'evidence.none')}</span>{' '}
          <Link to="/assets/$assetId" params={{ assetId: ticket.assetId }} search={{ tab: 'trend' }}>
            {t('evidence.openTrend')}
          </Link>
        </p>
      )}
    </Panel>
  )
}

function EvidenceBody({ evidence, assetId }: { readonly evidence: Evidence; readonly assetId: string }) {
  const { t } = useTranslation('ticket')
  const text = useText()
  const format = useFormat()
  return (
    <div className={styles['body']}>
      <AlarmFacts alarmId={evidence.alarmId} />
      <p className={styles['rule']}>
        <span className="muted">{t('evidence.rule', { version: evidence.ruleVersion })}</span>
        {text(evidence.ruleText)}
      </p>
      <EvidenceTrends evidence={evidence} assetId={assetId} />
      <EvidenceQuality quality={evidence.quality} />
      <p className={styles['frozen']}>
        {evidence.frozen
          ? t('evidence.frozen', { time: format.exact(evidence.freezesAt) })
          : t('evidence.collecting', { time: format.clock(evidence.freezesAt) })}
      </p>
      <Aside summary={t('evidence.more')}>
        <section aria-labelledby={`likely-${evidence.id}`}>
          <h3 id={`likely-${evidence.id}`}>{t('likely.title')}</h3>
          <LikelyFailures failures={evidence.likelyFailures} />
        </section>
        <section aria-labelledby={`repairs-${evidence.id}`}>
          <h3 id={`repairs-${evidence.id}`}>{t('repairs.title')}</h3>
          <PastRepairs repairs={evidence.repairs} />
        </section>
      </Aside>
    </div>
  )
}

/** What follows from the evidence: beside each other where there is room, folded on a phone (the brief has it too). */
function Aside({ summary, children }: { readonly summary: string; readonly children: ReactNode }) {
  const phone = usePhone()
  if (!phone) return <div className={styles['columns']}>{children}</div>
  return (
    <details className={styles['folded']}>
      <summary>{summary}</summary>
      <div className={styles['columns']}>{children}</div>
    </details>
  )
}
