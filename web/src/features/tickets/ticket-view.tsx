import { ReadOutlined } from '@ant-design/icons'
import type { Ticket } from '@fettle/contracts/tickets'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import { PageHeader } from '../../design/page-header.tsx'
import { PriorityTag, TicketStateTag } from '../../design/ticket-tags.tsx'
import { useMedia, usePhone } from '../../design/use-media.ts'
import { useText } from '../../i18n/use-text.ts'
import { DecisionPanel } from './steps/decision-panel.tsx'
import { EvidencePanel } from './evidence/evidence-panel.tsx'
import { FactsPanel } from './facts/facts-panel.tsx'
import { LinkButton } from './link-button.tsx'
import { MoneyPanel } from './money/money-panel.tsx'
import { PartsPanel } from './parts/parts-panel.tsx'
import { isFinished } from './phases.ts'
import { ReportPanel } from './facts/report-panel.tsx'
import { SlaPanel } from './facts/sla-panel.tsx'
import { TicketMarks } from './pool/ticket-marks.tsx'
import { TrailPanel } from './trail/trail-panel.tsx'
import { VisitsPanel } from './facts/visits-panel.tsx'
import { WaitingMark } from './waiting-mark.tsx'
import styles from './ticket-view.module.css'

/**
 * One ticket. Left the story: what it is about, evidence, trail; right the decision: next step, promises, engineer,
 * parts, report, money. On a phone one column in the order in which an engineer works.
 */
export function TicketView({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation(['ticket', 'tickets', 'shell'])
  const text = useText()
  const may = useMay()
  const phone = usePhone()
  const narrow = useMedia('(max-width: 1000px)')

  // Once it is over, nobody leaves for it any more.
  const brief =
    may('getBrief') && !isFinished(ticket.state) ? (
      <LinkButton
        to="/tickets/$ticketId/brief"
        params={{ ticketId: ticket.id }}
        block={phone}
        size={phone ? 'large' : 'middle'}
        icon={<ReadOutlined aria-hidden="true" />}
      >
        {t('ticket:brief')}
      </LinkButton>
    ) : null
  const panels = {
    facts: <FactsPanel ticket={ticket} />,
    decision: <DecisionPanel ticket={ticket} />,
    brief,
    sla: <SlaPanel ticket={ticket} />,
    evidence: <EvidencePanel ticket={ticket} />,
    visits: <VisitsPanel ticket={ticket} />,
    parts: may('listMovements') ? <PartsPanel ticket={ticket} /> : null,
    report: <ReportPanel report={ticket.report} />,
    money: may('getTicketMoney') ? <MoneyPanel ticket={ticket} /> : null,
    trail: <TrailPanel ticket={ticket} />,
  } as const
  const column = (names: readonly (keyof typeof panels)[]): ReactNode =>
    names.map((name) => <Fragment key={name}>{panels[name]}</Fragment>)

  return (
    <>
      <PageHeader
        title={text(ticket.title)}
        parent={
          <span className={styles['parent']}>
            <Link to="/tickets">{t('shell:pages.tickets')}</Link>
            <span>{ticket.number}</span>
            <span>{t(`tickets:type.${ticket.type}`)}</span>
            <TicketMarks ticket={ticket} />
          </span>
        }
        actions={phone ? null : brief}
      >
        <TicketStateTag state={ticket.state} />
        <WaitingMark ticket={ticket} />
        <PriorityTag priority={ticket.priority} />
      </PageHeader>
      {narrow ? (
        <p className={styles['place']}>
          <Link to="/assets/$assetId" params={{ assetId: ticket.assetId }}>
            {ticket.assetName}
          </Link>
          <span className="muted">
            {ticket.assetKey} · {ticket.customerName}
          </span>
        </p>
      ) : null}
      {narrow ? (
        <div className={styles['column']}>
          {column(['decision', 'brief', 'evidence', 'parts', 'report', 'visits', 'sla', 'facts', 'trail', 'money'])}
        </div>
      ) : (
        <div className={styles['columns']}>
          <div className={styles['column']}>{column(['facts', 'evidence', 'trail'])}</div>
          <div className={styles['column']}>{column(['decision', 'sla', 'visits', 'parts', 'report', 'money'])}</div>
        </div>
      )}
    </>
  )
}
