import type { Overview } from '@fettle/contracts/overview'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import { NO_VALUE } from '../../format/number.ts'
import { useFormat } from '../../format/use-format.ts'
import styles from './overview-page.module.css'

const HOUR = 60 * 60_000
/** Holds the height of a line until its figure is there. */
const HOLD = '\u00a0'

/** How are we doing. Money only for those who may see it: for others the API answers none. */
export function Figures({ figures }: { readonly figures: Overview['figures'] | undefined }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const may = useMay()
  const count = (value: number | undefined) => (value === undefined ? HOLD : format.count(value))
  const hours = figures?.medianHoursToClose
  const margin = figures?.marginLast30DaysCents
  const toTickets = may('listTickets')
  return (
    <ul className={styles['figures']} aria-label={t('figures.title')} aria-busy={!figures}>
      <Figure
        label={t('figures.open')}
        value={count(figures?.openTickets)}
        search={toTickets ? { open: true } : null}
      />
      <Figure
        label={t('figures.unassigned')}
        value={count(figures?.unassigned)}
        tone={figures && figures.unassigned > 0 ? 'warning' : undefined}
        search={toTickets ? { state: 'dispatch' } : null}
      />
      <Figure
        label={t('figures.overdue')}
        value={count(figures?.overdue)}
        tone={figures && figures.overdue > 0 ? 'critical' : undefined}
        search={null}
      />
      <Figure
        label={t('figures.closed')}
        value={count(figures?.closedLast30Days)}
        search={toTickets ? { state: 'closed' } : null}
      />
      <Figure
        label={t('figures.median')}
        value={hours === undefined ? HOLD : hours === null ? NO_VALUE : format.duration(hours * HOUR)}
        search={null}
      />
      {margin === null && !may('getTicketMoney') ? null : (
        <Figure
          label={t('figures.margin')}
          value={margin === undefined ? HOLD : margin === null ? NO_VALUE : format.money(margin)}
          search={null}
        />
      )}
    </ul>
  )
}

interface FigureProps {
  readonly label: string
  readonly value: ReactNode
  readonly tone?: 'critical' | 'warning' | undefined
  /** The tickets behind the number; null when there is no list of them. */
  readonly search: { readonly open: true } | { readonly state: 'dispatch' | 'closed' } | null
}

function Figure({ label, value, tone, search }: FigureProps) {
  const content = (
    <>
      <span className={styles['label']}>{label}</span>
      <strong>{value}</strong>
    </>
  )
  return (
    <li data-tone={tone}>
      {search ? (
        <Link to="/tickets" search={search} className={styles['figure']}>
          {content}
        </Link>
      ) : (
        <div className={styles['figure']}>{content}</div>
      )}
    </li>
  )
}
