import type { SlaClock } from '@fettle/contracts/tickets'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../design/panel.tsx'
import { SlaClockText } from '../../../design/ticket-tags.tsx'
import { TimeText } from '../../../design/time-text.tsx'
import styles from './facts.module.css'

/** The three promises to the customer: what is left, what was kept, what was missed. */
export function SlaPanel({ clocks }: { readonly clocks: readonly SlaClock[] }) {
  const { t } = useTranslation('ticket')
  return (
    <Panel title={t('sla.title')}>
      <ul className={styles['clocks']}>
        {clocks.map((clock) => (
          <li key={clock.kind}>
            <SlaClockText clock={clock} />
            {clock.dueAt ? (
              <span className="muted">
                {t(clock.metAt ? 'sla.metAt' : 'sla.dueAt')} <TimeText at={clock.metAt ?? clock.dueAt} as="short" />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
