import type { SlaClock, Ticket } from '@fettle/contracts/tickets'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../design/panel.tsx'
import { SlaClockText } from '../../../design/ticket-tags.tsx'
import { TimeText } from '../../../design/time-text.tsx'
import { useFormat } from '../../../format/use-format.ts'
import styles from './facts.module.css'

/** The three promises to the customer: what is left, what was kept, what was missed, and whether they stand still. */
export function SlaPanel({ ticket }: { readonly ticket: Pick<Ticket, 'slaClocks' | 'waitingFor' | 'pausedAt'> }) {
  const { t } = useTranslation('ticket')
  return (
    <Panel title={t('sla.title')}>
      <WaitingLine ticket={ticket} />
      <ul className={styles['clocks']}>
        {ticket.slaClocks.map((clock) => (
          <li key={clock.kind}>
            <SlaClockText clock={clock} />
            <ClockTime clock={clock} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function WaitingLine({
  ticket: { waitingFor, pausedAt },
}: {
  readonly ticket: Pick<Ticket, 'waitingFor' | 'pausedAt'>
}) {
  const { t } = useTranslation('ticket')
  const format = useFormat()
  if (waitingFor === null) return null
  const what = t(`waiting.for.${waitingFor}`)
  return (
    <p className={styles['waiting']}>
      {pausedAt === null ? t('sla.goesOn', { what }) : t('sla.pausedSince', { what, when: format.short(pausedAt) })}
    </p>
  )
}

/** Until when, or when it was done; a paused promise has no time until it runs again. */
function ClockTime({ clock: { state, dueAt, metAt } }: { readonly clock: SlaClock }) {
  const { t } = useTranslation('ticket')
  if (dueAt === null) return null
  if (state === 'paused') return <span className="muted">{t('sla.movesOn')}</span>
  return (
    <span className="muted">
      {t(metAt ? 'sla.metAt' : 'sla.dueAt')} <TimeText at={metAt ?? dueAt} as="short" />
    </span>
  )
}
