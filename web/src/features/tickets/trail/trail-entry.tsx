import {
  AlertOutlined,
  ArrowRightOutlined,
  CameraOutlined,
  FlagOutlined,
  InboxOutlined,
  MessageOutlined,
  PayCircleOutlined,
  PlusCircleOutlined,
} from '@ant-design/icons'
import { roles } from '@fettle/contracts/roles'
import type { TicketEvent } from '@fettle/contracts/tickets'
import { stateName } from '@fettle/domain/tickets/transition'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { TimeText } from '../../../design/time-text.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { useText } from '../../../i18n/use-text.ts'
import styles from './trail-panel.module.css'

const icons: Record<TicketEvent['kind'], ComponentType<{ readonly 'aria-hidden': 'true' }>> = {
  opened: PlusCircleOutlined,
  moved: ArrowRightOutlined,
  alarm: AlertOutlined,
  note: MessageOutlined,
  part: InboxOutlined,
  money: PayCircleOutlined,
  evidence: CameraOutlined,
  priority: FlagOutlined,
}

/** One line of the trail: what, who, when, why, and how long it had waited. */
export function TrailEntry({ event }: { readonly event: TicketEvent }) {
  const { t } = useTranslation(['ticket', 'common'])
  const text = useText()
  const format = useFormat()
  const Icon = icons[event.kind]
  const role = roles.find((known) => known === event.byRole)
  return (
    <li className={styles['entry']} data-kind={event.kind}>
      <span className={styles['icon']}>
        <Icon aria-hidden="true" />
      </span>
      <div className={styles['words']}>
        <p className={styles['what']}>
          {text(event.text)}
          {event.from && event.to && event.from !== event.to ? (
            <span className={styles['move']}>
              {text(stateName(standardWorkflow, event.from))}
              <ArrowRightOutlined aria-label={t('ticket:trail.to')} />
              {text(stateName(standardWorkflow, event.to))}
            </span>
          ) : null}
        </p>
        {event.reason ? <p className={styles['reason']}>{event.reason}</p> : null}
        <p className={styles['who']}>
          <span>
            {event.by}
            {role ? ` · ${t(`common:role.${role}`)}` : null}
          </span>
          <TimeText at={event.at} />
          {event.heldMs === null || event.from === null ? null : (
            <span>
              {t('ticket:trail.after', {
                time: format.duration(event.heldMs),
                state: text(stateName(standardWorkflow, event.from)),
              })}
            </span>
          )}
        </p>
      </div>
    </li>
  )
}
