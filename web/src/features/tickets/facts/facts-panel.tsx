import type { Ticket } from '@fettle/contracts/tickets'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../../api/session.ts'
import { Panel } from '../../../design/panel.tsx'
import { TimeText } from '../../../design/time-text.tsx'
import { useText } from '../../../i18n/use-text.ts'
import styles from './facts.module.css'

/** What the ticket is about: machine, place, fault, who reported it. */
export function FactsPanel({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation(['ticket', 'tickets'])
  const text = useText()
  const may = useMay()
  return (
    <Panel>
      <dl className={styles['facts']}>
        <div>
          <dt>{t('ticket:facts.asset')}</dt>
          <dd>
            <Link to="/assets/$assetId" params={{ assetId: ticket.assetId }}>
              {ticket.assetName}
            </Link>
            <br />
            <span className="muted">{ticket.assetKey}</span>
          </dd>
        </div>
        <div>
          <dt>{t('ticket:facts.customer')}</dt>
          <dd>
            {may('listCustomers') ? (
              <Link to="/customers/$customerId" params={{ customerId: ticket.customerId }}>
                {ticket.customerName}
              </Link>
            ) : (
              ticket.customerName
            )}
            <br />
            <span className="muted">{ticket.siteName}</span>
          </dd>
        </div>
        {ticket.failureModeName ? (
          <div>
            <dt>{t('ticket:facts.failureMode')}</dt>
            <dd>
              {ticket.failureModeKey} {text(ticket.failureModeName)}
            </dd>
          </div>
        ) : null}
        <div>
          <dt>{t('ticket:facts.occurredAt')}</dt>
          <dd>
            <TimeText at={ticket.occurredAt} as="short" />
          </dd>
        </div>
        <div>
          <dt>{t('ticket:facts.source')}</dt>
          <dd>
            {t(`tickets:source.${ticket.source}`)}
            {ticket.reporterName ? ` · ${ticket.reporterName}` : null}
            {ticket.reporterPhone ? (
              <>
                <br />
                {ticket.reporterPhone.includes('*') ? (
                  ticket.reporterPhone
                ) : (
                  <a href={`tel:${ticket.reporterPhone}`}>{ticket.reporterPhone}</a>
                )}
              </>
            ) : null}
          </dd>
        </div>
        {/* Nothing compares before and after a repair yet: what is pending has nothing to say. */}
        {ticket.verification === 'not-needed' || ticket.verification === 'pending' ? null : (
          <div>
            <dt>{t('ticket:facts.verification')}</dt>
            <dd>{t(`ticket:verification.${ticket.verification}`)}</dd>
          </div>
        )}
        {ticket.description ? (
          <div className={styles['wide']}>
            <dt>{t('ticket:facts.description')}</dt>
            <dd>{ticket.description}</dd>
          </div>
        ) : null}
      </dl>
    </Panel>
  )
}
