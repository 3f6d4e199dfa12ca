import type { Margin } from '@fettle/contracts/money'
import type { Overview } from '@fettle/contracts/overview'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '../../api/session.ts'
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
  const isCustomer = useMe().role === 'customer'
  const count = (value: number | undefined) => (value === undefined ? HOLD : format.count(value))
  const hours = figures?.medianHoursToClose
  const margin = figures?.marginLast30Days
  const toTickets = may('listTickets')
  return (
    <ul className={styles['figures']} aria-label={t('figures.title')} aria-busy={!figures}>
      <Figure label={t('figures.open')} value={count(figures?.openTickets)} search={toTickets ? {} : null} />
      {isCustomer ? null : (
        <Figure
          label={t('figures.unassigned')}
          value={count(figures?.unassigned ?? undefined)}
          tone={(figures?.unassigned ?? 0) > 0 ? 'warning' : undefined}
          search={toTickets ? { assigned: false } : null}
        />
      )}
      <Figure
        label={t('figures.overdue')}
        value={count(figures?.overdue)}
        tone={figures && figures.overdue > 0 ? 'critical' : undefined}
        search={toTickets ? { overdue: true } : null}
      />
      <Figure label={t('figures.closed')} value={count(figures?.closedLast30Days)} />
      <Figure
        label={t('figures.median')}
        value={hours === undefined ? HOLD : hours === null ? NO_VALUE : format.duration(hours * HOUR)}
      />
      {margin === null && !may('getTicketMoney') ? null : (
        <Figure
          label={t('figures.margin')}
          value={margin === undefined ? HOLD : margin === null ? NO_VALUE : format.money(margin.marginCents)}
          explanation={margin ? <MarginExplained margin={margin} /> : null}
        />
      )}
    </ul>
  )
}

/** A repair under contract earns nothing on its ticket but costs all the same: without this a loss looks like a mistake. */
function MarginExplained({ margin }: { readonly margin: Margin }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { contract = 0, maker = 0 } = margin.costByPayer
  const covered = contract + maker
  return (
    <>
      <span>
        {t('figures.made', { revenue: format.money(margin.revenueCents), cost: format.money(margin.costCents) })}
      </span>
      {covered > 0 ? <span>{t('figures.covered', { cost: format.money(covered) })}</span> : null}
    </>
  )
}

interface FigureProps {
  readonly label: string
  readonly value: ReactNode
  readonly tone?: 'critical' | 'warning' | undefined
  /** The tickets behind the number, where there is a list of them. */
  readonly search?: { readonly assigned?: false; readonly overdue?: true } | null
  /** What the number is made of, in a smaller line below. */
  readonly explanation?: ReactNode
}

function Figure({ label, value, tone, search = null, explanation }: FigureProps) {
  const content = (
    <>
      <span className={styles['label']}>{label}</span>
      <strong>{value}</strong>
      {explanation ? <small className={styles['explanation']}>{explanation}</small> : null}
    </>
  )
  return (
    <li data-tone={tone} data-explained={explanation ? true : undefined}>
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
