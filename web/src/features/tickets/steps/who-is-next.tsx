import type { TicketState } from '@fettle/contracts/ticket-life-cycle'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import { Trans, useTranslation } from 'react-i18next'
import { useText } from '../../../i18n/use-text.ts'
import styles from './decision-panel.module.css'

/** Somebody who cannot act here learns whom the ticket is waiting for. */
export function WhoIsNext({ state }: { readonly state: TicketState }) {
  const { t } = useTranslation(['ticket', 'common'])
  const text = useText()
  const next = standardWorkflow.transitions.find(({ primaryFrom }) => primaryFrom?.includes(state))
  if (!next) return <p className={styles['next']}>{t('ticket:next.nobody')}</p>
  const who = next.roles
    .filter((role) => role !== 'admin')
    .map((role) => t(`common:role.${role}`))
    .join(t('ticket:separator'))
  return (
    <p className={styles['next']}>
      <Trans
        t={t}
        i18nKey="ticket:next.waiting"
        values={{ who, step: text(next.label) }}
        components={{ strong: <strong /> }}
      />
    </p>
  )
}
