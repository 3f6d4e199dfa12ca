import type { PastRepair } from '@fettle/contracts/evidence'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { TimeText } from '../../../design/time-text.tsx'
import { useText } from '../../../i18n/use-text.ts'
import styles from './past-repairs.module.css'

/** What was done to this machine before, newest first. */
export function PastRepairs({ repairs }: { readonly repairs: readonly PastRepair[] }) {
  const { t } = useTranslation('ticket')
  const text = useText()
  if (repairs.length === 0) return <p className="muted">{t('repairs.none')}</p>
  return (
    <ol className={styles['list']}>
      {repairs.map((repair) => (
        <li key={repair.ticketId}>
          <div className={styles['head']}>
            <strong>{repair.failureModeName ? text(repair.failureModeName) : t('repairs.unnamed')}</strong>
            <span className="muted">
              <TimeText at={repair.closedAt} />
            </span>
          </div>
          <p>{repair.summary}</p>
          <p className={styles['foot']}>
            <Link to="/tickets/$ticketId" params={{ ticketId: repair.ticketId }}>
              {repair.number}
            </Link>
            {repair.parts.length > 0 ? <span className="muted">{repair.parts.join(t('separator'))}</span> : null}
          </p>
        </li>
      ))}
    </ol>
  )
}
