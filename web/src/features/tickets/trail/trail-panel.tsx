import type { Ticket } from '@fettle/contracts/tickets'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../../api/session.ts'
import { Panel } from '../../../design/panel.tsx'
import { NoteForm } from './note-form.tsx'
import { trailFilters, trailOf, type TrailFilter } from './trail.ts'
import { TrailEntry } from './trail-entry.tsx'
import styles from './trail-panel.module.css'

/** A trail of a flapping alarm can be long; what is old is a press away. */
const FIRST_SHOWN = 30

/** Everything that happened, newest first, and the conversation about it. */
export function TrailPanel({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation('ticket')
  const may = useMay()
  const [filter, setFilter] = useState<TrailFilter>('all')
  const [all, setAll] = useState(false)
  const events = trailOf(ticket.events, filter)
  const shown = all ? events : events.slice(0, FIRST_SHOWN)
  return (
    <Panel title={t('trail.title')}>
      {may('addTicketNote') ? <NoteForm ticketId={ticket.id} /> : null}
      <div className={styles['filter']}>
        <Segmented
          aria-label={t('trail.filter')}
          value={filter}
          options={trailFilters.map((value) => ({ value, label: t(`trail.show.${value}`) }))}
          onChange={setFilter}
        />
      </div>
      {events.length === 0 ? (
        <p className="muted">{t('trail.none')}</p>
      ) : (
        <ol className={styles['trail']}>
          {shown.map((event) => (
            <TrailEntry key={event.id} event={event} />
          ))}
        </ol>
      )}
      {events.length > shown.length ? (
        <Button type="link" onClick={() => setAll(true)}>
          {t('trail.earlier', { count: events.length - shown.length })}
        </Button>
      ) : null}
    </Panel>
  )
}
