import { ClockCircleOutlined, PauseCircleOutlined } from '@ant-design/icons'
import type { Priority, TicketState } from '@fettle/contracts/ticket-life-cycle'
import type { SlaClock } from '@fettle/contracts/tickets'
import { stateName } from '@fettle/domain/tickets/transition'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNow } from '../format/now.ts'
import { epochOf } from '../format/time.ts'
import { useFormat } from '../format/use-format.ts'
import { useText } from '../i18n/use-text.ts'
import { StateTag } from './state-tag.tsx'
import styles from './ticket-tags.module.css'
import type { Tone } from './theme.ts'

/** Where a ticket stands, in the words of the workflow. Not an alarm: it has no state colour. */
export function TicketStateTag({ state }: { readonly state: TicketState }) {
  const text = useText()
  return <span className={styles['state']}>{text(stateName(standardWorkflow, state))}</span>
}

const toneOfPriority: Record<Priority, Tone> = {
  urgent: 'critical',
  high: 'warning',
  normal: 'unknown',
  low: 'unknown',
}

export function PriorityTag({ priority }: { readonly priority: Priority }) {
  const { t } = useTranslation()
  if (priority === 'normal' || priority === 'low') return <span className="muted">{t(`priority.${priority}`)}</span>
  return (
    <StateTag tone={toneOfPriority[priority]} plain>
      {t(`priority.${priority}`)}
    </StateTag>
  )
}

/** From here on a running promise asks for attention. */
const SOON_MS = 60 * 60_000

/** A promise to the customer: what is left of it, running or paused; the exact due time on hover. */
export function SlaClockText({ clock }: { readonly clock: SlaClock }) {
  const { t } = useTranslation()
  const now = useNow()
  const format = useFormat()
  const kind = t(`sla.${clock.kind}`)
  if (clock.dueAt === null || clock.state === 'none') return <span className="muted">{t('sla.none')}</span>
  if (clock.state === 'paused') {
    return (
      <span className={styles['clock']}>
        <span className="muted">{kind}</span>
        <StateTag tone="unknown" plain icon={PauseCircleOutlined}>
          {t('sla.paused', { time: format.duration(clock.remainingMs ?? 0) })}
        </StateTag>
      </span>
    )
  }
  const left = epochOf(clock.dueAt) - now
  const over = clock.state === 'missed' || (clock.state === 'running' && left < 0)
  const tone: Tone = clock.state === 'met' ? 'ok' : over ? 'critical' : left < SOON_MS ? 'warning' : 'unknown'
  const told =
    clock.state === 'met'
      ? t('sla.met')
      : clock.metAt !== null
        ? t('sla.missed')
        : over
          ? t('sla.over', { time: format.duration(left) })
          : t('sla.left', { time: format.duration(left) })
  return (
    <Tooltip title={t('sla.due', { kind, time: format.exact(clock.dueAt) })}>
      <span className={styles['clock']}>
        <span className="muted">{kind}</span>
        <StateTag tone={tone} plain {...(tone === 'unknown' ? { icon: ClockCircleOutlined } : {})}>
          {told}
        </StateTag>
      </span>
    </Tooltip>
  )
}
