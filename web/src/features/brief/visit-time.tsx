import type { Visit } from '@fettle/contracts/visits'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../format/now.ts'
import { useFormat } from '../../format/use-format.ts'
import styles from './brief.module.css'

interface VisitTimeProps {
  readonly visit: Visit | null
  readonly engineerName: string | null
}

export function VisitTime({ visit, engineerName }: VisitTimeProps) {
  const { t } = useTranslation('brief')
  const format = useFormat()
  const now = useNow()
  const who = visit?.engineerName ?? engineerName
  return (
    <>
      {visit ? (
        <p className={styles['time']}>
          <strong>
            {format.short(visit.plannedStart)} – {format.clock(visit.plannedEnd)}
          </strong>
          <span className="muted">{format.relative(visit.plannedStart, now)}</span>
        </p>
      ) : (
        <p className="muted">{t('visit.none')}</p>
      )}
      <p className="muted">{who ? t('visit.engineer', { name: who }) : t('visit.nobody')}</p>
    </>
  )
}
