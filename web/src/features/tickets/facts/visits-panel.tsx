import type { Ticket } from '@fettle/contracts/tickets'
import type { Visit } from '@fettle/contracts/visits'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../design/panel.tsx'
import { TimeText } from '../../../design/time-text.tsx'
import { useFormat } from '../../../format/use-format.ts'
import styles from './visits-panel.module.css'

/** Who goes, and each appointment with what became of it. */
export function VisitsPanel({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation('ticket')
  const shown = ticket.visits.toReversed()
  return (
    <Panel title={t('visits.title')}>
      <div className={styles['engineer']}>
        {ticket.engineerName ? (
          <>
            <span className={styles['initial']} aria-hidden="true">
              {Array.from(ticket.engineerName)[0]}
            </span>
            <strong>{ticket.engineerName}</strong>
          </>
        ) : (
          <span className="muted">{t('visits.unassigned')}</span>
        )}
      </div>
      {shown.length > 0 ? (
        <ol className={styles['visits']}>
          {shown.map((visit) => (
            <VisitEntry key={visit.id} visit={visit} other={visit.engineerName !== ticket.engineerName} />
          ))}
        </ol>
      ) : ticket.engineerName ? (
        <p className="muted">{t('visits.none')}</p>
      ) : null}
    </Panel>
  )
}

function VisitEntry({ visit, other }: { readonly visit: Visit; readonly other: boolean }) {
  const { t } = useTranslation('ticket')
  const format = useFormat()
  const stamps = [
    ['departed', visit.departedAt],
    ['checkedIn', visit.checkedInAt],
    ['checkedOut', visit.checkedOutAt],
  ] as const
  return (
    <li data-state={visit.state}>
      <p className={styles['planned']}>
        <strong>{t('visits.range', { from: format.short(visit.plannedStart), to: endOf(visit, format) })}</strong>
        <span className={styles['state']}>{t(`visits.state.${visit.state}`)}</span>
      </p>
      {other ? <p className="muted">{visit.engineerName}</p> : null}
      <dl className={styles['stamps']}>
        {stamps.map(([key, at]) =>
          at === null ? null : (
            <div key={key}>
              <dt>{t(`visits.${key}`)}</dt>
              <dd>
                <TimeText at={at} as="short" />
                {key === 'checkedIn' && visit.checkedInDistanceM !== null ? (
                  <span className="muted">
                    {' '}
                    {t('visits.distance', { distance: distance(visit.checkedInDistanceM) })}
                  </span>
                ) : null}
              </dd>
            </div>
          ),
        )}
        {visit.workHours === null ? null : (
          <div>
            <dt>{t('visits.hours')}</dt>
            <dd>
              {t('visits.spent', {
                work: format.decimal(visit.workHours),
                travel: format.decimal(visit.travelHours ?? '0'),
                km: format.decimal(visit.travelKm ?? '0'),
              })}
            </dd>
          </div>
        )}
      </dl>
    </li>
  )
}

/** On the same day the clock is enough. */
function endOf({ plannedStart, plannedEnd }: Visit, format: ReturnType<typeof useFormat>): string {
  const sameDay = new Date(plannedStart).toDateString() === new Date(plannedEnd).toDateString()
  return sameDay ? format.clock(plannedEnd) : format.short(plannedEnd)
}

function distance(metres: number): string {
  return metres < 1_000 ? `${Math.round(metres)} m` : `${(metres / 1_000).toFixed(1)} km`
}
